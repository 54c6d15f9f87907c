#include "daemon/feed/position.hpp"

#include <array>

#include "common/wire/json.hpp"

namespace taskman::feed {
namespace {

constexpr std::array<std::string_view, 4> kNames{"malformed", "pruned", "ahead", "diverged"};

std::optional<Gone> find_trouble(store::ReadTx& tx, const store::LogRange& range,
                                 std::string_view since) {
  const auto wanted = model::parse_cursor(since);
  if (!wanted) return Gone::kMalformed;
  if (*wanted == range.head) return std::nullopt;
  if (wanted->rev > range.head.rev) return Gone::kAhead;
  if (wanted->rev < range.oldest) return Gone::kPruned;
  const auto there = tx.cursor_at(wanted->rev);
  if (!there) return Gone::kPruned;
  return *there == *wanted ? std::nullopt : std::optional(Gone::kDiverged);
}

}  // namespace

std::string_view name(Gone reason) { return kNames[static_cast<std::size_t>(reason)]; }

Position locate(store::ReadTx& tx, std::string_view since) {
  const store::LogRange range = tx.log_range();
  Position position{.cursor = range.head, .head = range.head};
  position.gone = find_trouble(tx, range, since);
  if (position.gone) {
    position.oldest = tx.cursor_at(range.oldest).value_or(range.head);
  } else {
    position.cursor = *model::parse_cursor(since);
  }
  return position;
}

std::string reset_data(const Position& position) {
  return wire::object_of({{"reason", wire::quote(name(*position.gone))},
                          {"oldest", wire::quote(model::to_string(position.oldest))},
                          {"head", wire::quote(model::to_string(position.head))}});
}

error::Error gone_error(const Position& position, std::string_view since) {
  const std::string reason(name(*position.gone));
  return error::Error(error::Code::kCursorGone, "cursor " + std::string(since) + " is " + reason,
                      "list again and go on from the cursor of that answer",
                      {{"since", reason},
                       {"oldest", model::to_string(position.oldest)},
                       {"head", model::to_string(position.head)}});
}

}  // namespace taskman::feed
