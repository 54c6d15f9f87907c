#pragma once

#include <string>

#include "common/model/sprint.hpp"
#include "daemon/service/service.hpp"
#include "daemon/service/sprints.hpp"

namespace taskman::service {

/// Projects. Owned by the composition root; thread-safe. An unknown key is kNotFound.
class Projects {
 public:
  explicit Projects(const Base& base) : base_(base) {}

  Reading list() const;
  Reading get(const std::string& key) const;

  Answer create(const WriteRequest& request, const model::Project& project) const;
  Answer edit(const WriteRequest& request, const std::string& key,
              const model::ProjectPatch& patch) const;
  /// Answers the project as it was.
  Answer remove(const WriteRequest& request, const std::string& key, Leftovers leftovers) const;

 private:
  const Base base_;
};

}  // namespace taskman::service
