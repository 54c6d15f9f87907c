// Any bytes as the body of a request or as an answer: a value or a refusal, never a crash; what was
// taken can be written and is taken again.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "common/error/error.hpp"
#include "common/wire/import.hpp"
#include "common/wire/json.hpp"

namespace {

template <typename Decode>
void attempt(Decode decode) {
  try {
    decode();
  } catch (const taskman::error::Error&) {
    // A refusal.
  }
}

void check(bool held) {
  if (!held) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace taskman;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  attempt([&] {
    const auto task = wire::encode(wire::decode_new_task(text));
    check(wire::encode(wire::decode_new_task(task)) == task);
  });
  attempt([&] {
    const auto edit = wire::encode(wire::decode_task_edit(text));
    check(wire::encode(wire::decode_task_edit(edit)) == edit);
  });
  attempt([&] {
    const auto record = wire::encode(wire::decode_import_record(text));
    check(wire::encode(wire::decode_import_record(record)) == record);
  });
  attempt([&] {
    check(wire::decode_sprint(wire::encode(wire::decode_sprint(text))) ==
          wire::decode_sprint(text));
  });
  attempt([&] { wire::decode_bulk(text); });
  attempt([&] { wire::decode_frame(text); });
  attempt([&] {
    check(wire::decode_envelope(wire::encode(wire::decode_envelope(text))) ==
          wire::decode_envelope(text));
  });
  attempt([&] { wire::object_of(wire::members_of(text)); });
  attempt([&] { wire::value_text(text); });
  wire::decode_problem(text, 500);
  return 0;
}
