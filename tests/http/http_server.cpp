#include "http_server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace taskman::test {
namespace {

using http::Reply;
using http::Request;

http::Route make_route(std::string_view method, std::string_view path, std::string_view operation) {
  http::Route route{};
  route.doc.method = method;
  route.doc.path = path;
  route.doc.operation = operation;
  return route;
}

std::vector<http::Route> test_routes() {
  auto import = make_route("POST", "/api/v1/import", "import");
  import.doc.body_type = "application/x-ndjson";
  return {make_route("GET", "/api/v1/health", "health"),
          make_route("POST", "/api/v1/tasks", "echo"),
          make_route("GET", "/api/v1/tasks/{id}", "get"),
          make_route("DELETE", "/api/v1/tasks/{id}", "delete"),
          make_route("GET", "/api/v1/big", "big"),
          make_route("GET", "/api/v1/held", "held"),
          make_route("GET", "/api/v1/events", "events"),
          make_route("GET", "/api/v1/broken", "broken"),
          import};
}

Reply stream(const Request& request) {
  Reply reply{.content_type = "text/event-stream"};
  reply.stream.emplace();
  reply.stream->since = request.param("since");
  return reply;
}

Reply get(const Request& request) {
  Reply reply{.body = request.captures.at("id")};
  for (const auto& [name, value] : request.query) reply.body += '|' + name + '=' + value;
  for (const auto& [name, value] : request.headers) reply.body += '|' + name + ':' + value;
  reply.headers.emplace_back("ETag", "\"v1\"");
  return reply;
}

}  // namespace

HttpServer::HttpServer(const http::Limits& limits)
    : listening_(net::UnixSocket::listen(folder_ / "test.sock")) {
  handlers_ = {
      {"health", [](const Request&) { return Reply{.body = R"({"status":"ok"})"}; }},
      {"echo",
       [this](const Request& request) {
         echoed_.with([&](auto& all) { all.push_back(request.body); });
         return Reply{.status = 201, .body = request.body};
       }},
      {"import",
       [](const Request& request) { return Reply{.body = std::to_string(request.body.size())}; }},
      {"get", get},
      {"delete", [](const Request&) { return Reply{.status = 204}; }},
      {"big", [](const Request&) { return Reply{.body = std::string(8 << 20, 'b')}; }},
      {"held",
       [this](const Request&) {
         released_.wait();
         return Reply{.body = "released"};
       }},
      {"events", stream},
      {"broken", [](const Request&) -> Reply { throw std::runtime_error("secret detail"); }}};
  router_.emplace(http::RouterParts{
      .routes = test_routes(),
      .call = [this](const auto& route, const auto& request) { return call(route, request); },
      .random = random_,
      .log =
          [this](const util::LogRecord& record) {
            std::string line(record.text);
            for (const auto& [name, value] : record.fields)
              line += ' ' + std::string(name) + '=' + value;
            logged_.with([&](auto& all) { all.push_back(line); });
          }});
  writer_.emplace(http::Identity{.version = "1.2.3", .protocol = "1-1", .store = "s0"}, clock_);
  server_.emplace(http::ServerParts{.loop = loop_,
                                    .router = *router_,
                                    .writer = *writer_,
                                    .sink =
                                        [this](http::StreamStart start) {
                                          streams_.with(
                                              [&](auto& all) { all.push_back(std::move(start)); });
                                        },
                                    .limits = limits});
  server_->listen(listening_.get(), http::same_user(::getuid()));
  thread_ = std::thread([this] { loop_.run(); });
}

HttpServer::~HttpServer() {
  if (released_.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
    release_.set_value();
  loop_.stop();
  thread_.join();
  server_.reset();
  listening_.close();
}

Reply HttpServer::call(const http::Route& route, const Request& request) {
  return handlers_.find(route.doc.operation)->second(request);
}

void HttpServer::on_loop(const std::function<void(http::Server&)>& work) {
  std::promise<void> done;
  loop_.post([&] {
    work(*server_);
    done.set_value();
  });
  done.get_future().wait();
}

void HttpServer::await(const std::function<bool(const http::Figures&)>& fulfilled) const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!fulfilled(figures())) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("the server's figures never came to that");
    std::this_thread::yield();
  }
}

std::vector<std::string> HttpServer::echoed() const {
  return echoed_.with([](const auto& all) { return all; });
}

std::vector<std::string> HttpServer::logged() const {
  return logged_.with([](const auto& all) { return all; });
}

std::size_t HttpServer::streams() const {
  return streams_.with([](const auto& all) { return all.size(); });
}

void HttpServer::send_to_stream(std::size_t number, const std::string& text) {
  streams_.with([&](auto& all) {
    const std::string whole = all.at(number).unsent + text;
    all.at(number).unsent.clear();
    if (::send(all.at(number).fd.get(), whole.data(), whole.size(), MSG_NOSIGNAL) < 0)
      throw std::runtime_error("send");
  });
}

}  // namespace taskman::test
