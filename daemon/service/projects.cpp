#include "daemon/service/projects.hpp"

#include "common/error/error.hpp"
#include "common/wire/entities.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/etags.hpp"
#include "daemon/service/project_steps.hpp"
#include "daemon/service/references.hpp"
#include "daemon/service/transaction.hpp"

namespace taskman::service {

using error::Code;
using model::Project;

Reading Projects::list() const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    std::vector<std::string> items;
    for (const auto& project : tx.projects()) items.push_back(wire::encode(project));
    answer = reading(list_answer("project.list", items), tx.log_range().head);
  });
  return answer;
}

Reading Projects::get(const std::string& key) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    const auto project = tx.find_project(key);
    if (!project) refuse_unknown_project(tx, key, Code::kNotFound);
    answer = reading(project_answer(*project), tx.log_range().head);
    answer.tag = etag_of(*project);
  });
  return answer;
}

Answer Projects::create(const WriteRequest& request, const Project& project) const {
  return run_write(base_, request,
                   [&](Work& work) { return project_answer(create_project(work, project)); });
}

Answer Projects::edit(const WriteRequest& request, const std::string& key,
                      const model::ProjectPatch& patch) const {
  return run_write(base_, request,
                   [&](Work& work) { return project_answer(edit_project(work, key, patch)); });
}

Answer Projects::remove(const WriteRequest& request, const std::string& key,
                        Leftovers leftovers) const {
  return run_write(base_, request, [&](Work& work) {
    return project_answer(remove_project(work, base_, key, leftovers));
  });
}

}  // namespace taskman::service
