// Descriptors are read as far as they may be.

#include "common/util/reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <system_error>
#include <vector>

#include "common/util/fd.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

/// The end to read from; what is in it fits a pipe.
util::Fd holding(const std::string& text) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const util::Fd out(ends[1]);
  REQUIRE(::write(out.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  return util::Fd(ends[0]);
}

std::vector<std::string> lines_of(const std::string& text) {
  const auto in = holding(text);
  util::Reader reader(in.get());
  std::vector<std::string> lines;
  for (std::string line; reader.read_line(line, 10);) lines.push_back(line);
  return lines;
}

template <typename Read>
int failure_of(const Read& read) {
  try {
    read();
  } catch (const std::system_error& failure) {
    return failure.code().value();
  }
  return 0;
}

}  // namespace

TEST_CASE("lines are read one by one, the last one also without a newline") {
  using Lines = std::vector<std::string>;
  CHECK(lines_of("").empty());
  CHECK(lines_of("\n\na\n") == Lines{"", "", "a"});
  CHECK(lines_of("a\nb") == Lines{"a", "b"});
}

TEST_CASE("a line may have so many bytes, and no more") {
  CHECK(lines_of("0123456789\n0123456789").size() == 2);
  CHECK(failure_of([] { lines_of("01234567890\n"); }) == EFBIG);
  CHECK(failure_of([] { lines_of("01234567890"); }) == EFBIG);
}

TEST_CASE("the rest is what lines left of it, and is bounded as well") {
  const auto in = holding("a\nb\nc");
  util::Reader reader(in.get());
  std::string line;
  REQUIRE(reader.read_line(line, 10));
  CHECK(reader.read_rest(3) == "b\nc");
  CHECK(reader.read_rest(0).empty());
  const auto longer = holding("abcd");
  CHECK(failure_of([&] { util::Reader(longer.get()).read_rest(3); }) == EFBIG);
}

TEST_CASE("what never ends is refused") {
  const util::Fd zeros(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
  std::string line;
  CHECK(failure_of([&] { util::Reader(zeros.get()).read_line(line, 4096); }) == EFBIG);
  CHECK(failure_of([&] { util::Reader(zeros.get()).read_rest(1 << 20); }) == EFBIG);
}

}  // namespace taskman::test
