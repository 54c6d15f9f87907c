// Whose sprint a word means, and that each project has one active sprint at most.

#include "service/desk.hpp"

namespace taskman::test {
namespace {

using Ids = std::vector<std::int64_t>;

// `app` and `web` each with an active sprint `S1` and a task in it: 1 of app, 2 of web.
struct TwoProjects : Desk {
  TwoProjects() {
    for (const std::string key : {"app", "web"}) {
      add_project(key);
      add_sprint(R"({"name":"S1","project":")" + key + "\"}");
      sprints.start(write(), {.word = "S1", .project = key});
      add(R"({"title":"t","sprint":"S1","project":")" + key + "\"}");
    }
  }

  wire::Envelope list(const std::string& filter, const std::string& project) const {
    return envelope(
        tasks
            .list(
                {.caller = {"ana", "test"}, .filter = filter, .sprints_of = project, .sort = "id"})
            .reading);
  }
  Ids ids_of(const std::string& filter, const std::string& project) const {
    Ids found;
    for (const auto& item : items(list(filter, project)))
      found.push_back(wire::decode_task(item).id.value);
    return found;
  }
};

TEST_CASE("sprint words of a filter mean the sprints of the project that is said") {
  TwoProjects desk;
  CHECK(desk.ids("sprint:current") == Ids{1, 2});
  CHECK(desk.ids_of("sprint:current", "app") == Ids{1});
  CHECK(desk.ids_of("sprint:current", "web") == Ids{2});
  CHECK(desk.ids_of("sprint:s1", "web") == Ids{2});
  CHECK(desk.ids_of("sprint:1", "web") == Ids{1});
  CHECK(desk.ids_of("title:t", "web") == Ids{1, 2});
  CHECK(error_of([&] { desk.list("sprint:current", "wep"); }).message() == "unknown project 'wep'");
}

TEST_CASE("a project without an active sprint has the one of no project, or none and a notice") {
  TwoProjects desk;
  desk.add_project("api");
  CHECK(items(desk.list("sprint:current", "api")).empty());
  CHECK(desk.list("sprint:current", "api").notices ==
        std::vector<std::string>{"no sprint is active in project 'api'"});
  desk.add_sprint(R"({"name":"Everybody"})");
  desk.start("Everybody");
  desk.add(R"({"title":"everybody's","sprint":"Everybody"})");
  CHECK(desk.ids_of("sprint:current", "api") == Ids{3});
  CHECK(desk.list("sprint:current", "api").notices.empty());
  CHECK(desk.ids_of("sprint:current", "web") == Ids{2});
}

TEST_CASE("a feed's filter means the sprints of the project that is said") {
  TwoProjects desk;
  desk.edit(1, R"({"title":"app team"})");
  desk.edit(2, R"({"title":"web team"})");
  const auto poll = envelope(desk.feed.poll(
      {.caller = {"ana", "test"}, .filter = "sprint:current title:team", .sprints_of = "web"}));
  REQUIRE(items(poll).size() == 1);
  CHECK_THAT(items(poll).front(), ContainsSubstring("web team"));
}

TEST_CASE("an active sprint does not come to a project that has one already") {
  TwoProjects desk;
  const auto move_to = [&](const std::string& word, const std::string& json) {
    desk.sprints.edit(write(), {.word = word, .project = std::nullopt},
                      wire::decode_sprint_edit(json));
  };
  const std::string to_app = R"({"name":"S2","project":"app"})";
  const auto failure = error_of([&] { move_to("2", to_app); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "sprint 'S1' of project app is active already");
  desk.close("1", R"({"carry":"none"})");
  move_to("2", to_app);
  CHECK(desk.progress("2").sprint.project == "app");
}

TEST_CASE("a project whose active sprint would be a second one of no project stays") {
  TwoProjects desk;
  desk.projects.remove(write(), "app", service::Leftovers::kDetach);
  const auto failure =
      error_of([&] { desk.projects.remove(write(), "web", service::Leftovers::kDetach); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "sprint 'S1' is active already");
}

TEST_CASE("a project that is not there is said wherever a sprint is named by a word") {
  TwoProjects desk;
  const std::string unknown = "unknown project 'wep'";
  CHECK(error_of([&] { desk.sprints.progress({.word = "current", .project = "wep"}); }).message() ==
        unknown);
  CHECK(error_of([&] { desk.sprints.start(write(), {.word = "S1", .project = "wep"}); }).code() ==
        Code::kInvalidValue);
  CHECK(error_of([&] { desk.add(R"({"title":"x","project":"wep","sprint":"next"})"); }).message() ==
        unknown);
  CHECK_NOTHROW(desk.sprints.get({.word = "1", .project = "wep"}));
}

}  // namespace
}  // namespace taskman::test
