#include "common/wire/value.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

using error::Code;
using error::Error;

// nlohmann's own document would take the last of two equal names and any depth; as a listener to
// its parser we can refuse both, and stop early.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view what, std::size_t max_values) : what_(what), max_values_(max_values) {}

  bool null() override { return add(Value{nullptr}); }
  bool boolean(bool value) override { return add(Value{value}); }
  bool number_integer(std::int64_t value) override { return add(Value{value}); }
  bool number_unsigned(std::uint64_t value) override {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) {
      return add(Value{Value::Number{std::to_string(value)}});
    }
    return add(Value{static_cast<std::int64_t>(value)});
  }
  bool number_float(double, const std::string& text) override {
    return add(Value{Value::Number{text}});
  }
  bool string(std::string& text) override { return add(Value{std::move(text)}); }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Value{Value::Object{}}); }
  bool start_array(std::size_t) override { return open(Value{Value::Array{}}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    auto& members = std::get<Value::Object>(open_.back()->data);
    if (members.size() >= kMaxMembers) {
      fail(Code::kMalformedRequest,
           "has an object of more than " + std::to_string(kMaxMembers) + " fields");
    }
    const auto same = [&](const auto& member) { return member.first == name; };
    if (std::ranges::any_of(members, same)) {
      fail(Code::kMalformedRequest, "has the field '" + name + "' twice");
    }
    members.emplace_back(std::move(name), Value{});
    return true;
  }

  bool parse_error(std::size_t byte, const std::string&,
                   const nlohmann::json::exception& reason) override {
    constexpr int kNumberOverflow = 406;
    const bool overflow = reason.id == kNumberOverflow;
    fail(Code::kMalformedRequest, (overflow ? "has a number out of range at byte "
                                            : "is not JSON: unexpected text at byte ") +
                                      std::to_string(byte));
  }

  Value take() { return std::move(root_); }

 private:
  [[noreturn]] void fail(Code code, const std::string& problem) const {
    throw Error(code, std::string(what_) + ' ' + problem);
  }

  Value* place(Value&& value) {
    if (++count_ > max_values_) {
      fail(Code::kPayloadTooLarge, "has more than " + std::to_string(max_values_) + " values");
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (auto* items = std::get_if<Value::Array>(&open_.back()->data)) {
      return &items->emplace_back(std::move(value));
    }
    auto& member = std::get<Value::Object>(open_.back()->data).back().second;
    member = std::move(value);
    return &member;
  }

  bool add(Value&& value) {
    place(std::move(value));
    return true;
  }

  // A container stays where it is while it is open: its parent grows only after it was closed.
  bool open(Value&& value) {
    if (open_.size() >= kMaxDepth) {
      fail(Code::kMalformedRequest,
           "is nested deeper than " + std::to_string(kMaxDepth) + " levels");
    }
    open_.push_back(place(std::move(value)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::string_view what_;
  std::size_t max_values_;
  Value root_;
  std::vector<Value*> open_;
  std::size_t count_ = 0;
};

constexpr std::size_t kShownColumns = 60;

void show(std::string& out, const Value& value) {
  if (value.is_null()) out += "null";
  if (const auto* flag = value.get_if<bool>()) out += *flag ? "true" : "false";
  if (const auto* number = value.get_if<std::int64_t>()) out += std::to_string(*number);
  if (const auto* number = value.get_if<Value::Number>()) out += number->text;
  if (const auto* text = value.get_if<std::string>()) put(out, *text);
  if (value.get_if<Value::Array>() != nullptr) out += "an array";
  if (value.get_if<Value::Object>() != nullptr) out += "an object";
}

}  // namespace

Value parse(std::string_view json, std::string_view what, std::size_t max_values) {
  if (!util::is_utf8(json)) {
    throw Error(Code::kMalformedRequest, std::string(what) + " is not valid UTF-8");
  }
  Builder builder(what, max_values);
  nlohmann::json::sax_parse(json, &builder);
  return builder.take();
}

std::string shown(const Value& value) {
  std::string text;
  show(text, value);
  return util::fit(text, kShownColumns);
}

}  // namespace taskman::wire
