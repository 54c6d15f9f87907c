#include "daemon/service/obstacles.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
namespace taskman::service {
namespace {

using Changes = std::map<Thing, LaterChanges>;

/// Of what was handed in.
struct Told {
  const Thing* thing = nullptr;
  std::string_view field;
  const LaterChange* change = nullptr;
};

void take_newer(Told& told, const Thing& thing, const LaterChanges& later, std::string_view field) {
  const auto found = later.fields.find(field);
  if (found == later.fields.end()) return;
  if (told.change == nullptr || told.change->rev < found->second.rev)
    told = {&thing, field, &found->second};
}

// The newest of all that can have made it so.
Told culprit(const Changes& changes, const std::vector<Cause>& causes) {
  Told told;
  for (const Cause& cause : causes) {
    const auto later = changes.find(cause.thing);
    if (later == changes.end()) continue;
    for (const auto field : cause.fields) take_newer(told, cause.thing, later->second, field);
    take_newer(told, cause.thing, later->second, kExistence);
  }
  return told;
}

}  // namespace

void Obstacles::add(std::string name, std::string message, std::vector<Cause> causes) {
  found_.push_back({{std::move(name), std::move(message)}, std::move(causes)});
}

void Obstacles::add(const Thing& thing, std::string_view field, const LaterChange& change,
                    std::string_view why) {
  const std::string name = name_of(thing);
  add(field == kExistence ? name : fmt::format("{} {}", name, field),
      fmt::format("{}{}", words_of(thing, field, change), why));
  note(change);
}

void Obstacles::note(const LaterChange& change) {
  revisions_.insert(change.rev);
  if (!newest_ || newest_->rev < change.rev) newest_ = change;
}

void Obstacles::explain(store::ReadTx& tx, std::int64_t rev) {
  std::set<Thing> things;
  for (const Found& found : found_) {
    for (const Cause& cause : found.causes) things.insert(cause.thing);
  }
  const Changes changes = changes_after(tx, rev, things);
  for (Found& found : found_) {
    const Told told = culprit(changes, found.causes);
    if (told.change == nullptr) continue;
    found.field.message += ", since " + words_of(*told.thing, told.field, *told.change);
    note(*told.change);
  }
}

std::string Obstacles::way_out() const {
  if (!hint_.empty() || !newest_) return hint_;
  return fmt::format("to take {} back first: taskman undo {}",
                     revisions_.size() > 1 ? "the newest of them" : "that", newest_->rev);
}

void Obstacles::refuse(const std::string& intent) const {
  std::string message = (intent.empty() ? "" : intent + ": ") + found_.front().field.message;
  if (found_.size() > 1) message += fmt::format(", and {} more", found_.size() - 1);
  constexpr std::size_t kTold = 50;  // what an import made can be in use thousandfold
  std::vector<error::Field> fields;
  for (const Found& found : found_) {
    if (fields.size() == kTold) break;
    fields.push_back(found.field);
  }
  throw error::Error(error::Code::kConflict, std::move(message), way_out(), std::move(fields));
}

}  // namespace taskman::service
