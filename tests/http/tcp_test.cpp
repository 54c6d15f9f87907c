// The way in by TCP: `--listen`, the token, and who is kept out.

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <vector>

#include "http/api.hpp"
#include "support/websocket.hpp"

namespace taskman::test {
namespace {

/// A daemon that listens on a free port of the loopback interface.
class TcpDaemon {
 public:
  const DaemonFixture& daemon() const { return daemon_; }
  std::uint16_t port() const { return daemon_.port(); }
  std::string token() const { return daemon_.token(); }
  std::string host() const { return "127.0.0.1:" + std::to_string(port()); }
  /// A GET with these header lines and no others.
  HttpReply get(const std::string& target, const Headers& headers) const {
    HttpClient client(port());
    std::string text = "GET " + target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
    client.send(text + "\r\n");
    return client.read_reply();
  }
  Headers let_in() const { return {{"Host", host()}, {"Authorization", "Bearer " + token()}}; }

 private:
  DaemonFixture daemon_{{"--listen", "127.0.0.1:0"}};
};

TEST_CASE("without --listen there is no TCP and no token") {
  const DaemonFixture daemon;
  CHECK_FALSE(std::filesystem::exists(daemon.token_file()));
  CHECK(daemon.log().find("TCP") == std::string::npos);
}

TEST_CASE("the token lies beside the socket, for its user alone") {
  const TcpDaemon tcp;
  struct stat found {};
  REQUIRE(::stat(tcp.daemon().token_file().c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  CHECK(tcp.token().size() >= 32);
  CHECK(tcp.get("/api/v1/health", tcp.let_in()).status == 200);
  CHECK(tcp.daemon().log().find(tcp.token()) == std::string::npos);
}

TEST_CASE("the token outlives the daemon, however that ended") {
  DaemonFixture daemon({"--listen", "127.0.0.1:0"});
  const std::string token = daemon.token();
  daemon.stop();
  daemon.start();
  CHECK(daemon.token() == token);
  daemon.kill();
  daemon.start();
  CHECK(daemon.token() == token);
  HttpClient client(daemon.port());
  client.send("GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(daemon.port()) +
              "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
  CHECK(client.read_reply().status == 200);
}

TEST_CASE("a token that others could know, or that is none, is replaced") {
  namespace fs = std::filesystem;
  DaemonFixture daemon({"--listen", "127.0.0.1:0"});
  const std::string token = daemon.token();
  const fs::path file = daemon.token_file();
  const fs::path elsewhere = file.string() + ".elsewhere";
  const auto put = [&](const std::string& text) { std::ofstream(file) << text; };
  const std::vector<std::function<void()>> spoilings{
      [&] { fs::permissions(file, fs::perms::others_read, fs::perm_options::add); },
      [&] { put(""); },
      [&] { put(token.substr(1) + "\n"); },
      [&] { put(token + token + "\n"); },
      [&] { put(std::string(token.size(), 'x') + "\n"); },
      [&] { fs::rename(file, elsewhere), fs::create_symlink(elsewhere, file); },
  };
  for (const auto& spoil : spoilings) {
    const std::string before = daemon.token();
    daemon.stop();
    spoil();
    daemon.start();
    CHECK(daemon.token() != before);
    CHECK(daemon.token().size() == token.size());
    CHECK((fs::status(file).permissions() & fs::perms::mask) ==
          (fs::perms::owner_read | fs::perms::owner_write));
  }
}

TEST_CASE("who has no token, or not this one, is not let in") {
  const TcpDaemon tcp;
  const std::string token = tcp.token();
  for (const std::string& given : std::vector<std::string>{
           "", "Bearer " + token + "x", "Bearer ", "Bearer " + token.substr(1), "Basic " + token}) {
    Headers headers{{"Host", tcp.host()}};
    if (!given.empty()) headers.emplace_back("Authorization", given);
    const HttpReply reply = tcp.get("/api/v1/health", headers);
    INFO(given);
    CHECK(problem(reply) == "unauthorised");
    CHECK(reply.header("WWW-Authenticate") == "Bearer");
    CHECK_THAT(reply.body, !ContainsSubstring(token.substr(1)));
  }
  // An address that is not there is no way to learn anything either.
  CHECK(problem(tcp.get("/nothing", {{"Host", tcp.host()}})) == "unauthorised");
}

TEST_CASE("another host, and a page of another origin, are refused with the token too") {
  const TcpDaemon tcp;
  const auto with = [&](Headers headers) {
    headers.emplace_back("Authorization", "Bearer " + tcp.token());
    return problem(tcp.get("/api/v1/health", headers));
  };
  const std::string port = ":" + std::to_string(tcp.port());
  CHECK(with({{"Host", "localhost" + port}}).empty());
  CHECK(with({{"Host", "LOCALHOST" + port}}).empty());
  CHECK(with({{"Host", "evil.example" + port}}) == "misdirected");
  CHECK(with({{"Host", "127.0.0.1:1"}}) == "misdirected");
  CHECK(with({{"Host", "127.0.0.1"}}) == "misdirected");
  CHECK(problem(tcp.get("http://evil.example/api/v1/health", tcp.let_in())) == "misdirected");
  CHECK(problem(tcp.get("http://" + tcp.host() + "/api/v1/health", tcp.let_in())).empty());
  CHECK(with({{"Host", tcp.host()}, {"Origin", "http://" + tcp.host()}}).empty());
  CHECK(with({{"Host", tcp.host()}, {"Origin", "https://evil.example"}}) == "forbidden");
  CHECK(with({{"Host", tcp.host()}, {"Origin", "null"}}) == "forbidden");
  CHECK(with({{"Host", tcp.host()}, {"Sec-Fetch-Site", "cross-site"}}) == "forbidden");
  CHECK(with({{"Host", tcp.host()}, {"Sec-Fetch-Site", "same-origin"}}).empty());
}

TEST_CASE("streams and WebSocket pass the same door") {
  const TcpDaemon tcp;
  CHECK(problem(tcp.get("/events", {{"Host", tcp.host()}, {"Accept", "text/event-stream"}})) ==
        "unauthorised");
  CHECK(WebSocket(HttpClient(tcp.port()), "", "Host: " + tcp.host() + "\r\n").head().status == 401);
  WebSocket socket(HttpClient(tcp.port()), "",
                   "Host: " + tcp.host() + "\r\nAuthorization: Bearer " + tcp.token() + "\r\n");
  CHECK(socket.head().status == 101);
  CHECK_THAT(socket.read().payload, ContainsSubstring("hello"));
}

TEST_CASE("only the loopback interface is listened on") {
  for (const char* address :
       {"0.0.0.0:0", "[::]:0", "192.0.2.1:0", "127.0.0.1", "example.org:80", "127.0.0.1:99999"}) {
    INFO(address);
    CHECK_THROWS(DaemonFixture({"--listen", address}));
  }
  CHECK_NOTHROW(DaemonFixture({"--listen", "127.0.0.2:0"}));
}

}  // namespace
}  // namespace taskman::test
