#pragma once
// Server-Sent Events (WHATWG HTML, "event stream interpretation") as far as our daemon sends them:
// `retry`, `event`, `data`, `id`; comments are skipped. A block with only an id moves the cursor.

#include <optional>
#include <string>

#include "cli/client/connection.hpp"
#include "cli/client/stream.hpp"

namespace taskman::client {

class EventStream final : public Stream {
 public:
  explicit EventStream(Connection connection) : connection_(std::move(connection)) {}

  std::optional<StreamEvent> next() override;
  int descriptor() const override { return connection_.descriptor(); }

 private:
  void take(std::string_view field, std::string_view value);

  Connection connection_;
  StreamEvent building_;
  bool any_ = false;  ///< a field of the block was read
};

}  // namespace taskman::client
