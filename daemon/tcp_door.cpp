#include "daemon/tcp_door.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <system_error>

#include "common/error/error.hpp"
#include "common/util/fd.hpp"
#include "common/util/file.hpp"

namespace taskman {
namespace {

net::TcpSocket listen_on(const std::string& address) {
  try {
    return net::TcpSocket::listen(net::parse_tcp_address(address));
  } catch (const std::invalid_argument& wrong) {
    throw error::Error(error::Code::kUsage, std::string("--listen: ") + wrong.what());
  } catch (const std::system_error& failure) {
    throw error::Error(error::Code::kConflict, std::string("cannot listen on ") + failure.what(),
                       "choose another port, or 0 for any");
  }
}

constexpr std::size_t kTokenDigits = 64;

bool is_token(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  return text.size() == kTokenDigits && text.find_first_not_of(kHex) == std::string_view::npos;
}

bool is_for_us_alone(const util::Fd& file) {
  struct stat found {};
  return ::fstat(file.get(), &found) == 0 && S_ISREG(found.st_mode) &&
         found.st_uid == ::geteuid() && (found.st_mode & 077) == 0;
}

/// What the daemon before left; empty when that is no token, or others could have read or put it.
std::string token_left_in(const std::filesystem::path& path) {
  const util::Fd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file || !is_for_us_alone(file)) return {};
  std::array<char, kTokenDigits + 2> text{};
  const ssize_t read = ::read(file.get(), text.data(), text.size());
  const std::string_view line(text.data(), static_cast<std::size_t>(std::max<ssize_t>(read, 0)));
  if (!line.ends_with('\n') || !is_token(line.substr(0, line.size() - 1))) return {};
  return std::string(line.substr(0, line.size() - 1));
}

std::string token_in(const std::filesystem::path& path, util::Random& random) {
  std::string token = token_left_in(path);
  if (!token.empty()) return token;
  token = random.token() + random.token();
  util::replace_file(path, token + '\n');
  return token;
}

}  // namespace

TcpDoor::TcpDoor(const std::string& address, const std::filesystem::path& token_file,
                 util::Random& random)
    : socket_(listen_on(address)), gate_(token_in(token_file, random), socket_.port()) {}

void TcpDoor::open(http::Server& server) {
  server.listen(socket_.get(),
                [this](int) { return http::Peer{.uid = ::getuid(), .gate = &gate_}; });
}

}  // namespace taskman
