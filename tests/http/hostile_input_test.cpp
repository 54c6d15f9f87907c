// Well-formed requests that mean harm: JSON, filters, cursors and tokens, to the built daemon.

#include "http/hostile.hpp"
#include "http/siege.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

HttpReply send(const Siege& siege, const std::string& method, const std::string& target,
               const std::string& body, const std::string& type = "application/json") {
  return siege.daemon().http(
      {.method = method, .target = target, .headers = {{"Content-Type", type}}, .body = body});
}

/// A problem that says something, to the client's charge.
void check_refused(const HttpReply& reply) {
  INFO(reply.body.substr(0, 300));
  CHECK(reply.status / 100 == 4);
  CHECK(reply.header("Content-Type") == "application/problem+json");
  CHECK(reply.body.size() < 4096);
}

/// start start … middle … end end
std::string nested(std::size_t count, std::string_view start, std::string_view middle,
                   std::string_view end) {
  return times(count, start) + std::string(middle) + times(count, end);
}

/// (((a and b) or (a and b)) and ((a and b) or (a and b))) …
std::string tree(int depth) {
  if (depth == 0) return "a";
  const std::string half = tree(depth - 1);
  return "(" + half + (depth % 2 == 0 ? " or " : " and ") + half + ")";
}

std::string encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    (result += '%') += kDigits[byte / 16];
    result += kDigits[byte % 16];
  }
  return result;
}

}  // namespace

