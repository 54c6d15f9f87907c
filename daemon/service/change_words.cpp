#include "daemon/service/change_words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

#include "common/model/vocabulary.hpp"
#include "common/util/text.hpp"
#include "common/wire/apply.hpp"
#include "common/wire/paths.hpp"
#include "daemon/service/lease_deeds.hpp"

namespace taskman::service {
namespace {

using model::ChangeType;
using Item = wire::Frame::Item;

/// A changeset is about the first of these it has.
constexpr std::array kLeads{
    ChangeType::kProjectDeleted, ChangeType::kSprintDeleted,   ChangeType::kSprintUpdated,
    ChangeType::kProjectUpdated, ChangeType::kTaskDeleted,     ChangeType::kTaskCreated,
    ChangeType::kSprintCreated,  ChangeType::kProjectCreated,  ChangeType::kTaskUpdated,
    ChangeType::kTaskCommented,  ChangeType::kTaskUncommented,
};

std::string text_of(const wire::Members& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &wire::Members::value_type::first);
  return found == members.end() ? std::string() : wire::value_text(found->second);
}

std::string status_deed(model::Status status) {
  static constexpr std::array<std::string_view, model::kStatusCount> kDeeds{
      "reopened", "started", "blocked", "sent to review", "done", "dropped"};
  return std::string(kDeeds[static_cast<std::size_t>(status)]);
}

std::string state_deed(model::SprintState state) {
  static constexpr std::array<std::string_view, 4> kDeeds{"unstarted", "started", "closed",
                                                          "cancelled"};
  return std::string(kDeeds[static_cast<std::size_t>(state)]);
}

std::string_view lease_words(LeaseDeed deed) {
  static constexpr std::array<std::string_view, 5> kDeeds{"", "claimed", "renewed the lease of",
                                                          "released", "ended the lease of"};
  return kDeeds[static_cast<std::size_t>(deed)];
}

std::string update_deed(const Item& item, std::string_view origin) {
  if (const auto words = lease_words(lease_deed(item, origin)); !words.empty())
    return std::string(words);
  if (const auto status = model::find_status(text_of(item.set, "status"));
      status && item.type == ChangeType::kTaskUpdated)
    return status_deed(*status);
  if (const auto state = model::find_sprint_state(text_of(item.set, "state"));
      state && item.type == ChangeType::kSprintUpdated)
    return state_deed(*state);
  return "edited";
}

std::string deed_of(const Item& item, std::string_view origin) {
  const std::string_view name = model::name(item.type);
  if (name.ends_with(".updated")) return update_deed(item, origin);
  if (name.ends_with(".created")) return "added";
  if (name.ends_with(".deleted")) return "deleted";
  return item.type == ChangeType::kTaskCommented ? "commented" : "took back a comment of";
}

// What an edit changed, for those that have no verb of their own.
std::string fields_of(const Item& item, std::string_view deed) {
  if (deed != "edited") return {};
  std::vector<std::string> names;
  for (const auto& [name, json] : item.set) {
    if (!wire::is_derived_field(name)) names.push_back(name);
  }
  return ": " + util::join(names, ", ");
}

std::string sprint_name(store::ReadTx& tx, const Item& item) {
  for (const auto* members : {&item.was, &item.set}) {
    if (auto name = text_of(*members, "name"); !name.empty()) return name;
  }
  const auto id = std::get<std::int64_t>(item.id);
  const auto sprint = tx.find_sprint({id});
  return sprint ? sprint->name : std::to_string(id);
}

std::string thing_of(store::ReadTx& tx, const wire::ToldChange& lead) {
  if (const auto* key = std::get_if<std::string>(&lead.item.id)) return "project " + *key;
  if (model::name(lead.item.type).starts_with("sprint."))
    return fmt::format("sprint '{}'", sprint_name(tx, lead.item));
  return fmt::format("{}  {}", std::get<std::int64_t>(lead.item.id), lead.title);
}

bool is_task(ChangeType type) {
  return type == ChangeType::kTaskCreated || type == ChangeType::kTaskUpdated ||
         type == ChangeType::kTaskDeleted;
}

// Of a task as many as had the same done to them; with a sprint or a project all that moved.
std::string count_of(const std::vector<wire::ChangeRef>& refs, ChangeType lead) {
  const bool is_one_of_them = model::name(lead).starts_with("task.");
  const auto tasks = std::ranges::count_if(refs, [&](const wire::ChangeRef& ref) {
    return is_one_of_them ? ref.type == lead : is_task(ref.type);
  });
  if (tasks <= (is_one_of_them ? 1 : 0)) return {};
  return fmt::format(" ({} task{})", tasks, tasks == 1 ? "" : "s");
}

// A batch may have done anything else beside it.
std::string rest_of(const std::vector<wire::ChangeRef>& refs, ChangeType lead) {
  if (!model::name(lead).starts_with("task.")) return {};
  const auto others = std::ranges::count_if(refs, [&](const wire::ChangeRef& ref) {
    return ref.type != lead && std::ranges::find(kLeads, ref.type) != kLeads.end();
  });
  if (others == 0) return {};
  return fmt::format(", and {} other change{}", others, others == 1 ? "" : "s");
}

}  // namespace

std::string words_of(store::ReadTx& tx, const model::LogEntry& entry) {
  const auto refs = wire::decode_change_refs(entry);
  for (const ChangeType type : kLeads) {
    const auto found = std::ranges::find(refs, type, &wire::ChangeRef::type);
    if (found == refs.end()) continue;
    const auto lead =
        wire::decode_change(entry, static_cast<std::size_t>(std::distance(refs.begin(), found)));
    const std::string deed = deed_of(lead.item, entry.origin);
    return deed + ' ' + thing_of(tx, lead) + fields_of(lead.item, deed) + count_of(refs, type) +
           rest_of(refs, type) + (entry.origin == wire::kRunOrigin ? ", by run" : "");
  }
  return "changed nothing of its own";
}

}  // namespace taskman::service
