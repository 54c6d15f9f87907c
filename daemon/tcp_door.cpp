#include "daemon/tcp_door.hpp"

#include <unistd.h>

#include <stdexcept>
#include <system_error>

#include "common/error/error.hpp"
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

}  // namespace

TcpDoor::TcpDoor(const std::string& address, std::filesystem::path token_file, util::Random& random)
    : socket_(listen_on(address)),
      token_file_(std::move(token_file)),
      token_(random.token() + random.token()),
      gate_(token_, socket_.port()) {
  util::replace_file(token_file_, token_ + "\n");
}

TcpDoor::~TcpDoor() { ::unlink(token_file_.c_str()); }

void TcpDoor::open(http::Server& server) {
  server.listen(socket_.get(),
                [this](int) { return http::Peer{.uid = ::getuid(), .gate = &gate_}; });
}

}  // namespace taskman
