#include "service/desk.hpp"

namespace taskman::test {
namespace {

using Changes = std::vector<std::string>;

TEST_CASE("a project is made once") {
  Desk desk;
  CHECK(desk.add_project("web").version == 1);
  CHECK(desk.last_changes() == Changes{"project.created web"});
  const auto failure = error_of([&] { desk.add_project("web"); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "project 'web' is there already");
}

TEST_CASE("keys that differ in case only are the same key") {
  Desk desk;
  desk.add_project("web");
  const auto failure = error_of([&] { desk.add_project("WEB"); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "project 'web' is there already");
  CHECK(items(envelope(desk.projects.list())).size() == 1);
}

TEST_CASE("an edit of a project moves its version, one that changes nothing does not") {
  Desk desk;
  desk.add_project("web");
  const auto edit = [&](const model::ProjectPatch& patch) {
    return wire::decode_project(envelope(desk.projects.edit(write(), "web", patch)).data);
  };
  CHECK(edit({.name = "Website", .description = std::nullopt}).version == 2);
  CHECK(edit({.name = "Website", .description = std::nullopt}).version == 2);
  CHECK(desk.head() == 2);
}

TEST_CASE("an unknown project is not found, with the nearest as a hint") {
  Desk desk;
  desk.add_project("web");
  const auto failure = error_of([&] { desk.projects.get("wep"); });
  CHECK(failure.code() == Code::kNotFound);
  CHECK_THAT(failure.hint(), StartsWith("did you mean web?"));
}

TEST_CASE("a project in use stays, unless what is in it is let go") {
  Desk desk;
  desk.add_project("web");
  desk.add_sprint(R"({"name":"S1","project":"web"})");
  desk.add(R"({"title":"a","project":"web"})");
  const auto failure =
      error_of([&] { desk.projects.remove(write(), "web", service::Leftovers::kRefuse); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "project 'web' has 1 task and 1 sprint");
  desk.projects.remove(write(), "web", service::Leftovers::kDetach);
  CHECK(desk.last_changes() ==
        Changes{"sprint.updated 1", "task.updated 1", "project.deleted web"});
  CHECK_FALSE(desk.task(1).project.has_value());
}

TEST_CASE("an unused project just goes") {
  Desk desk;
  desk.add_project("web");
  desk.projects.remove(write(), "web", service::Leftovers::kRefuse);
  CHECK(items(envelope(desk.projects.list())).empty());
}

}  // namespace
}  // namespace taskman::test
