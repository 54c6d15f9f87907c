// Reads. Writes: tasks_write.cpp.

#include "daemon/service/tasks.hpp"

#include "common/filter/moving.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/log.hpp"
#include "common/wire/views.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/etags.hpp"
#include "daemon/service/filters.hpp"

namespace taskman::service {
namespace {

// `more` when there is an entry beyond `limit`.
wire::Envelope log_answer(const std::vector<model::LogEntry>& entries, std::size_t limit) {
  std::vector<std::string> frames;
  for (const auto& entry : entries) {
    if (frames.size() == limit) break;
    frames.push_back(wire::encode_frame(entry, entry.cursor.rev - 1));
  }
  wire::Envelope envelope{.kind = "event.list", .data = wire::array_of(frames)};
  envelope.more = entries.size() > limit;
  return envelope;
}

}  // namespace

TaskListing Tasks::list(const TaskListRequest& request) const {
  TaskListing listing;
  const auto extent = request.limit ? store::Extent::kUsual : store::Extent::kWhole;
  base_.store.read(extent, [&](store::ReadTx& tx) {
    store::TaskQuery query{.context = filter_context(base_, request.caller),
                           .sort = parse_sort(request.sort),
                           .limit = request.limit,
                           .page = request.page};
    ParsedFilter parsed =
        parse_filter(tx, {.text = request.filter, .sprints_of = request.sprints_of}, query.context);
    query.filter = std::move(parsed.expr);
    auto page = tx.list_tasks(query);
    wire::Envelope envelope = task_list_answer(page.items);
    page.items = {};  // of a large list every form of it counts
    envelope.page->total = page.total;
    envelope.page->next = page.next;
    envelope.notices = std::move(parsed.notices);
    listing.reading = reading(std::move(envelope), tx.log_range().head);
    if (depends_on_time(query.filter)) listing.validity = TaskListing::Validity::kMovesWithTime;
  });
  return listing;
}

Reading Tasks::get(model::TaskId id) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    const auto task = tx.find_task(id);
    if (!task) refuse_unknown_task(tx, id);
    answer = reading(task_answer(*task), tx.log_range().head);
    answer.tag = etag_of(*task);
  });
  return answer;
}

Reading Tasks::comments(model::TaskId id) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    if (!tx.find_task(id)) refuse_unknown_task(tx, id);
    std::vector<std::string> items;
    for (const auto& comment : tx.comments_of(id)) items.push_back(wire::encode(comment));
    answer = reading(list_answer("comment.list", items), tx.log_range().head);
  });
  return answer;
}

Reading Tasks::log(model::TaskId id, std::int64_t limit) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    if (!tx.find_task(id) && !tx.was_deleted(id)) refuse_unknown_task(tx, id);
    const auto entries = tx.log_of_task(id, limit + 1);
    answer = reading(log_answer(entries, static_cast<std::size_t>(limit)), tx.log_range().head);
  });
  return answer;
}

Reading Tasks::labels() const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    std::vector<std::string> items;
    for (const auto& [name, count] : tx.labels())
      items.push_back(wire::encode(wire::LabelCount{name, count}));
    answer = reading(list_answer("label.list", items), tx.log_range().head);
  });
  return answer;
}

}  // namespace taskman::service
