#include "cli/session/invocation.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>

#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

const Values kNone;

template <typename Rows>
bool names(const Rows& rows, std::string_view name) {
  return std::ranges::any_of(rows, [&](const auto& row) { return row.name == name; });
}

}  // namespace

std::string Invocation::name() const { return "taskman " + full_name(*command_); }

bool Invocation::takes(std::string_view flag) const { return names(command_->flags, flag); }

const Values& Invocation::values(std::string_view flag) const {
  const auto found = std::ranges::find(flags_, flag, &Given::value_type::first);
  if (found != flags_.end()) return found->second;
  if (!names(command_->flags, flag) && !names(shared_flags(), flag)) {
    throw std::logic_error(full_name(*command_) + " has no flag --" + std::string(flag));
  }
  return kNone;
}

std::optional<std::string> Invocation::value(std::string_view flag) const {
  const Values& given = values(flag);
  if (given.empty()) return std::nullopt;
  return given.back();
}

const Values& Invocation::all(std::string_view arg) const {
  const auto found = std::ranges::find(args_, arg, &Given::value_type::first);
  if (found != args_.end()) return found->second;
  if (!names(command_->args, arg)) {
    throw std::logic_error(full_name(*command_) + " has no argument " + std::string(arg));
  }
  return kNone;
}

std::optional<std::string> Invocation::first(std::string_view arg) const {
  const Values& given = all(arg);
  if (given.empty()) return std::nullopt;
  return given.front();
}

void Invocation::set_flag(std::string_view flag, Values values) {
  flags_.emplace_back(flag, std::move(values));
}

void Invocation::set_arg(std::string_view arg, Values values) {
  args_.emplace_back(arg, std::move(values));
}

}  // namespace taskman::cli
