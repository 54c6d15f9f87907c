#include <utility>

#include "cli/commands/cut.hpp"
#include "cli/commands/print.hpp"

namespace taskman::cli {

StreamLines::StreamLines(Session& session) : session_(session) {
  const auto& invocation = session.invocation();
  const Kind& kind = kind_of(session);
  if (invocation.has("fields") || session.mode() == Mode::kCsv)
    fields_ = chosen_fields(invocation, kind);
  if (const auto text = invocation.value("format")) form_.emplace(*text, nameable(kind.known()));
}

std::string StreamLines::head() {
  const bool is_due = std::exchange(head_is_due_, false);
  return is_due && session_.mode() == Mode::kCsv ? render::csv_head(fields_) : std::string();
}

std::string StreamLines::line(const std::string& item) const {
  if (session_.mode() == Mode::kIds)
    return render::tab_line(item, {std::string(kind_of(session_).id)});
  if (form_) return form_->line(item, reader_of(session_));
  if (session_.mode() == Mode::kCsv) return render::csv_line(item, fields_);
  return (fields_.empty() ? item : cut(item, fields_)) + "\n";
}

}  // namespace taskman::cli
