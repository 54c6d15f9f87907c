#include "daemon/service/inverse.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "common/wire/apply.hpp"
#include "daemon/service/inverse_leases.hpp"
#include "daemon/service/later_changes.hpp"
#include "daemon/service/lease_deeds.hpp"

namespace taskman::service {
namespace {

using model::ChangeType;
using model::Project;
using model::Sprint;
using model::SprintId;
using model::Task;
using model::TaskId;
using Item = wire::Frame::Item;

Way way_of(ChangeType type) {
  const std::string_view name = model::name(type);
  if (name.ends_with(".created")) return Way::kCreated;
  if (name.ends_with(".updated")) return Way::kUpdated;
  return name.ends_with(".deleted") ? Way::kDeleted : Way::kOther;
}

void give_id(Task& task, const model::EntityId& id) { task.id.value = std::get<std::int64_t>(id); }
void give_id(Sprint& sprint, const model::EntityId& id) {
  sprint.id.value = std::get<std::int64_t>(id);
}
void give_id(Project& project, const model::EntityId& id) {
  project.key = std::get<std::string>(id);
}

Thing task_thing(TaskId id) { return thing_of(ChangeType::kTaskUpdated, id.value); }

/// Works one entry out. Used once, on one thread.
class Maker {
 public:
  Maker(store::ReadTx& tx, const InverseOf& request)
      : tx_(tx),
        request_(request),
        renewals_(is_renewal(request.entry) ? Renewals::kCount : Renewals::kDoNotCount),
        leases_(tx, request) {
    inverse_.made_at = request.entry.at;
  }

  Inverse make(Obstacles& obstacles) {
    const auto items = wire::decode_changes(request_.entry);
    for (const Item& item : items) plan(item);
    for (const Item& item : items) plan_comments(item);
    find_strange_comments();
    look_back(obstacles);
    return std::move(inverse_);
  }

 private:
  void plan(const Item& item) {
    if (way_of(item.type) == Way::kOther) return;
    const Thing thing = thing_of(item.type, item.id);
    if (thing.kind == ThingKind::kTask) {
      const TaskId id{std::get<std::int64_t>(item.id)};
      auto& step = inverse_.tasks[id] = step_of(item, tx_.find_task(id));
      leases_.plan(step, watched_.back(), item);
    } else if (thing.kind == ThingKind::kSprint) {
      const SprintId id{std::get<std::int64_t>(item.id)};
      inverse_.sprints[id] = step_of(item, tx_.find_sprint(id));
    } else {
      const std::string& key = std::get<std::string>(item.id);
      inverse_.projects[key] = step_of(item, tx_.find_project(key));
    }
  }

  template <typename T>
  InverseStep<T> step_of(const Item& item, std::optional<T> now) {
    const Way way = way_of(item.type);
    Watched watched{.thing = thing_of(item.type, item.id), .way = way, .is_there = now.has_value()};
    InverseStep<T> step{.now = std::move(now)};
    const std::int64_t version = item.version.value_or(0);
    if (way == Way::kDeleted) {
      give_id(step.then.emplace(), item.id);
      wire::apply(*step.then, item.was);
      step.then->version = version + 1;
      step.then->updated_at = request_.now;
    } else if (step.now && way == Way::kUpdated) {
      step.then = step.now;
      wire::apply(*step.then, item.was);
      for (const auto& [name, json] : item.set) watched.fields.push_back(name);
      watched.unlike = wire::fields_unlike(*step.now, item.set);
    }
    // A thing that still has the version it got then was not touched since.
    const bool is_as_left = way != Way::kDeleted && step.now && step.now->version == version;
    if (!is_as_left) moved_.insert(watched.thing);
    watched_.push_back(std::move(watched));
    return step;
  }

  bool is_removed(TaskId id) const {
    const auto step = inverse_.tasks.find(id);
    return step != inverse_.tasks.end() && !step->second.then;
  }

  void plan_comments(const Item& item) {
    for (const auto& comment : wire::comments_of(item)) {
      const bool came = item.type == ChangeType::kTaskCommented;
      if (came) own_comments_.insert(comment.id);
      if (is_removed(comment.task)) continue;
      if (came) {
        watch_comment(comment);
        inverse_.comments_gone.push_back(comment);
      } else {
        if (item.type == ChangeType::kTaskUncommented && !tx_.find_task(comment.task))
          watch_comment(comment);
        inverse_.comments_back.push_back(comment);
      }
    }
  }

