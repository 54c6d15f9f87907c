#include "unit/schema_change.hpp"

#include <algorithm>

#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"

namespace taskman::test {
namespace {

using Texts = std::vector<std::string>;

const std::string* find(const wire::Members& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &wire::Members::value_type::first);
  return found == members.end() ? nullptr : &found->second;
}

/// Goes over two schemas side by side.
class Comparison {
 public:
  explicit Comparison(bool is_sent) : is_sent_(is_sent) {}

  void compare(const std::string& path, const std::string& before, const std::string& after) {
    if (before == after) return;
    if (!before.starts_with('{') || !after.starts_with('{')) return other(path);
    const auto old = wire::members_of(before);
    const auto now = wire::members_of(after);
    for (const auto& [key, value] : old) {
      if (key != "description") compare_member(path, key, value, find(now, key));
    }
    for (const auto& [key, value] : now) {
      const bool is_free = key == "description" || key == "properties";
      if (is_free || find(old, key) != nullptr) continue;
      if (key != "required" || is_sent_) problems_.push_back(path + ": demands more: " + key);
    }
  }

  const Texts& problems() const { return problems_; }

 private:
  void other(const std::string& path) { problems_.push_back(path + ": of another type"); }

  void compare_member(const std::string& path, const std::string& key, const std::string& before,
                      const std::string* after) {
    if (key == "required") return compare_required(path, before, after ? *after : "[]");
    if (after == nullptr) return other(path);
    if (key == "properties") return compare_properties(path, before, *after);
    if (key == "enum") return compare_words(path, before, *after);
    if (key == "items") return compare(path + "[]", before, *after);
    if (before != *after) other(path);
  }

  void compare_properties(const std::string& path, const std::string& before,
                          const std::string& after) {
    const auto now = wire::members_of(after);
    for (const auto& [name, value] : wire::members_of(before)) {
      const auto* found = find(now, name);
      const auto below = path + "." + name;
      if (found == nullptr) {
        problems_.push_back(below + ": is gone");
      } else {
        compare(below, value, *found);
      }
    }
  }

  /// Who reads relies on what is always there; who sends on what may be left out.
  void compare_required(const std::string& path, const std::string& before,
                        const std::string& after) {
    const auto old = wire::split_array(before);
    const auto now = wire::split_array(after);
    for (const auto& name : is_sent_ ? now : old) {
      if (std::ranges::find(is_sent_ ? old : now, name) == (is_sent_ ? old : now).end())
        problems_.push_back(path + ": " + name + (is_sent_ ? " must be sent" : " may be absent"));
    }
  }

  void compare_words(const std::string& path, const std::string& before, const std::string& after) {
    const auto now = wire::split_array(after);
    for (const auto& word : wire::split_array(before)) {
      if (std::ranges::find(now, word) == now.end())
        problems_.push_back(path + ": " + word + " is gone");
    }
  }

  bool is_sent_;
  Texts problems_;
};

}  // namespace

std::vector<std::string> breaks(std::string_view before, std::string_view after) {
  // What is sent is known by refusing what it does not know.
  Comparison comparison(before.find(R"("additionalProperties":false)") != before.npos);
  comparison.compare("", std::string(before), std::string(after));
  auto problems = comparison.problems();
  const auto twice = std::ranges::unique(problems);
  problems.erase(twice.begin(), twice.end());
  return problems;
}

std::string in_lines(std::string_view schema) {
  std::string out;
  for (const auto& [key, value] : wire::members_of(schema)) {
    out.append(out.empty() ? "{" : ",\n ").append(wire::quote(key)).append(":");
    if (key != "properties") {
      out += value;
      continue;
    }
    bool is_first = true;
    for (const auto& [name, property] : wire::members_of(value)) {
      out.append(is_first ? "{\n  " : ",\n  ")
          .append(wire::quote(name))
          .append(":")
          .append(property);
      is_first = false;
    }
    out += is_first ? "{}" : "}";
  }
  return out + "}";
}

}  // namespace taskman::test
