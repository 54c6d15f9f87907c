#include "store/bed.hpp"

#include "common/wire/json.hpp"

namespace taskman::test {

const std::vector<Backend>& backends() {
  static const std::vector<Backend> kBackends{{"sqlite", [](const TempDir& folder) {
                                                 return "sqlite:" +
                                                        (folder / "taskman.db").string();
                                               }}};
  return kBackends;
}

Bed::Bed(const Backend& backend) : url(backend.url(folder)) { open(); }

Bed::Bed(const Bed& made) : url(backends().front().url(folder)) {
  std::filesystem::copy(made.folder.path(), folder.path());
  open();
}

store::Options Bed::options() {
  return {.clock = &clock,
          .random = &random,
          .committed = [this](const model::Cursor& head) { committed.push_back(head); },
          .failed = [this](const std::string& reason) { failures.push_back(reason); },
          .notice = [this](std::string_view line) { notices.emplace_back(line); }};
}

void Bed::open() { store = store::open(url, options()); }

void Bed::reopen() {
  store.reset();
  open();
}

model::TaskId Bed::add(const model::Task& task) {
  model::TaskId id;
  store->write([&](store::WriteTx& tx) {
    model::Task added = task;
    added.created_at = added.updated_at = clock.now();
    id = added.id = tx.insert_task(added);
    tx.append(changeset_of(added, model::ChangeType::kTaskCreated));
  });
  return id;
}

model::TaskId Bed::add(const std::string& title) {
  model::Task task;
  task.title = title;
  return add(task);
}

model::Cursor Bed::edit(model::TaskId id, const std::function<void(model::Task&)>& change) {
  return store->write([&](store::WriteTx& tx) {
    model::Task task = tx.find_task(id).value();
    change(task);
    ++task.version;
    tx.update_task(task);
    tx.append(changeset_of(task));
  });
}

model::Task Bed::find(model::TaskId id) {
  std::optional<model::Task> task;
  store->read([&](store::ReadTx& tx) { task = tx.find_task(id); });
  return task.value();
}

std::vector<model::LogEntry> Bed::log(std::int64_t after) {
  std::vector<model::LogEntry> entries;
  store->read([&](store::ReadTx& tx) { entries = tx.log_after(after, 1'000'000); });
  return entries;
}

model::Changeset changeset_of(const model::Task& task, model::ChangeType type) {
  const bool created = type == model::ChangeType::kTaskCreated;
  return {.at = task.updated_at,
          .actor = "ana",
          .origin = "cli",
          .changes = {wire::task_change(type, created ? nullptr : &task, &task)}};
}

error::Error error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const error::Error& failure) {
    return failure;
  }
  FAIL("nothing was thrown");
  throw;
}

}  // namespace taskman::test
