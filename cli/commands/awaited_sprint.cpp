// `wait sprint S`. One that is not there yet is waited for by all sprints' changes.

#include <algorithm>
#include <numeric>
#include <utility>

#include "cli/commands/awaited.hpp"
#include "cli/commands/condition.hpp"
#include "cli/commands/detail.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/views.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using model::ChangeType;

constexpr std::string_view kTypes = "sprint.created,sprint.updated,sprint.deleted,sprint.progress";

std::int64_t open_tasks(const model::Progress& progress) {
  std::int64_t open = 0;
  for (std::size_t i = 0; i < progress.tasks.size(); ++i) {
    if (model::is_open(static_cast<model::Status>(i))) open += progress.tasks[i];
  }
  return open;
}

/// What a name stood for stays awaited, also when `current` has become another one.
class Sprint final : public Awaited {
 public:
  Sprint(Session& session, const Invocation& wait, std::string word)
      : Awaited(session),
        condition_(wait.value("for").value()),
        word_(std::move(word)),
        project_(project_of(session, wait)) {}

  client::Query query() const override {
    if (view_) return {{"sprint", number()}};
    return {{"types", std::string(kTypes)}};
  }
  Scope scope() const override { return view_ ? Scope{.sprint = view_->sprint.id} : Scope{}; }
  const std::string& condition() const override { return condition_.text(); }
  bool is_met() const override {
    return view_ && gone_.empty() &&
           condition_.is_met(view_->sprint.state, open_tasks(view_->progress));
  }
  std::optional<Error> obstacle() const override;
  std::string standing() const override;
  void check_output(const Invocation& wait) const override { check_fields(wait, sprint_kind()); }
  int print(const Invocation& wait) override;

 protected:
  model::Cursor read() override;
  void apply(const wire::Frame& frame, const std::string& text) override;

 private:
  std::string number() const { return std::to_string(view_->sprint.id.value); }
  std::string name() const { return "sprint " + number() + " '" + view_->sprint.name + "'"; }
  model::Cursor head();
  bool was_deleted(const std::string& word);
  void take_view(wire::SprintView view);
  void look_by_word();
  void take_item(const wire::Frame::Item& item);

  SprintCondition condition_;
  const std::string word_;
  const std::optional<std::string> project_;
  std::optional<wire::SprintView> view_;
  std::string gone_;  ///< how it went; empty: it did not
};

constexpr std::string_view kDeleted = "was deleted";

model::Cursor Sprint::head() {
  const auto health = wire::decode_health(ask(std::string(wire::kHealth)).data);
  return model::parse_cursor(health.head).value_or(model::Cursor{});
}

/// As far as the log is kept; another sprint may get the name, but never the number.
bool Sprint::was_deleted(const std::string& word) {
  const auto id = util::parse_integer(word);
  if (!id) return false;
  const auto answer =
      ask(std::string(wire::kEvents), {{"types", "sprint.deleted"}, {"latest", "1000"}});
  for (const auto& json : wire::split_array(answer.data)) {
    const auto frame = wire::decode_frame(json);
    const auto found = std::ranges::find_if(frame.changes, [&](const auto& item) {
      return item.type == ChangeType::kSprintDeleted && item.id == model::EntityId(*id);
    });
    if (found != frame.changes.end()) return true;
  }
  return false;
}

model::Cursor Sprint::read() {
  const bool is_known = view_.has_value();
  const auto before = head();  // a refusal does not say of which revision it is
  const auto whose =
      project_ && !is_known ? client::Query{{"project", *project_}} : client::Query{};
  try {
    const auto answer = ask(wire::sprint_path(is_known ? number() : word_, "progress"), whose);
    take_view(wire::decode_sprint_view(answer.data));
    return answer.cursor.value();
  } catch (const Error& failure) {
    if (failure.code() != Code::kNotFound) throw;
  }
  if (was_deleted(is_known ? number() : word_)) {
    gone_ = kDeleted;
  } else if (is_known) {
    gone_ = "is not there any more, the database was replaced";
  } else {
    say_once("sprint '" + util::escape_for_terminal(word_) +
             "' does not exist yet: waiting for it");
  }
  return before;
}

/// Another one may have its number by now.
void Sprint::take_view(wire::SprintView view) {
  if (!view_ || view.sprint.created_at == view_->sprint.created_at) {
    view_ = std::move(view);
  } else {
    gone_ = "is another one now, the database was replaced";
  }
}

void Sprint::take_item(const wire::Frame::Item& item) {
  if (item.type == ChangeType::kSprintDeleted) gone_ = kDeleted;
  const auto put = [](std::string object, const wire::Members& set) {
    wire::Members members = wire::members_of(object);
    for (const auto& [field, json] : set) {
      const auto found = std::ranges::find(members, field, &wire::Members::value_type::first);
      if (found != members.end()) found->second = json;
    }
    return wire::object_of(members);
  };
  if (item.type == ChangeType::kSprintUpdated)
    view_->sprint = wire::decode_sprint(put(wire::encode(view_->sprint), item.set));
  if (item.type == ChangeType::kSprintProgress)
    view_->progress = wire::decode_progress(wire::object_of(item.set));
  if (item.version) view_->sprint.version = *item.version;
}

void Sprint::apply(const wire::Frame& frame, const std::string&) {
  if (!view_) return look_again();
  for (const auto& item : frame.changes) {
    const bool is_ours = model::name(item.type).starts_with("sprint.") &&
                         item.id == model::EntityId(view_->sprint.id.value);
    if (is_ours) take_item(item);
  }
}

std::optional<Error> Sprint::obstacle() const {
  const std::string what = ": " + condition_.text() + " can no longer come true";
  if (!gone_.empty())
    return Error(
        Code::kImpossible,
        (view_ ? name() : "sprint " + util::escape_for_terminal(word_)) + " " + gone_ + what);
  if (!view_ || !condition_.is_past(view_->sprint.state)) return std::nullopt;
  return Error(Code::kImpossible,
               name() + " is " + std::string(model::name(view_->sprint.state)) + what);
}

std::string Sprint::standing() const {
  if (!view_) return "sprint '" + util::escape_for_terminal(word_) + "' does not exist yet";
  const auto open = open_tasks(view_->progress);
  return name() + " is " + std::string(model::name(view_->sprint.state)) + " with " +
         std::to_string(open) + (open == 1 ? " open task" : " open tasks");
}

int Sprint::print(const Invocation& wait) {
  if (is_sentence(session(), wait)) {
    session().print("sprint " + number() + ": " + condition_.text() + "  " +
                    util::escape_for_terminal(view_->sprint.name) + "\n");
    return 0;
  }
  return print_thing(session(), wait,
                     {.kind = "sprint", .data = wire::encode(view_->sprint), .cursor = cursor()},
                     sprint_kind(), sprint_detail);
}

}  // namespace

std::unique_ptr<Awaited> awaited_sprint(Session& session, const Invocation& wait,
                                        const std::string& word) {
  return std::make_unique<Sprint>(session, wait, word);
}

}  // namespace taskman::cli
