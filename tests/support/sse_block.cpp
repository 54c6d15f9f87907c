#include "support/sse_block.hpp"

#include <sstream>

namespace taskman::test {

SseBlock parse_block(const std::string& block) {
  SseBlock parsed;
  std::istringstream lines(block);
  for (std::string line; std::getline(lines, line) && !line.empty();) {
    const auto colon = line.find(": ");
    const std::string name = line.substr(0, colon);
    const std::string value = line.substr(colon + 2);
    if (name == "event") parsed.event = value;
    if (name == "id") parsed.id = value;
    if (name == "data") parsed.data = value;
    if (name == "retry") parsed.retry = value;
  }
  return parsed;
}

}  // namespace taskman::test
