#pragma once
// What tests of undo share: everything a store holds, by thing and field; refusals.

#include <map>
#include <sstream>
#include <string>
#include <string_view>

#include "service/desk.hpp"

namespace taskman::test {

using Facts = std::map<std::string, std::string>;
using State = std::map<std::string, Facts>;  ///< `task 42` → field → JSON

/// The export of everything but versions and times of the last change.
inline State state_of(const Desk& desk) {
  State state;
  std::istringstream lines(desk.transfer.export_all().text);
  for (std::string line; std::getline(lines, line);) {
    Facts facts;
    for (const auto& [name, json] : wire::members_of(line)) facts[name] = json;
    facts.erase("version");
    facts.erase("updated_at");
    state[facts.at("kind") + ' ' + (facts.contains("id") ? facts["id"] : facts["key"])] = facts;
  }
  return state;
}

/// What an undo is refused with; checks that nothing changed.
inline error::Error refusal(Desk& desk, const wire::UndoCommand& command = {},
                            const std::string& actor = "ana") {
  const State before = state_of(desk);
  const std::int64_t head = desk.head();
  auto failure = error_of([&] { desk.undo(command, actor); });
  CHECK(desk.head() == head);
  CHECK(state_of(desk) == before);
  return failure;
}

inline void edit_as(Desk& desk, const std::string& actor, std::int64_t id, std::string_view json) {
  desk.tasks.edit(write(actor), {id}, wire::decode_task_edit(json));
}

}  // namespace taskman::test
