#include "daemon/service/transfer.hpp"

#include <algorithm>

#include "common/wire/import.hpp"
#include "daemon/domain/validation.hpp"
#include "daemon/service/filters.hpp"
#include "daemon/service/import_lines.hpp"
#include "daemon/service/import_sprints.hpp"
#include "daemon/service/import_tasks.hpp"
#include "daemon/service/transaction.hpp"

namespace taskman::service {
namespace {

using model::Comment;

// Ids mean something only where none was given out.
Ids ids_of(store::ReadTx& tx, const Base& base) {
  const store::TaskQuery any{.context = filter_context(base, {}), .limit = 1};
  const bool is_empty = tx.list_tasks(any).total == 0 && tx.sprints().empty();
  return is_empty ? Ids::kKept : Ids::kNew;
}

bool is_same(const Comment& comment, const Comment& other, const wire::ImportComment& record) {
  return comment.author == other.author && comment.text == other.text &&
         (!record.at || comment.at == *record.at);
}

void import_comment(Work& work, ImportTasks& tasks, ImportLine& line, Ids ids) {
  const auto& record = std::get<wire::ImportComment>(*line.record);
  domain::check_comment(record.text);
  const bool keeps = ids == Ids::kKept && record.id;
  Comment comment{.id = keeps ? *record.id : model::CommentId{},
                  .task = tasks.find(record.task),
                  .author = record.author.value_or(work.caller().actor),
                  .text = record.text,
                  .at = record.at.value_or(work.now())};
  domain::check_actor(comment.author);
  const auto there = work.tx().comments_of(comment.task);
  const auto known =
      std::ranges::find_if(there, [&](const auto& c) { return is_same(c, comment, record); });
  if (known != there.end()) {
    line.result.outcome = wire::ImportOutcome::kUnchanged;
    line.result.id = known->id.value;
    return;
  }
  line.result.id = work.add(std::move(comment), Stamps::kItsOwn).id.value;
}

void import_comments(Work& work, ImportTasks& tasks, std::vector<ImportLine>& lines, Ids ids) {
  for (ImportLine& line : lines) {
    if (!line.record || !std::holds_alternative<wire::ImportComment>(*line.record)) continue;
    line.attempt([&] { import_comment(work, tasks, line, ids); });
  }
}

wire::ImportReport import_lines(Work& work, std::vector<ImportLine> lines, Ids ids,
                                InvalidLines invalid) {
  ImportPlaces places(work, ids);
  ImportTasks tasks(work, places, ids);
  places.import_projects(lines);
  places.import_sprints(lines);
  tasks.plan(lines);
  tasks.store();
  places.finish_sprints(tasks.ids());
  import_comments(work, tasks, lines, ids);
  if (invalid == InvalidLines::kRefuseAll) refuse_if_invalid(lines);
  wire::ImportReport report = report_of(lines);
  report.dry_run = work.request().commit == store::Commit::kDryRun;
  return report;
}

template <typename Item>
void append(std::string& text, const Item& item) {
  text += wire::encode_export(item);
  text += '\n';
}

}  // namespace

Answer Transfer::import(const WriteRequest& request, std::string_view lines,
                        InvalidLines invalid) const {
  // Outside the transaction, which keeps every other writer waiting.
  const auto read = read_lines(lines);
  return run_write(base_, request, [&](Work& work) {
    const auto report = import_lines(work, read, ids_of(work.tx(), base_), invalid);
    return wire::Envelope{.kind = "import", .data = wire::encode(report)};
  });
}

Document Transfer::export_all() const {
  Document document;
  base_.store.read(store::Extent::kWhole, [&](store::ReadTx& tx) {
    document = {};
    const store::TaskQuery everything{.context = filter_context(base_, {}),
                                      .sort = {{.key = store::SortKey::kId}}};
    const auto tasks = tx.list_tasks(everything).items;
    for (const auto& project : tx.projects()) append(document.text, project);
    auto sprints = tx.sprints();
    std::ranges::sort(sprints, {}, &model::Sprint::id);
    for (const auto& sprint : sprints) append(document.text, sprint);
    for (const auto& task : tasks) append(document.text, task);
    for (const auto& task : tasks) {
      for (const auto& comment : tx.comments_of(task.id)) append(document.text, comment);
    }
    document.cursor = tx.log_range().head;
  });
  return document;
}

}  // namespace taskman::service
