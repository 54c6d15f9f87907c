#include "service/desk.hpp"

namespace taskman::test {
namespace {

std::string to_text(const model::EntityId& id) {
  const auto* number = std::get_if<std::int64_t>(&id);
  return number != nullptr ? std::to_string(*number) : std::get<std::string>(id);
}

model::Task task_of(const service::Answer& answer) {
  return wire::decode_task(envelope(answer).data);
}
model::Sprint sprint_of(const service::Answer& answer) {
  return wire::decode_sprint(envelope(answer).data);
}

}  // namespace

service::WriteRequest write(const std::string& actor) { return {.caller = {actor, "test"}}; }

service::WriteRequest keyed(const std::string& key, const std::string& digest) {
  return {.caller = {"ana", "test"}, .key = key, .digest = digest};
}

wire::Envelope envelope(const service::Answer& answer) {
  return wire::decode_envelope(answer.body);
}
wire::Envelope envelope(const service::Reading& reading) {
  return wire::decode_envelope(reading.body);
}
std::vector<std::string> items(const wire::Envelope& answer) {
  return wire::split_array(answer.data);
}

error::Error error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const error::Error& failure) {
    return failure;
  }
  FAIL("nothing was thrown");
  throw std::logic_error("unreachable");
}

Desk::Desk()
    : store(store::open("sqlite:" + (folder / "taskman.db").string(),
                        {.clock = &clock, .random = &random})),
      base{*store, clock, zone, [this](util::Instant end) { leases_told.push_back(end); }} {}

model::Task Desk::add(std::string_view json) {
  return task_of(tasks.create(write(), wire::decode_new_task(json)));
}

model::Task Desk::edit(std::int64_t id, std::string_view json) {
  return task_of(tasks.edit(write(), {id}, wire::decode_task_edit(json)));
}

model::Task Desk::move(std::int64_t id, const std::string& verb) {
  return task_of(tasks.move(write(), {id}, {.verb = verb, .reason = std::nullopt}));
}

model::Task Desk::remove(std::int64_t id) { return task_of(tasks.remove(write(), {id})); }

model::Sprint Desk::add_sprint(std::string_view json) {
  return sprint_of(sprints.create(write(), wire::decode_new_sprint(json)));
}

model::Sprint Desk::start(const std::string& word) {
  return sprint_of(sprints.start(write(), {.word = word, .project = std::nullopt}));
}

model::Sprint Desk::close(const std::string& word, std::string_view json) {
  return sprint_of(
      sprints.close(write(), {.word = word, .project = std::nullopt}, wire::decode_close(json)));
}

model::Project Desk::add_project(const std::string& key) {
  model::Project project{.key = key, .name = key};
  return wire::decode_project(envelope(projects.create(write(), project)).data);
}

std::vector<model::Task> Desk::bulk(std::string_view json) {
  std::vector<model::Task> changed;
  for (const auto& item : items(envelope(tasks.bulk(write(), wire::decode_bulk(json))))) {
    changed.push_back(wire::decode_task(item));
  }
  return changed;
}

wire::ImportReport Desk::import(std::string_view lines) {
  const auto answer = transfer.import(write(), lines, service::InvalidLines::kRefuseAll);
  return wire::decode_import_report(envelope(answer).data);
}

wire::UndoReport Desk::undo(const wire::UndoCommand& command, const std::string& actor) {
  return wire::decode_undo_report(envelope(history.undo(write(actor), command)).data);
}

model::Task Desk::task(std::int64_t id) const {
  return wire::decode_task(envelope(tasks.get({id})).data);
}

std::vector<std::int64_t> Desk::ids(const std::string& filter, const std::string& sort) const {
  const auto listing = tasks.list({.caller = {"ana", "test"}, .filter = filter, .sort = sort});
  std::vector<std::int64_t> found;
  for (const auto& item : items(envelope(listing.reading)))
    found.push_back(wire::decode_task(item).id.value);
  return found;
}

wire::SprintView Desk::progress(const std::string& word) const {
  return wire::decode_sprint_view(
      envelope(sprints.progress({.word = word, .project = std::nullopt})).data);
}

std::vector<wire::Frame> Desk::frames(std::int64_t after) const {
  std::vector<wire::Frame> frames;
  store->read([&](store::ReadTx& tx) {
    for (const auto& entry : tx.log_after(after, 10'000)) {
      frames.push_back(wire::decode_frame(wire::encode_frame(entry, entry.cursor.rev - 1)));
    }
  });
  return frames;
}

std::vector<std::string> Desk::last_changes() const {
  std::vector<std::string> changes;
  const auto last = frames(head() - 1);
  for (const auto& item : last.back().changes) {
    changes.push_back(std::string(model::name(item.type)) + ' ' + to_text(item.id));
  }
  return changes;
}

}  // namespace taskman::test
