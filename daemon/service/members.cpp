#include "daemon/service/members.hpp"

#include "daemon/service/filters.hpp"

namespace taskman::service {
namespace {

std::vector<model::Task> tasks_where(store::ReadTx& tx, const Base& base, filter::Term term) {
  const store::TaskQuery query{
      .filter = {.kind = filter::Expr::Kind::kTerm, .children = {}, .term = std::move(term)},
      .context = filter_context(base, {}),
      .sort = {{.key = store::SortKey::kId}}};
  return tx.list_tasks(query).items;
}

}  // namespace

std::vector<model::Task> tasks_in(store::ReadTx& tx, const Base& base, model::SprintId sprint) {
  return tasks_where(tx, base,
                     {.field = filter::Field::kSprint,
                      .op = filter::Op::kEqual,
                      .any_of = {filter::IntRange{sprint.value, sprint.value}}});
}

std::vector<model::Task> tasks_in(store::ReadTx& tx, const Base& base, const std::string& project) {
  return tasks_where(
      tx, base, {.field = filter::Field::kProject, .op = filter::Op::kEqual, .any_of = {project}});
}

}  // namespace taskman::service
