// `wait --filter F --for count=0`.

#include <algorithm>

#include "cli/commands/awaited.hpp"
#include "cli/commands/condition.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "common/filter/moving.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

std::size_t length_of(const wire::Members& frame, std::string_view name) {
  const auto found = std::ranges::find(frame, name, &wire::Members::value_type::first);
  return found == frame.end() ? 0 : wire::split_array(found->second).size();
}

class Count final : public Awaited {
 public:
  Count(Session& session, const Invocation& wait)
      : Awaited(session),
        condition_(wait.value("for").value()),
        filter_(wait.value("filter").value()) {
    const auto parsed = filter::parse(filter_, session.filter_context());
    if (filter::uses_body(parsed))
      throw error::Error(error::Code::kInvalidValue,
                         "body: cannot be followed: the log does not carry bodies",
                         "leave out body:");
    moves_ = filter::depends_on_time(parsed) || filter::names_sprints_by_word(parsed);
  }

  client::Query query() const override {
    client::Query query;
    add_filter(session(), query, filter_);
    return query;
  }
  const std::string& condition() const override { return condition_.text(); }
  bool moves_with_time() const override { return moves_; }
  bool is_met() const override { return condition_.is_met(count_); }
  std::string standing() const override {
    return std::to_string(count_) + (count_ == 1 ? " task matches " : " tasks match ") +
           util::escape_for_terminal(filter_);
  }
  void check_output(const Invocation& wait) const override { check_fields(wait, task_kind()); }
  int print(const Invocation& wait) override;

 protected:
  model::Cursor read() override {
    auto wanted = query();
    wanted.emplace_back("limit", "1");
    const auto answer = ask(std::string(wire::kTasks), std::move(wanted));
    count_ = answer.page.value().total;
    return answer.cursor.value();
  }
  void apply(const wire::Frame&, const std::string& text) override;

 private:
  CountCondition condition_;
  const std::string filter_;
  bool moves_ = false;
  std::int64_t count_ = 0;
};

void Count::apply(const wire::Frame&, const std::string& text) {
  // A stream keeps to what the filter meant when it began.
  if (moves_) return look_again();
  const auto members = wire::members_of(text);
  count_ += static_cast<std::int64_t>(length_of(members, "enter")) -
            static_cast<std::int64_t>(length_of(members, "leave"));
}

int Count::print(const Invocation& wait) {
  if (is_sentence(session(), wait)) {
    session().print(util::escape_for_terminal(filter_) + ": " + condition_.text() + "\n");
    return 0;
  }
  wire::Envelope tasks{
      .kind = "task.list", .data = "[]", .page = wire::PageInfo{}, .cursor = cursor()};
  if (count_ > 0) {
    auto wanted = query();
    wanted.emplace_back("limit", "all");
    tasks = session().api().get(std::string(wire::kTasks), std::move(wanted));
  }
  return print_list(session(), wait, std::move(tasks), task_kind());
}

}  // namespace

std::unique_ptr<Awaited> awaited_count(Session& session, const Invocation& wait) {
  return std::make_unique<Count>(session, wait);
}

}  // namespace taskman::cli