TEST_CASE("JSON that means harm is refused", "[hostile]") {
  Siege siege;
  const auto [name, body] = GENERATE(table<std::string, std::string>({
      {"deep arrays", std::string(1'000'000, '[')},
      {"deep arrays, closed", std::string(500'000, '[') + std::string(500'000, ']')},
      {"deep objects", times(200'000, R"({"a":)")},
      {"depth inside a field", R"({"title":"a","labels":)" + std::string(10'000, '[') + '}'},
      {"many values", "[0" + times(500'000, ",0") + "]"},
      {"many labels", R"({"title":"a","labels":["x")" + times(200'000, R"(,"x")") + "]}"},
      {"many fields", "{" + times(100'000, R"("a":1,)") + R"("title":"a"})"},
      {"a number without end", R"({"title":"a","points":)" + std::string(900'000, '9') + "}"},
      {"an exponent", R"({"title":"a","points":1e999999999})"},
      {"a fraction", R"({"title":"a","points":1.5})"},
      {"more than 64 bits", R"({"title":"a","points":18446744073709551616})"},
      {"a negative", R"({"title":"a","points":-1})"},
      {"a field twice", R"({"title":"a","title":"b"})"},
      {"a NUL, escaped", R"({"title":"a\u0000b"})"},
      {"a NUL, as it is", std::string("{\"title\":\"a\0b\"}", 15)},
      {"half a surrogate pair", R"({"title":"\ud800"})"},
      {"invalid UTF-8", "{\"title\":\"\xff\xfe\"}"},
      {"an overlong slash", "{\"title\":\"\xc0\xaf\"}"},
      {"escape sequences", R"({"title":"\u001b[31mred"})"},
      {"a direction override", R"({"title":"\u202egpj.exe"})"},
      {"a title of 501", R"({"title":")" + std::string(501, 't') + "\"}"},
      {"a body of 64 KiB and one", R"({"title":"a","body":")" + std::string(65'537, 'b') + "\"}"},
      {"a comment", "/* */ {\"title\":\"a\"}"},
      {"a byte order mark only", "\xef\xbb\xbf"},
      {"two documents", R"({"title":"a"}{"title":"b"})"},
      {"an array", R"([{"title":"a"}])"},
      {"a string", R"("title")"},
      {"nothing but blanks", std::string(1000, ' ')},
      {"a prototype", R"({"__proto__":{"title":"a"}})"},
      {"a wrong type", R"({"title":{"title":"a"}})"},
      {"SQL for a project", R"({"title":"a","project":"'; DROP TABLE tasks; --"})"},
  }));
  INFO(name);
  siege.withstands([&, &text = body] {
    check_refused(send(siege, "POST", "/api/v1/tasks", text));
    check_refused(send(siege, "PATCH", "/api/v1/tasks/1", text));
    check_refused(send(siege, "POST", "/api/v1/tasks/bulk", text));
    check_refused(send(siege, "POST", "/api/v1/sprints", text));
  });
  CHECK(siege.tasks() == 1);
}

TEST_CASE("text at its limits is kept as it is", "[hostile]") {
  Siege siege;
  siege.withstands([&] {
    const std::string title(500, 't');
    const std::string body(65'536, 'b');
    const HttpReply made = send(siege, "POST", "/api/v1/tasks",
                                R"({"title":")" + title + R"(","body":")" + body + "\"}");
    CHECK(made.status == 201);
    const HttpReply shown = siege.daemon().http({.target = "/api/v1/tasks/2"});
    CHECK_THAT(shown.body, ContainsSubstring(title) && ContainsSubstring(body));
  });
}

TEST_CASE("import lines that mean harm are refused", "[hostile]") {
  Siege siege;
  const std::string lines =
      GENERATE(std::string(4'000'000, '['), times(100'000, "\n"), std::string(2'000'000, 'x'),
               times(50'000, "{}\n"), times(20'000, "[1]\n"), times(2'000'000, "{}\n"),
               std::string(100'000, '\0'));
  siege.withstands(
      [&] {
        const HttpReply reply =
            send(siege, "POST", "/api/v1/import", lines, "application/x-ndjson");
        INFO(reply.body.substr(0, 300));
        CHECK((reply.status / 100 == 4 || reply.status == 200));
        CHECK(reply.body.size() < kMiB);
      },
      64 * kMiB);  // the lines as they came, and as they were read
  CHECK(siege.tasks() == 1);
}

TEST_CASE("filters that mean harm are refused", "[hostile]") {
  Siege siege;
  const std::string filter = GENERATE(
      std::string(2000, '('), times(1000, "(status:todo or "), times(1300, "~") + "status:todo",
      times(600, "a "), "id:" + times(900, "1,") + "1", std::string(4097, 'a'), std::string("(a"),
      std::string("\"a"), std::string("\xff"), std::string("status:'; DROP TABLE tasks; --"),
      std::string("id:99999999999999999999"), std::string("points:>1e9"),
      std::string("due:<99999-01-01"), std::string("nofield:1"));
  INFO(filter.substr(0, 60));
  siege.withstands([&] {
    check_refused(siege.daemon().http({.target = "/api/v1/tasks?filter=" + encoded(filter)}));
    check_refused(siege.daemon().http({.target = "/api/v1/events?filter=" + encoded(filter)}));
  });
}

TEST_CASE("a filter of 100 KiB is not read", "[hostile]") {
  Siege siege;
  siege.withstands([&] {
    const std::string start = "GET /api/v1/tasks?filter=" + std::string(100 * 1024, 'a');
    CHECK(siege.answer_to(start + " HTTP/1.1\r\nHost: x\r\n\r\n").status == 414);
  });
}

TEST_CASE("filters that are only odd are answered, and quickly", "[hostile]") {
  Siege siege;
  const std::string filter = GENERATE(
      as<std::string>{}, "%", "_", "%%%%%%%%%%%%%%%%%%%%%%%%%%%%a", "'", "\"';--\"",
      times(30, "~") + "a", times(499, "a or ") + "a", "id:0..9223372036854775807",
      nested(30, "(", "a", ")"), nested(15, "~(a or ", "a", ")"), nested(15, "~(a ", "a", ")"),
      nested(15, "(a or b (c or ", "d", "))"), nested(7, "~(b ~(c or ", "d", "))"), tree(8));
  INFO(filter.substr(0, 60));
  siege.withstands([&] {
    CHECK(siege.daemon().http({.target = "/api/v1/tasks?filter=" + encoded(filter)}).status == 200);
  });
}

TEST_CASE("cursors and page tokens that mean harm are refused", "[hostile]") {
  Siege siege;
  const std::string text =
      GENERATE(as<std::string>{}, "-1", "99999999999999999999-0000000000000000",
               "9223372036854775807-ffffffffffffffff", "1", "-", "1-", "1-0",
               "0x1-0000000000000000", "1-000000000000000g", "1-0000000000000000 ", "..", "'; --",
               std::string(4000, '1'), std::string(2000, 'a') + "-" + std::string(2000, 'b'),
               std::string("1\0-0", 4), "\xff", "7b7d", "5b5b5b5b5b5b", "00", "latest");
  INFO(text.substr(0, 60));
  siege.withstands([&] {
    const auto get = [&](const std::string& target) {
      return siege.daemon().http({.target = target + encoded(text)});
    };
    check_refused(get("/api/v1/events?since="));
    check_refused(get("/api/v1/tasks?page="));
  });
}

TEST_CASE("limits and sorts that mean harm are refused", "[hostile]") {
  Siege siege;
  const std::string query =
      GENERATE(as<std::string>{}, "limit=-1", "limit=0", "limit=10001", "limit=1e3",
               "limit=", "limit=99999999999999999999", "limit=all%00", "sort=nothing", "sort=-",
               "sort=,", "sort=id%20DESC", "sort=%27", "no=parameter", "filter=a&filter=b");
  INFO(query);
  siege.withstands(
      [&] { check_refused(siege.daemon().http({.target = "/api/v1/tasks?" + query})); });
}

}  // namespace taskman::test
