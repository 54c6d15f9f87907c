#include "http/api.hpp"

#include <algorithm>

namespace taskman::test {

HttpReply Api::send(HttpRequest request) {
  const auto is_type = [](const auto& header) { return header.first == "Content-Type"; };
  if (!request.body.empty() && std::ranges::none_of(request.headers, is_type)) {
    request.headers.emplace_back("Content-Type", "application/json");
  }
  return client_.request(request);
}

HttpReply Api::get(const std::string& target, const Headers& headers) {
  return send({.method = "GET", .target = target, .headers = headers});
}

HttpReply Api::post(const std::string& target, const std::string& body, const Headers& headers) {
  return send({.method = "POST", .target = target, .headers = headers, .body = body});
}

HttpReply Api::patch(const std::string& target, const std::string& body, const Headers& headers) {
  return send({.method = "PATCH", .target = target, .headers = headers, .body = body});
}

HttpReply Api::remove(const std::string& target, const Headers& headers) {
  return send({.method = "DELETE", .target = target, .headers = headers});
}

std::string Api::add(const std::string& json) {
  const HttpReply reply = post("/api/v1/tasks", json);
  INFO(reply.body);
  REQUIRE(reply.status == 201);
  return std::to_string(task_of(reply).id.value);
}

std::string Api::head() { return get("/api/v1/health").header("Taskman-Cursor"); }

std::int64_t Api::metric(const std::string& name) {
  const std::string text = get("/metrics").body;
  const auto found = text.find("\n" + name + " ");
  REQUIRE(found != std::string::npos);
  return std::stoll(text.substr(found + name.size() + 2));
}

void Api::await_parked(std::int64_t count) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (metric("taskman_feed_parked_polls") != count) {
    REQUIRE(std::chrono::steady_clock::now() < until);
  }
}

wire::Envelope envelope(const HttpReply& reply) { return wire::decode_envelope(reply.body); }
model::Task task_of(const HttpReply& reply) { return wire::decode_task(envelope(reply).data); }
std::vector<std::string> items(const HttpReply& reply) {
  return wire::split_array(envelope(reply).data);
}

std::string problem(const HttpReply& reply) {
  if (reply.header("Content-Type") != "application/problem+json") return {};
  const auto failure = wire::decode_problem(reply.body, reply.status);
  CHECK(error::row(failure.code()).http_status == reply.status);
  return std::string(error::row(failure.code()).slug);
}

}  // namespace taskman::test
