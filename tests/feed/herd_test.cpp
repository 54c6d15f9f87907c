// Five thousand readers whose daemon is restarted under them: each is told another time to come
// back; they come all at once, and each gets what it missed, once. How long that takes is measured
// by tests/bench/herd_bench.cpp.

#include <set>

#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "support/catch.hpp"
#include "support/daemon_fixture.hpp"
#include "support/descriptors.hpp"
#include "support/sanitizer.hpp"

namespace taskman::test {
namespace {

constexpr std::size_t kReaders = kSanitized ? 1000 : 5000;

/// A stream, taken apart block by block.
class Reader {
 public:
  Reader(const DaemonFixture& daemon, const std::string& last_id) : client_(daemon.connect()) {
    client_.send("GET /events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n" +
                 (last_id.empty() ? "" : "Last-Event-ID: " + last_id + "\r\n") + "\r\n");
  }
  void read_opening() {
    client_.read_head();
    read();
  }

  /// The event of the next block.
  std::string read() {
    std::string event;
    for (std::string line = client_.read_line(); !line.empty(); line = client_.read_line()) {
      if (line.starts_with("id: ")) id_ = line.substr(4);
      if (line.starts_with("event: ")) event = line.substr(7);
      if (line.starts_with("retry: ")) retry_ = line.substr(7);
      if (line.starts_with("data: ")) data_ = line.substr(6);
    }
    return event;
  }
  const std::string& id() const { return id_; }
  const std::string& retry() const { return retry_; }
  const std::string& data() const { return data_; }

 private:
  HttpClient client_;
  std::string id_, retry_, data_;
};

void add(const DaemonFixture& daemon) {
  const auto reply = daemon.http({.method = "POST",
                                  .target = "/api/v1/tasks",
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = R"({"title":"a"})"});
  REQUIRE(reply.status == 201);
}

/// All ask before any is answered.
std::vector<Reader> come(const DaemonFixture& daemon, const std::vector<std::string>& last_ids) {
  std::vector<Reader> readers;
  readers.reserve(last_ids.size());
  for (const auto& id : last_ids) readers.emplace_back(daemon, id);
  for (auto& reader : readers) reader.read_opening();
  return readers;
}

void check_retries(const std::vector<Reader>& readers) {
  std::set<std::string> retries;
  for (const auto& reader : readers) {
    const int retry = std::stoi(reader.retry());
    REQUIRE((retry >= 1000 && retry <= 3000));
    retries.insert(reader.retry());
  }
  CHECK(retries.size() > kReaders / 4);
}

TEST_CASE("after a restart thousands of readers are back at once, and miss nothing") {
  raise_descriptor_limit();
  DaemonFixture daemon;
  std::vector<Reader> readers = come(daemon, std::vector<std::string>(kReaders));
  add(daemon);
  for (auto& reader : readers) REQUIRE(reader.read() == "change");
  const bool is_killed = GENERATE(false, true);
  is_killed ? daemon.kill() : daemon.stop();
  if (!is_killed) {
    for (auto& reader : readers) REQUIRE(reader.read() == "bye");
  }
  check_retries(readers);
  std::vector<std::string> last_ids;
  for (const auto& reader : readers) last_ids.push_back(reader.id());
  readers.clear();
  daemon.start();
  add(daemon);
  std::vector<Reader> again = come(daemon, last_ids);
  add(daemon);
  for (auto& reader : again) {
    for (const std::int64_t rev : {2, 3}) {
      REQUIRE(reader.read() == "change");
      const auto frame = wire::decode_frame(reader.data());
      REQUIRE(frame.cursor.rev == rev);
      REQUIRE(frame.prev == rev - 1);
    }
  }
}

}  // namespace
}  // namespace taskman::test
