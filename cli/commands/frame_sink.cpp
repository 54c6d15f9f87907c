#include "cli/commands/frame_sink.hpp"

#include <utility>

#include "common/error/error.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {

FrameSink::FrameSink(Session& session, const Invocation& invocation, Text text)
    : session_(session), text_(std::move(text)) {
  if (const auto line = invocation.value("exec")) {
    command_.emplace(*line);
  } else {
    lines_.emplace(session);
  }
}

void FrameSink::begin_output() {
  if (lines_) session_.print(lines_->head());
}

void FrameSink::take(const std::string& frame) {
  begin_output();
  if (!command_) {
    const auto text = text_(frame);
    session_.print(text ? *text : lines_->line(frame));
  } else {
    try {
      command_->run(frame);
    } catch (const error::Error& failure) {
      throw error::Error(failure.code(), failure.message(),
                         cursor_
                             ? "to begin again with that frame: --since " + *cursor_
                             : "to begin again with that frame give --since, the cursor before it",
                         failure.fields());
    }
  }
  cursor_ = wire::field_text(frame, "cursor");
}

void FrameSink::take_reset(const std::string& data) {
  cursor_ = wire::field_text(data, "head");
  const bool reads_json = session_.mode() != Mode::kHuman && session_.mode() != Mode::kIds;
  if (reads_json && !command_) session_.print(wire::object_of({{"reset", data}}) + "\n");
}

}  // namespace taskman::cli
