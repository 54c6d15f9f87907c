#pragma once
// One command as it was typed: the row and its values.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.hpp"

namespace taskman::cli {

using Values = std::vector<std::string>;

/// A value; made by cli/app. Asking for a name that the row does not have is a mistake of the
/// handler: std::logic_error.
class Invocation {
 public:
  explicit Invocation(const Command& command) : command_(&command) {}

  const Command& command() const { return *command_; }
  /// `taskman task add`.
  std::string name() const;

  /// Whether the row has the flag as its own, given or not: for what several commands share.
  bool takes(std::string_view flag) const;
  bool has(std::string_view flag) const { return !values(flag).empty(); }
  /// For what is shared with commands that do not have the flag: they were not given it.
  bool has_if_taken(std::string_view flag) const { return takes(flag) && has(flag); }
  /// The last one given.
  std::optional<std::string> value(std::string_view flag) const;
  /// In the order given.
  const Values& values(std::string_view flag) const;
  /// Positional values, by the name of the row's Arg.
  const Values& all(std::string_view arg) const;
  std::optional<std::string> first(std::string_view arg) const;

  void set_flag(std::string_view flag, Values values);
  void set_arg(std::string_view arg, Values values);

 private:
  using Given = std::vector<std::pair<std::string_view, Values>>;  // names are of the rows

  const Command* command_;
  Given flags_;
  Given args_;
};

}  // namespace taskman::cli