  void watch_comment(const model::Comment& comment) {
    const auto there = tx_.comments_of(comment.task);
    if (std::ranges::find(there, comment.id, &model::Comment::id) != there.end()) return;
    Watched& watched = watched_.emplace_back();
    watched.thing = task_thing(comment.task);
    moved_.insert(watched.thing);
  }

  // What is removed must not take along what others said about it.
  void find_strange_comments() {
    for (const auto& [id, step] : inverse_.tasks) {
      if (step.then || !step.now) continue;
      const auto comments = tx_.comments_of(id);
      const bool all_own = std::ranges::all_of(
          comments, [&](const auto& comment) { return own_comments_.contains(comment.id); });
      if (!all_own) moved_.insert(task_thing(id));
    }
  }

  void look_back(Obstacles& obstacles) {
    const auto changes = changes_after(tx_, request_.entry.cursor.rev, moved_, renewals_);
    for (Watched& watched : watched_) {
      const auto found = changes.find(watched.thing);
      const LaterChanges later = found == changes.end() ? LaterChanges{} : found->second;
      auto* step = step_of(watched.thing);
      if (step != nullptr) leases_.leave_what_is_over(*step, watched, later);
      look_at(watched, later, obstacles);
      if (step != nullptr) leases_.settle(*step, watched, later);
    }
  }

  // Null for what is no task, or only commented.
  InverseStep<Task>* step_of(const Thing& thing) {
    if (thing.kind != ThingKind::kTask) return nullptr;
    const auto step = inverse_.tasks.find({std::get<std::int64_t>(thing.id)});
    return step == inverse_.tasks.end() ? nullptr : &step->second;
  }

  void look_at(const Watched& watched, const LaterChanges& later, Obstacles& obstacles) const {
    const std::string name = name_of(watched.thing);
    bool is_told = false;
    for (const bool follows : {false, true}) {
      for (const auto& [field, change] : later.fields) {
        if (follows_another(field) != follows || !matters(watched, field)) continue;
        obstacles.add(watched.thing, field, change);
        is_told = true;
      }
      if (is_told) return;
    }
    if (watched.way == Way::kDeleted) {
      if (watched.is_there) obstacles.add(name, name + " is there again");
    } else if (!watched.is_there) {
      obstacles.add(name, watched.way == Way::kOther ? fmt::format("a comment of {} is gone", name)
                                                     : name + " is gone");
    }
    for (const auto& field : watched.unlike) look_at_unlike(watched, field, later, obstacles);
  }

  // Of what was taken back since something else may have come out of it.
  static void look_at_unlike(const Watched& watched, const std::string& field,
                             const LaterChanges& later, Obstacles& obstacles) {
    if (later.lent.contains(field)) return;
    const std::string name = name_of(watched.thing);
    const auto change = later.all.find(field);
    if (change != later.all.end()) return obstacles.add(watched.thing, field, change->second);
    obstacles.add(name + ' ' + field, fmt::format("{} of {} is another now", field, name));
  }

  // Told only when what it comes with is not.
  static bool follows_another(std::string_view field) {
    return follows_status(field) || field == "committed" || field == "report";
  }

  static bool matters(const Watched& watched, std::string_view field) {
    if (watched.way == Way::kCreated) return true;
    if (field == kExistence) return watched.way != Way::kDeleted || watched.is_there;
    if (watched.way == Way::kOther) return field == kCommentsField;
    return watched.has(field);
  }

  store::ReadTx& tx_;
  const InverseOf& request_;
  const Renewals renewals_;  ///< of one renewal the later ones stand in the way
  const InverseLeases leases_;
  Inverse inverse_;
  std::vector<Watched> watched_;
  std::set<Thing> moved_;
  std::set<model::CommentId> own_comments_;
};

}  // namespace

Inverse inverse_of(store::ReadTx& tx, const Base& base, const InverseOf& request) {
  Obstacles obstacles;
  Inverse inverse = Maker(tx, request).make(obstacles);
  if (obstacles.empty()) check_members(tx, request, inverse, obstacles);
  if (obstacles.empty()) check_result(tx, base, inverse, obstacles);
  if (obstacles.empty()) return inverse;
  obstacles.explain(tx, request.entry.cursor.rev);
  obstacles.refuse(request.intent);
}

}  // namespace taskman::service
