#include "cli/commands/watch_panel.hpp"

#include <optional>
#include <utility>

#include "common/error/error.hpp"
#include "common/wire/json.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/views.hpp"

namespace taskman::cli {
namespace {

constexpr std::string_view kRows = "200";  // more than any terminal is high

/// None when it is not there (any more).
std::optional<std::string> find(client::Api& api, std::string path) {
  try {
    return api.get(std::move(path)).data;
  } catch (const error::Error& failure) {
    if (failure.code() != error::Code::kNotFound) throw;
    return std::nullopt;
  }
}

class SprintPanel final : public Panel {
 public:
  explicit SprintPanel(model::SprintId id) : id_(id) {}
  void load(client::Api& api) override {
    const auto found = find(api, wire::sprint_path(std::to_string(id_.value), "progress"));
    view_ = found ? std::optional(wire::decode_sprint_view(*found)) : std::nullopt;
  }
  std::vector<render::Line> lines(const render::Activity& activity,
                                  render::Size size) const override {
    return render::sprint_lines(view_, activity, size);
  }

 private:
  model::SprintId id_;
  std::optional<wire::SprintView> view_;
};

class TaskPanel final : public Panel {
 public:
  explicit TaskPanel(model::TaskId id) : id_(id) {}
  void load(client::Api& api) override {
    const auto found = find(api, wire::task_path(id_));
    task_ = found ? std::optional(wire::decode_task(*found)) : std::nullopt;
  }
  std::vector<render::Line> lines(const render::Activity& activity,
                                  render::Size size) const override {
    return render::task_lines(task_, activity, size);
  }

 private:
  model::TaskId id_;
  std::optional<model::Task> task_;
};

class ListPanel final : public Panel {
 public:
  ListPanel(std::string title, client::Query query, std::string_view noun)
      : query_(std::move(query)) {
    list_.title = std::move(title);
    list_.noun = noun;
    query_.emplace_back("limit", kRows);
  }
  void load(client::Api& api) override {
    const auto answer = api.get(std::string(wire::kTasks), query_);
    list_.tasks.clear();
    for (const auto& item : wire::split_array(answer.data))
      list_.tasks.push_back(wire::decode_task(item));
    list_.total = answer.page ? answer.page->total : static_cast<std::int64_t>(list_.tasks.size());
  }
  std::vector<render::Line> lines(const render::Activity& activity,
                                  render::Size size) const override {
    return render::list_lines(list_, activity, size);
  }

 private:
  client::Query query_;
  render::TaskList list_;
};

}  // namespace

std::unique_ptr<Panel> sprint_panel(model::SprintId id) {
  return std::make_unique<SprintPanel>(id);
}

std::unique_ptr<Panel> task_panel(model::TaskId id) { return std::make_unique<TaskPanel>(id); }

std::unique_ptr<Panel> list_panel(std::string title, client::Query query, std::string_view noun) {
  return std::make_unique<ListPanel>(std::move(title), std::move(query), noun);
}

}  // namespace taskman::cli
