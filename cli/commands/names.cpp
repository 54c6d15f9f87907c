#include "cli/commands/names.hpp"

#include "common/wire/entities.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {

std::string SprintNames::of(model::SprintId id) {
  if (!asked_) {
    asked_ = true;
    for (const auto& item :
         wire::split_array(session_.api().get(std::string(wire::kSprints)).data)) {
      const auto sprint = wire::decode_sprint(item);
      names_[sprint.id] = sprint.name;
    }
  }
  const auto found = names_.find(id);
  return found == names_.end() ? std::to_string(id.value) : found->second;
}

}  // namespace taskman::cli
