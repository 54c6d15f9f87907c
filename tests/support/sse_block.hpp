#pragma once

#include <string>

namespace taskman::test {

/// A block of Server-Sent Events, taken apart as the standard says.
struct SseBlock {
  std::string event, id, data, retry;
};
SseBlock parse_block(const std::string& block);

}  // namespace taskman::test
