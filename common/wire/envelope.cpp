#include "common/wire/envelope.hpp"

#include "common/wire/read.hpp"
#include "common/wire/slice.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

constexpr std::string_view kAnswer = "answer";

template <typename T>
void read_into(T& out, const NamedSlices& members, std::string_view name) {
  const auto json = slice_of(members, name);
  if (!json.empty()) get(Field{name, parse(json, name)}, out);
}

void put_page(std::string& out, const PageInfo& page) {
  Object{out}("returned", page.returned)("total", page.total)("next", page.next).close();
}

PageInfo read_page(std::string_view json) {
  const auto members = slice_object(json, kAnswer);
  PageInfo page;
  read_into(page.returned, members, "returned");
  read_into(page.total, members, "total");
  read_into(page.next, members, "next");
  return page;
}

}  // namespace

std::string encode(const Envelope& envelope) {
  std::string out;
  out.reserve(envelope.data.size() + 160);
  Object object(out);
  object("schema", std::int64_t{kSchema})("kind", envelope.kind)("data", Raw{envelope.data});
  if (envelope.page) {
    object.key("page");
    put_page(out, *envelope.page);
  }
  if (envelope.cursor) object("cursor", model::to_string(*envelope.cursor));
  object.maybe("more", envelope.more).maybe("filter", envelope.filter);
  object.unless_empty("notices", envelope.notices).close();
  return out;
}

Envelope decode_envelope(std::string_view json) {
  const auto members = slice_object(json, kAnswer);
  Envelope envelope;
  read_into(envelope.kind, members, "kind");
  envelope.data = slice_of(members, "data");
  if (envelope.kind.empty() || envelope.data.empty()) {
    throw error::Error(error::Code::kMalformedRequest, "answer without kind or data");
  }
  const auto page = slice_of(members, "page");
  if (!page.empty() && page != "null") envelope.page = read_page(page);
  std::optional<std::string> cursor;
  read_into(cursor, members, "cursor");
  if (cursor) envelope.cursor = model::parse_cursor(*cursor);
  read_into(envelope.more, members, "more");
  read_into(envelope.filter, members, "filter");
  read_into(envelope.notices, members, "notices");
  return envelope;
}

std::string array_of(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += item;
  }
  return out += ']';
}

std::vector<std::string> split_array(std::string_view json) {
  std::vector<std::string> items;
  for (const auto item : slice_array(json, "array")) items.emplace_back(item);
  return items;
}

}  // namespace taskman::wire
