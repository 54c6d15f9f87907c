#pragma once
// Finds the route of a path: segments against templates, no regular expressions.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::http {

/// `%41` → `A`; none for a broken escape or an encoded NUL.
std::optional<std::string> percent_decode(std::string_view text);

/// Templates by number, in the order of add(). Constant after set-up, then thread-safe.
class PathTable {
 public:
  using Captures = std::map<std::string, std::string, std::less<>>;

  /// `/api/v1/tasks/{id}/done`: a segment in braces matches any text that is not empty.
  void add(std::string_view path_template);

  /// Numbers of the templates that match the undecoded `path`, those with more fixed segments
  /// first.
  std::vector<std::size_t> find(std::string_view path) const;

  /// What stands at the braces of template `number`, decoded. Throws Error kMalformedRequest for a
  /// broken escape. Precondition: find() named it for this path.
  Captures capture(std::size_t number, std::string_view path) const;

 private:
  struct Entry {
    std::vector<std::string> segments;
    std::size_t fixed = 0;
  };
  std::vector<Entry> entries_;
};

}  // namespace taskman::http
