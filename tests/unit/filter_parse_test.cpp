#include <string>

#include "common/error/error.hpp"
#include "common/filter/filter.hpp"
#include "common/filter/words.hpp"
#include "common/time/text.hpp"
#include "support/catch.hpp"

namespace taskman::filter {

using test::ContainsSubstring;
using test::StartsWith;

namespace {

/// A Monday.
Context context() {
  static const time::UtcZone utc;
  return {.now = *time::parse_rfc3339("2026-11-23T10:00:00Z"), .zone = &utc, .actor = "ann"};
}

Term term(std::string_view text) {
  const Expr expr = parse(text, context());
  REQUIRE(expr.kind == Expr::Kind::kTerm);
  return expr.term;
}

error::Error refusal(std::string_view text) {
  try {
    parse(text, context());
  } catch (const error::Error& error) {
    return error;
  }
  FAIL("accepted: " << text);
  throw;
}

util::Instant at(std::string_view text) { return *time::parse_rfc3339(text); }

}  // namespace

TEST_CASE("a filter that names tasks is told from one about them") {
  const auto names = [](std::string_view text) { return names_tasks(parse(text, context())); };
  for (const auto text :
       {"id:1", "id:3-7,12", "external:gh:1", "label:api external:gh:1", "(label:api or id:4)"}) {
    CAPTURE(text);
    CHECK(names(text));
  }
  for (const auto text : {"", "~id:1", "id>5", "external:none", "~(id:1 or id:2)", "label:api"}) {
    CAPTURE(text);
    CHECK_FALSE(names(text));
  }
}

TEST_CASE("no filter is everything") {
  CHECK(parse("", context()).kind == Expr::Kind::kEverything);
  CHECK(parse("  \t\n", context()).kind == Expr::Kind::kEverything);
}

TEST_CASE("a field names its values, commas between them") {
  CHECK(term("status:todo,review") ==
        Term{Field::kStatus, Op::kEqual, {model::Status::kTodo, model::Status::kReview}});
  CHECK(term("is:overdue") == Term{Field::kIs, Op::kEqual, {Flag::kOverdue}});
  CHECK(term("project:web") == Term{Field::kProject, Op::kEqual, {std::string("web")}});
  CHECK(term("label:\"needs review\",api") ==
        Term{Field::kLabel, Op::kEqual, {std::string("needs review"), std::string("api")}});
  CHECK(term("external:github:o/r#12") ==
        Term{Field::kExternal, Op::kEqual, {std::string("github:o/r#12")}});
  CHECK(term("sprint:current") == Term{Field::kSprint, Op::kEqual, {std::string("current")}});
}

TEST_CASE("words and their aliases are read in any case") {
  CHECK(term("STATUS:Doing") == term("status:in_progress"));
  CHECK(term("priority:HIGH") == term("priority:p1"));
  CHECK(term("Is:Open") == term("is:open"));
  CHECK(term("labels:api") == term("label:api"));
}

TEST_CASE("@me is who asks") {
  CHECK(term("assignee:@me") == Term{Field::kAssignee, Op::kEqual, {std::string("ann")}});
  CHECK(term("assignee:\"@me\"") == Term{Field::kAssignee, Op::kEqual, {std::string("@me")}});
}

TEST_CASE("none is the absence of a value, in quotes it is a name") {
  CHECK(term("project:none") == Term{Field::kProject, Op::kEqual, {None{}}});
  CHECK(term("label:api,none") == Term{Field::kLabel, Op::kEqual, {std::string("api"), None{}}});
  CHECK(term("label:\"none\"") == Term{Field::kLabel, Op::kEqual, {std::string("none")}});
  CHECK(term("title:none") == Term{Field::kTitle, Op::kEqual, {std::string("none")}});
}

TEST_CASE("numbers compare, and range from and to") {
  CHECK(term("points>3") == Term{Field::kPoints, Op::kGreater, {IntRange{3, 3}}});
  CHECK(term("points<=3") == Term{Field::kPoints, Op::kLessEqual, {IntRange{3, 3}}});
  CHECK(term("points=3") == Term{Field::kPoints, Op::kEqual, {IntRange{3, 3}}});
  CHECK(term("points:1..3") == Term{Field::kPoints, Op::kEqual, {IntRange{1, 3}}});
  CHECK(term("points:..3") == Term{Field::kPoints, Op::kEqual, {IntRange{0, 3}}});
  CHECK(std::get<IntRange>(term("points:3..").any_of.front()).low == 3);
  CHECK(term("id:3-7,#12") == Term{Field::kId, Op::kEqual, {IntRange{3, 7}, IntRange{12, 12}}});
}

TEST_CASE("a range of priorities is all that lie in it") {
  using enum model::Priority;
  CHECK(term("priority:p0..p1") == Term{Field::kPriority, Op::kEqual, {kP0, kP1}});
  CHECK(term("priority:p2..") == Term{Field::kPriority, Op::kEqual, {kP2, kP3}});
}

TEST_CASE("dates are days or instants, and compare by their edges") {
  const InstantRange today{at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z")};
  CHECK(term("due:today") == Term{Field::kDue, Op::kEqual, {today}});
  CHECK(term("due<today") == Term{Field::kDue, Op::kLess, {today}});
  CHECK(term("updated>-7d").op == Op::kGreater);
  const InstantRange week{at("2026-11-23T00:00:00Z"), at("2026-11-28T00:00:00Z")};
  CHECK(term("due:today..fri") == Term{Field::kDue, Op::kEqual, {week}});
  CHECK(std::get<InstantRange>(term("due:..fri").any_of.front()).until == week.until);
}

TEST_CASE("a word without a field, and a text in quotes, are looked for in titles") {
  CHECK(term("login") == Term{Field::kTitle, Op::kEqual, {std::string("login")}});
  CHECK(term("\"fix: the (login) ~ or\"").any_of ==
        std::vector<Value>{std::string("fix: the (login) ~ or")});
  CHECK(term("\"say \\\"hi\\\" \\\\ \\n\"").any_of ==
        std::vector<Value>{std::string("say \"hi\" \\ \\n")});
  CHECK(term("12:30").field == Field::kTitle);
  CHECK(term("body:\"stack trace\"") ==
        Term{Field::kBody, Op::kEqual, {std::string("stack trace")}});
}

TEST_CASE("side by side is and, which binds tighter than or, and ~ tighter still") {
  const Expr expr = parse("a b or ~c and (d or e)", context());
  REQUIRE(expr.kind == Expr::Kind::kOr);
  REQUIRE(expr.children.size() == 2);
  CHECK(expr.children[0] == parse("a and b", context()));
  REQUIRE(expr.children[1].kind == Expr::Kind::kAnd);
  CHECK(expr.children[1].children[0].kind == Expr::Kind::kNot);
  CHECK(expr.children[1].children[1] == parse("d OR e", context()));
  CHECK(parse("~(a b)", context()).children.front() == parse("a b", context()));
}

TEST_CASE("an unknown value lists the known ones and suggests the nearest") {
  const auto error = refusal("status:dnoe");
  CHECK(error.code() == error::Code::kInvalidValue);
  CHECK(error.message() == "unknown status 'dnoe'");
  CHECK(error.hint() ==
        "did you mean done? known: todo, in_progress, blocked, review, done, dropped");
  REQUIRE(error.fields().size() == 1);
  CHECK(error.fields()[0].name == "filter");
  CHECK_THAT(refusal("status:open").hint(), ContainsSubstring("is:open exists"));
  CHECK_THAT(refusal("priority:hgih").hint(), StartsWith("did you mean high? known: p0, p1"));
  CHECK_THAT(refusal("due:tomorow").hint(), StartsWith("did you mean tomorrow?"));
  CHECK_THAT(refusal("is:opne").hint(), StartsWith("did you mean open?"));
  CHECK_THAT(refusal("priority:p9").hint(), ContainsSubstring("known: p0, p1, p2, p3"));
}

TEST_CASE("an unknown field lists the known ones and suggests the nearest") {
  const auto error = refusal("staus:done");
  CHECK(error.message() == "unknown field 'staus'");
  CHECK_THAT(error.hint(), StartsWith("did you mean status? known: status, is, priority"));
  CHECK_THAT(refusal("https://x").message(), ContainsSubstring("unknown field 'https'"));
}

TEST_CASE("every refusal says what is wrong") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row rows[]{
      {"status:", "status has an empty value"},
      {"status:todo,", "status has an empty value"},
      {"status<done", "status has no order"},
      {"priority>p1", "priority has no order"},
      {"points:x", "'x' is not a whole number"},
      {"points:-3", "'-3' is not a whole number"},
      {"points>1..3", "compared with the range"},
      {"points:3..1", "runs backwards"},
      {"due:fri..today", "runs backwards"},
      {"due:someday", "unknown date 'someday'"},
      {"points>none", "'none' is not a whole number"},
      {"(a", "a '(' is not closed"},
      {"a)", "a ')' closes nothing"},
      {"()", "nothing inside"},
      {"a or", "nothing follows 'or'"},
      {"a and", "nothing follows 'and'"},
      {"or a", "nothing stands before"},
      {"~", "nothing follows '~'"},
      {"\"a", "a quote is not closed"},
      {"\"\"", "an empty text"},
      {"label:a\"b\"", "right behind a value of label"},
      {"\xFF", "not valid UTF-8"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK_THAT(refusal(row.text).message(), ContainsSubstring(row.message));
  }
}

TEST_CASE("operators of other languages are refused with ours, and are text in quotes") {
  struct Row {
    const char* text;
    const char* hint;
  };
  const Row rows[]{
      {"!status:todo", "~ does: ~status:todo;"},
      {"!(a or b)", "~ does: ~status:done;"},
      {"not login", "~ does: ~status:done;"},
      {"a NOT b", "quote it: \"NOT\""},
      {"-status:todo", "~ does: ~status:todo;"},
      {"status!=todo", "~ does: ~status:todo;"},
      {"label!:api", "~ does: ~label:api;"},
      {"a | b", "'or' does: status:todo or label:api"},
      {"a || b", "'or' does"},
      {"a|b", "quote it: \"a|b\""},
      {"a & b", "terms side by side all have to hold"},
      {"(a && b)", "terms side by side all have to hold"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK_THAT(refusal(row.text).hint(), ContainsSubstring(row.hint));
  }
  for (const char* text : {"\"not\"", "\"!status:todo\"", "\"a | b\"", "Hey!", "R&D", "-", "-1",
                           "a-b", "notes", "x!=y"}) {
    CAPTURE(text);
    CHECK(term(text).field == Field::kTitle);
  }
  CHECK(term("label:a|b").any_of == std::vector<Value>{std::string("a|b")});
}

TEST_CASE("@me is refused when nobody asks") {
  Context nobody = context();
  nobody.actor.clear();
  CHECK_THROWS_WITH(parse("assignee:@me", nobody), ContainsSubstring("'@me' is nobody"));
}

TEST_CASE("length, depth and number of values have limits") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "a" +
           std::string(static_cast<std::size_t>(depth), ')');
  };
  CHECK_NOTHROW(parse(nested(kMaxDepth), context()));
  CHECK_THAT(refusal(nested(kMaxDepth + 1)).message(), ContainsSubstring("nests deeper than 32"));
  CHECK_THAT(refusal(std::string(4000, '~')).message(), ContainsSubstring("nests deeper"));
  CHECK_NOTHROW(parse(std::string(kMaxLength, 'a'), context()));
  CHECK_THAT(refusal(std::string(kMaxLength + 1, 'a')).message(), ContainsSubstring("4097 bytes"));
  std::string many = "id:1";
  for (std::size_t i = 0; i < kMaxValues; ++i) many += ",2";
  CHECK_THAT(refusal(many).message(), ContainsSubstring("more than 500 values"));
}

TEST_CASE("@me is nobody's title") {
  CHECK(refusal("@me").message() == "'@me' is a person, not a text");
  CHECK_THAT(refusal("@me").hint(), StartsWith("write assignee:@me or is:mine"));
  CHECK_NOTHROW(parse("\"@me\"", context()));
}

TEST_CASE("the last day of the calendar can be asked for, alone and by an open range") {
  const auto last = at("9999-12-31T23:59:59Z");
  for (const auto text : {"due:9999-12-31", "due:2026-12-01.."}) {
    const auto range = std::get<InstantRange>(term(text).any_of.at(0));
    CHECK(range.from <= last);
    CHECK(last < range.until);
  }
  CHECK_THAT(refusal("due:+8000y").hint(), ContainsSubstring("years 0000 to 9999"));
}

TEST_CASE("whether a filter speaks of the status") {
  const auto names = [](std::string_view text) { return names_status(parse(text, context())); };
  for (const auto text : {"status:done", "~status:done", "a or (b is:closed)", "is:ready",
                          "is:overdue", "is:blocked", "closed>-7d"}) {
    CAPTURE(text);
    CHECK(names(text));
  }
  for (const auto text : {"", "login", "is:mine", "is:unassigned project:web", "due:today"}) {
    CAPTURE(text);
    CHECK_FALSE(names(text));
  }
}

TEST_CASE("whether a filter looks into bodies") {
  CHECK(uses_body(parse("a or ~body:b", context())));
  CHECK_FALSE(uses_body(parse("a or title:b", context())));
}

TEST_CASE("sprint words are replaced by ids") {
  Expr expr = parse("a ~(sprint:current,none,gone or project:current)", context());
  std::vector<std::string> asked;
  resolve_sprints(expr, [&](const std::string& word) {
    asked.push_back(word);
    return word == "gone" ? std::vector<model::SprintId>{} : std::vector<model::SprintId>{{4}, {9}};
  });
  CHECK(asked == std::vector<std::string>{"current", "gone"});
  const Expr& either = expr.children[1].children[0];
  CHECK(either.children[0].term ==
        Term{Field::kSprint, Op::kEqual, {IntRange{4, 4}, IntRange{9, 9}, None{}}});
  CHECK(either.children[1].term.any_of == std::vector<Value>{std::string("current")});
}

TEST_CASE("every example of the words table parses") {
  for (const FieldWord& word : field_words()) {
    CAPTURE(word.example);
    CHECK(term(word.example).field == word.field);
    CHECK(&word_of(word.field) == &word);
  }
  for (const FlagWord& word : flag_words()) CHECK(name(word.flag) == word.name);
}

}  // namespace taskman::filter
