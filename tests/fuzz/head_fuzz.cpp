// Bytes of a connection into the message reader: whatever comes, limits hold, and where the pieces
// are cut changes nothing. The first byte says where.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/http/message_reader.hpp"
#include "daemon/http/parser.hpp"

namespace {

using taskman::http::Budgets;
using taskman::http::Limits;
using taskman::http::MessageReader;

Limits small_limits() {
  Limits limits;
  limits.head_bytes = 512;
  limits.headers = 8;
  limits.target_bytes = 128;
  limits.path_bytes = 64;
  limits.body_bytes = 256;
  limits.buffered_bytes = 64 * 1024;
  return limits;
}

void require(bool holds) {
  if (!holds) std::abort();
}

void parse(taskman::http::Message message) {
  static const taskman::http::RequestParser parser;
  try {
    parser.parse(std::move(message));
  } catch (const taskman::error::Error&) {
  }
}

/// What a reader makes of the pieces, as text.
std::string outcome(const Limits& limits, const std::vector<std::string_view>& pieces) {
  Budgets budget(limits);
  std::string text;
  {
    MessageReader reader(limits, budget);
    for (const std::string_view piece : pieces) {
      reader.feed(piece);
      while (reader.state() == MessageReader::State::kComplete) {
        auto message = reader.take();
        require(message.body.size() == message.head.content_length);
        require(message.head.target.size() <= limits.target_bytes &&
                message.head.fields.size() <= limits.headers);
        text += message.head.method + ' ' + message.head.target + ' ' + message.body + '\n';
        for (const auto& [name, value] : message.head.fields) text += name + ':' + value + '\n';
        parse(std::move(message));
      }
    }
    text += reader.state() == MessageReader::State::kRefused ? reader.refusal().message
                                                             : std::string("waits");
  }
  require(budget.used() == 0);
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Limits limits = small_limits();
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t cut = text.empty() ? 0 : data[0] % text.size();
  require(outcome(limits, {text}) == outcome(limits, {text.substr(0, cut), text.substr(cut)}));
  return 0;
}
