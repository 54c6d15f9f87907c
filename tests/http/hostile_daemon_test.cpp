// What a careless parser of HTTP lets happen, tried on the built daemon: it does not grow, does not
// fall, and keeps nobody waiting. hostile_head_test and hostile_body_test know each rule more
// exactly.

#include "http/hostile.hpp"
#include "http/siege.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

constexpr std::string_view kJson = "Content-Type: application/json\r\n";
constexpr std::string_view kTask = R"({"title":"smuggled"})";

std::string head(std::string_view start, std::string_view more = {}) {
  return std::string(start) + " HTTP/1.1\r\nHost: x\r\n" + std::string(more) + "\r\n";
}

std::string length(std::size_t bytes) {
  return "Content-Length: " + std::to_string(bytes) + "\r\n";
}

/// A request that would leave a task behind.
std::string smuggled() {
  return head("POST /api/v1/tasks", std::string(kJson) + length(kTask.size())) + std::string(kTask);
}

}  // namespace

TEST_CASE("the daemon withstands what has no end", "[hostile]") {
  Siege siege;
  const auto [name, first, again, total,
              status] = GENERATE(table<std::string, std::string, std::string, std::size_t, int>({
      {"a request line", "", std::string(65536, 'a'), 200 * kMiB, 414},
      {"a header line", "GET / HTTP/1.1\r\nX: ", std::string(65536, 'a'), 200 * kMiB, 431},
      {"302,000 headers", "GET / HTTP/1.1\r\nHost: x\r\n", "X-Name: value\r\n", 302'000 * 15, 431},
      {"chunks", head("POST /api/v1/tasks", "Transfer-Encoding: chunked\r\n"),
       "10000\r\n" + std::string(65536, 'c') + "\r\n", 200 * kMiB, 501},
      {"chunks for nobody", head("POST /no/such/path", "Transfer-Encoding: chunked\r\n"),
       "10000\r\n" + std::string(65536, 'c') + "\r\n", 200 * kMiB, 501},
      {"a body larger than allowed", head("POST /api/v1/tasks", length(200 * kMiB)),
       std::string(65536, 'b'), 200 * kMiB, 413},
      {"a body for nobody", head("POST /no/such/path", length(200 * kMiB)), std::string(65536, 'b'),
       200 * kMiB, 413},
  }));
  INFO(name);
  HttpClient client = siege.attacker();
  siege.withstands([&] {
    client.send(first);
    flood(client, again, total);
    CHECK(client.read_head().status == status);
  });
}

TEST_CASE("the daemon unpacks nothing", "[hostile]") {
  Siege siege;
  // The head of a gzip member, and what a bomb consists of.
  const std::string bomb = "\x1f\x8b\x08" + std::string(500'000, '\0');
  const std::string packed =
      std::string(kJson) + "Content-Encoding: gzip\r\n" + length(bomb.size());
  siege.withstands([&] {
    CHECK(siege.answer_to(head("POST /api/v1/tasks", packed) + bomb).status == 415);
    CHECK(siege.answer_to(head("POST /api/v1/import", packed) + bomb).status == 415);
  });
}

TEST_CASE("the daemon takes no body for the next request", "[hostile]") {
  Siege siege;
  const std::string start = GENERATE(as<std::string>{}, "GET /api/v1/tasks", "GET /no/such/path",
                                     "POST /no/such/path", "DELETE /api/v1/tasks/77",
                                     "PUT /api/v1/tasks/1", "GET /api/v1/events", "GET /metrics");
  INFO(start);
  siege.withstands([&] {
    HttpClient client = siege.attacker();
    send_while_taken(client, head(start, length(smuggled().size())) + smuggled());
    CHECK(client.read_head().status > 0);
    client.half_close();
    client.read_to_end();
  });
  CHECK(siege.tasks() == 1);
}

TEST_CASE("the daemon refuses a message whose length has two meanings", "[hostile]") {
  Siege siege;
  const auto [lengths, body] = GENERATE_COPY(table<std::string, std::string>({
      {length(0) + length(smuggled().size()), smuggled()},
      {length(smuggled().size()) + length(0), smuggled()},
      {length(5) + "Transfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled()},
      {"Transfer-Encoding: chunked\r\n" + length(5), "0\r\n\r\n" + smuggled()},
      {"Transfer-Encoding: identity\r\n" + length(5), "0\r\n\r\n" + smuggled()},
      {"Content-Length: 0, 5\r\n", smuggled()},
  }));
  INFO(lengths);
  siege.withstands([&] {
    HttpClient client = siege.attacker();
    send_while_taken(client, head("POST /api/v1/tasks", std::string(kJson) + lengths) + body);
    const HttpReply reply = client.read_reply();
    CHECK(reply.status == 400);
    CHECK(reply.header("Connection") == "close");
    CHECK(client.read_to_end().empty());
  });
  CHECK(siege.tasks() == 1);
}

TEST_CASE("a body without a length is no body", "[hostile]") {
  Siege siege;
  HttpClient client = siege.attacker();
  siege.withstands([&] {
    client.send(head("POST /api/v1/tasks", kJson));
    flood(client, "{\"title\":\"endless\"}", 200 * kMiB);
    CHECK(client.read_head().status >= 400);
  });
  CHECK(siege.tasks() == 1);
}

TEST_CASE("nothing a client says becomes a header of the answer", "[hostile]") {
  Siege siege;
  const std::string request =
      GENERATE(head("GET /api/v1/tasks/1", "Taskman-Actor: a%0d%0aInjected:%20b\r\n"),
               head("GET /api/v1/tasks/1%0d%0aInjected:%20b"),
               head("GET /api/v1/tasks?filter=%0d%0aInjected:%20b"),
               head("GET /api/v1/events?since=%0d%0aInjected:%20b"),
               head("GET /api/v1/events?since=x", "If-None-Match: \"%0d%0aInjected:%20b\"\r\n"),
               head("POST /api/v1/tasks", std::string(kJson) + length(kTask.size()) +
                                              "Idempotency-Key: a%0d%0aInjected:%20b\r\n") +
                   std::string(kTask));
  INFO(request);
  siege.withstands([&] { CHECK(siege.answer_to(request).header("Injected").empty()); });
}

TEST_CASE("the daemon reads no path of 8 KB", "[hostile]") {
  Siege siege;
  const std::string path = GENERATE(as<std::string>{}, "/api/v1/tasks/", "/api/v1/sprints/",
                                    "/api/v1/projects/", "/api/v1/tasks/1/comments/");
  const std::string end = GENERATE(as<std::string>{}, "", "/done", "/comments", "/progress");
  INFO(path << "…" << end);
  siege.withstands([&] {
    for (const char* method : {"GET ", "POST "}) {
      CHECK(siege.answer_to(head(method + path + std::string(8000, '1') + end)).status == 414);
      CHECK(siege.answer_to(head(method + path + std::string(900, '1') + end)).status / 100 == 4);
    }
  });
}

TEST_CASE("ranges do not multiply what the daemon answers", "[hostile]") {
  Siege siege;
  std::string ranges = "Range: bytes=0-";
  for (int i = 0; i < 2000; ++i) ranges += ",0-";
  const HttpReply plain = siege.answer_to(head("GET /openapi.json"));
  siege.withstands([&] {
    const HttpReply reply = siege.answer_to(head("GET /openapi.json", ranges + "\r\n"));
    CHECK(reply.status == 200);
    CHECK(reply.body == plain.body);
  });
}

}  // namespace taskman::test
