#include "common/wire/columns.hpp"

#include <array>
#include <cstddef>

namespace taskman::wire {
namespace {

using model::Comment;
using model::Lease;
using model::Progress;
using model::Project;
using model::ScopeItem;
using model::Sprint;
using model::SprintReport;
using model::Task;

constexpr std::array kTask{
    column<Task, &Task::id>("id"),
    column<Task, &Task::title>("title"),
    column<Task, &Task::body>("body"),
    column<Task, &Task::status>("status"),
    column<Task, &Task::priority>("priority"),
    column<Task, &Task::project>("project"),
    column<Task, &Task::sprint>("sprint"),
    column<Task, &Task::parent>("parent"),
    column<Task, &Task::assignee>("assignee"),
    column<Task, &Task::labels>("labels"),
    column<Task, &Task::points>("points"),
    column<Task, &Task::due>("due"),
    column<Task, &Task::blocked_by>("blocked_by"),
    column<Task, &Task::blocked_reason>("blocked_reason"),
    column<Task, &Task::external_id>("external_id"),
    column<Task, &Task::lease>("lease"),
    column<Task, &Task::ready>("ready"),
    column<Task, &Task::version>("version"),
    column<Task, &Task::created_at>("created_at"),
    column<Task, &Task::updated_at>("updated_at"),
    column<Task, &Task::started_at>("started_at"),
    column<Task, &Task::closed_at>("closed_at"),
};

constexpr std::array kComment{
    column<Comment, &Comment::id>("id"),         column<Comment, &Comment::task>("task"),
    column<Comment, &Comment::author>("author"), column<Comment, &Comment::text>("text"),
    column<Comment, &Comment::at>("at"),
};

constexpr std::array kSprint{
    column<Sprint, &Sprint::id>("id"),
    column<Sprint, &Sprint::name>("name"),
    column<Sprint, &Sprint::project>("project"),
    column<Sprint, &Sprint::goal>("goal"),
    column<Sprint, &Sprint::state>("state"),
    column<Sprint, &Sprint::start>("start"),
    column<Sprint, &Sprint::end>("end"),
    column<Sprint, &Sprint::tz>("tz"),
    column<Sprint, &Sprint::capacity>("capacity"),
    column<Sprint, &Sprint::version>("version"),
    column<Sprint, &Sprint::created_at>("created_at"),
    column<Sprint, &Sprint::updated_at>("updated_at"),
    column<Sprint, &Sprint::started_at>("started_at"),
    column<Sprint, &Sprint::closed_at>("closed_at"),
    column<Sprint, &Sprint::committed>("committed"),
    column<Sprint, &Sprint::report>("report"),
};

constexpr std::array kProject{
    column<Project, &Project::key>("key"),
    column<Project, &Project::name>("name"),
    column<Project, &Project::description>("description"),
    column<Project, &Project::version>("version"),
    column<Project, &Project::created_at>("created_at"),
    column<Project, &Project::updated_at>("updated_at"),
};

constexpr std::array kLease{
    column<Lease, &Lease::holder>("holder"),
    column<Lease, &Lease::until>("until"),
    column<Lease, &Lease::token>("token"),
};

constexpr std::array kScopeItem{
    column<ScopeItem, &ScopeItem::task>("task"),
    column<ScopeItem, &ScopeItem::points>("points"),
    column<ScopeItem, &ScopeItem::status>("status"),
};

// In the model "to nowhere" is an empty text, on the wire null: a name is never empty.
void put_carried_to(std::string& out, const SprintReport& from) {
  if (from.carried_to.empty()) {
    out += "null";
  } else {
    put(out, from.carried_to);
  }
}

void get_carried_to(const Field& field, SprintReport& to) {
  to.carried_to.clear();
  if (!field.value.is_null()) get(field, to.carried_to);
}

constexpr std::array kReport{
    column<SprintReport, &SprintReport::progress>("progress"),
    column<SprintReport, &SprintReport::completed>("completed"),
    column<SprintReport, &SprintReport::dropped>("dropped"),
    column<SprintReport, &SprintReport::carried>("carried"),
    column<SprintReport, &SprintReport::added>("added"),
    column<SprintReport, &SprintReport::removed>("removed"),
    Column<SprintReport>{"carried_to", put_carried_to,
                         [](const auto& a, const auto& b) { return a.carried_to == b.carried_to; },
                         get_carried_to},
};

template <typename T, std::size_t N>
void put_row(std::string& out, const std::array<Column<T>, N>& columns, const T& from) {
  put_object(out, std::span<const Column<T>>(columns), from);
}

template <typename T, std::size_t N>
void get_row(const Field& field, const std::array<Column<T>, N>& columns, T& to) {
  get_object(field.value, columns, to, Unknown::kIgnore, field.name);
}

}  // namespace

std::span<const Column<Task>> task_columns() { return kTask; }
std::span<const Column<Comment>> comment_columns() { return kComment; }
std::span<const Column<Sprint>> sprint_columns() { return kSprint; }
std::span<const Column<Project>> project_columns() { return kProject; }

void put(std::string& out, const Lease& lease) { put_row(out, kLease, lease); }
void put(std::string& out, const ScopeItem& item) { put_row(out, kScopeItem, item); }
void put(std::string& out, const SprintReport& report) { put_row(out, kReport, report); }
void put(std::string& out, const Progress& progress) {
  put_object(out, progress_columns(), progress);
}

void get(const Field& field, Lease& out) { get_row(field, kLease, out); }
void get(const Field& field, ScopeItem& out) { get_row(field, kScopeItem, out); }
void get(const Field& field, SprintReport& out) { get_row(field, kReport, out); }
void get(const Field& field, Progress& out) {
  get_object(field.value, progress_columns(), out, Unknown::kIgnore, field.name);
}

}  // namespace taskman::wire
