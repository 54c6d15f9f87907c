#pragma once
// What the log says, as far as any reader was told.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/model/changeset.hpp"

namespace taskman::test {

/// The frames after `start`, as whoever got one first got it. Everybody else has to get the same
/// bytes, in the same order, each once; a reader is then where it stands, and nothing more.
class Ledger {
 public:
  explicit Ledger(model::Cursor start) : start_(start), cursors_{model::to_string(start)} {}

  std::int64_t start() const { return start_.rev; }
  std::int64_t head() const { return start_.rev + static_cast<std::int64_t>(frames_.size()); }
  const std::string& cursor_at(std::int64_t rev) const {
    return cursors_.at(static_cast<std::size_t>(rev - start_.rev));
  }

  /// Of a frame that came to a reader at `stands`: empty when it is the one that follows, else
  /// what is wrong with it.
  std::string take(std::int64_t stands, std::string_view frame);

  /// Beside the log itself, from its frame after `start` on: empty when they are the same.
  std::string compare(const std::vector<std::string>& log) const;

 private:
  const model::Cursor start_;
  std::vector<std::string> frames_;
  std::vector<std::string> cursors_;  ///< of start, and of each frame
};

}  // namespace taskman::test
