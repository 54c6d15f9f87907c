#pragma once
// Where the frames of `watch` and `events` go: to stdout, or to a command. One thread.

#include <functional>
#include <optional>
#include <string>

#include "cli/command.hpp"
#include "cli/commands/frame_command.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/invocation.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

inline constexpr Flag kExecFlag{
    .name = "exec",
    .value = "CMD",
    .help = "run this in a shell for every frame, with it as stdin, one after the other"};

class FrameSink {
 public:
  /// Of a frame, where it is not printed as programs read it.
  using Text = std::function<std::optional<std::string>(const std::string& frame)>;

  /// `text` is used without --exec.
  FrameSink(Session& session, const Invocation& invocation, Text text);

  /// Where the first frame follows, when that is known.
  void begin_at(std::optional<std::string> cursor) { cursor_ = std::move(cursor); }
  bool runs_a_command() const { return command_.has_value(); }
  /// The head of a table, unless it is printed: as soon as it is known that there is an answer,
  /// at the latest when it has ended.
  void begin_output();
  /// Returns when its command has ended well; what is printed is done with after a flush. Throws
  /// kConflict, with the way to go on, when the command fails.
  void take(const std::string& frame);
  /// That what follows joins nothing that came before: a line of its own for who reads JSON, the
  /// same as on a stream of NDJSON; people are told on stderr.
  void take_reset(const std::string& data);
  /// Of the last frame that was taken, else where it began.
  const std::optional<std::string>& cursor() const { return cursor_; }

 private:
  Session& session_;
  std::optional<FrameCommand> command_;
  Text text_;
  std::optional<StreamLines> lines_;  ///< none with --exec
  std::optional<std::string> cursor_;
};

}  // namespace taskman::cli
