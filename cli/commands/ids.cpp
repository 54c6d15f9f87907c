#include "cli/commands/ids.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "cli/commands/files.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

constexpr std::int64_t kMaxIds = 10'000;
constexpr std::size_t kMostFollowed = 500;  // their ids are a part of the URL

constexpr std::string_view kOne = "give one id: 42 or #42";
constexpr std::string_view kMany =
    "write ids side by side, 42 #43 50-55, or - to read them from stdin";

[[noreturn]] void refuse(std::string_view word, std::string_view what, std::string_view hint) {
  throw Error(Code::kInvalidValue,
              std::string(what) + ": '" + util::escape_for_terminal(word) + "' is not a task's id",
              std::string(hint));
}

[[noreturn]] void refuse_many() {
  const std::string most = std::to_string(kMaxIds);
  throw Error(Code::kInvalidValue, "id: more than " + most + " tasks are named",
              "do it in parts: … | xargs -n " + most + " taskman …");
}

std::optional<std::int64_t> number_of(std::string_view word) {
  if (word.starts_with('#')) word.remove_prefix(1);
  if (word.empty() || word.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const auto number = util::parse_integer(word);
  if (!number || *number < 1) return std::nullopt;
  return *number;
}

}  // namespace

std::optional<model::TaskId> find_id(std::string_view word) {
  const auto number = number_of(word);
  return number ? std::optional(model::TaskId{*number}) : std::nullopt;
}

model::TaskId parse_id(std::string_view word, std::string_view what) {
  const auto id = find_id(word);
  if (!id) refuse(word, what, kOne);
  return *id;
}

void add_ids(std::string_view word, std::vector<model::TaskId>& ids) {
  const auto dash = word.find('-');
  if (dash == std::string_view::npos) {
    const auto number = number_of(word);
    if (!number) refuse(word, "id", kMany);
    return ids.push_back({*number});
  }
  const auto first = number_of(word.substr(0, dash));
  const auto last = number_of(word.substr(dash + 1));
  if (!first || !last || *last < *first) refuse(word, "id", kMany);
  if (*last - *first >= kMaxIds) refuse_many();
  for (auto id = *first; id <= *last; ++id) ids.push_back({id});
}

std::vector<model::TaskId> read_ids(Session& session, const Values& words) {
  std::vector<model::TaskId> all;
  std::set<model::TaskId> seen;
  const auto add = [&](std::string_view word) {
    std::vector<model::TaskId> some;
    add_ids(word, some);
    std::ranges::copy_if(some, std::back_inserter(all),
                         [&](const model::TaskId id) { return seen.insert(id).second; });
    if (all.size() > kMaxIds) refuse_many();
  };
  for (const auto& word : words) {
    if (word != "-") {
      add(word);
      continue;
    }
    for (std::string line; read_input_line(session, line);) {
      if (const auto text = util::trim(line); !text.empty()) add(text);
    }
  }
  if (all.empty()) session.notice("taskman: no ids on stdin: nothing to do");
  return all;
}

std::vector<model::TaskId> read_followed_ids(Session& session, const Values& words,
                                             const std::string& command) {
  if (words.empty())
    throw Error(Code::kUsage, command + " task: no id given",
                "give ids: taskman " + command + " task 42");
  auto ids = read_ids(session, words);
  if (ids.empty()) throw Error(Code::kNothing, command + " task: no id given");
  if (ids.size() <= kMostFollowed) return ids;
  throw Error(Code::kInvalidValue,
              command + " task: " + std::to_string(ids.size()) + " tasks are more than " +
                  std::to_string(kMostFollowed),
              "name them by a filter instead, such as label:release");
}

std::string id_list(const std::vector<model::TaskId>& ids) {
  std::string list;
  for (const auto id : ids) list += (list.empty() ? "" : ",") + std::to_string(id.value);
  return list;
}

}  // namespace taskman::cli
