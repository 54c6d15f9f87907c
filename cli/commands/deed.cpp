#include "cli/commands/deed.hpp"

#include <algorithm>

#include "common/util/text.hpp"
#include "common/wire/apply.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/log.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using wire::Frame;

std::optional<model::Status> status_set(const Frame::Item& item) {
  const auto status = std::ranges::find(item.set, "status", &wire::Members::value_type::first);
  if (status == item.set.end()) return std::nullopt;
  return model::find_status(wire::value_text(status->second));
}

bool ends(const Frame::Item& item, std::int64_t token) {
  const auto before = wire::lease_before(item);
  const auto after = wire::lease_of(item);
  return before && before->token == token && !(after && after->token == token);
}

std::string verb_of(const Frame::Item& item, bool ends_lease) {
  if (item.type == model::ChangeType::kTaskDeleted) return "deleted";
  if (wire::lease_of(item)) return "claimed";
  const auto status = status_set(item).value_or(model::Status::kTodo);
  if (ends_lease && status == model::Status::kTodo) return "released";
  return model::is_open(status) ? "set to " + std::string(model::name(status))
                                : std::string(model::name(status));
}

Deed deed_of(const Frame& frame, const Frame::Item& item, bool ends_lease) {
  std::string text = frame.origin == wire::kLeaseOrigin
                         ? "its lease ran out"
                         : verb_of(item, ends_lease) + " by " + frame.actor;
  return {.actor = frame.actor, .status = status_set(item), .text = std::move(text)};
}

}  // namespace

std::optional<Deed> find_deed(client::Api& api, model::TaskId id, std::int64_t token) {
  std::optional<Deed> last;
  const auto log = api.get(wire::task_path(id, "log"));
  for (const auto& json : wire::split_array(log.data)) {
    const auto frame = wire::decode_frame(json);
    if (frame.cursor.rev <= token) break;  // the token is the revision of the claim
    for (const auto& item : frame.changes) {
      if (item.id != model::EntityId{id.value}) continue;
      if (ends(item, token)) return deed_of(frame, item, true);
      if (!last && status_set(item)) last = deed_of(frame, item, false);
    }
  }
  return last;
}

}  // namespace taskman::cli
