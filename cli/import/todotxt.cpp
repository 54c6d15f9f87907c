// A todo.txt file (github.com/todotxt/todo.txt): one task a line. Tags at either end of a line go
// where they belong; within a sentence they stay in it as well, because it would not read without
// them.

#include <algorithm>
#include <map>
#include <utility>

#include "cli/import/clean.hpp"
#include "cli/import/format.hpp"
#include "common/time/text.hpp"
#include "common/util/hash.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

using model::Priority;
using model::Status;
using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r";
  Words words;
  for (auto at = line.find_first_not_of(kBlank); at != line.npos;
       at = line.find_first_not_of(kBlank, at)) {
    const auto end = std::min(line.find_first_of(kBlank, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_priority(std::string_view word) {
  return word.size() == 3 && word[0] == '(' && word[1] >= 'A' && word[1] <= 'Z' && word[2] == ')';
}

/// `key:value`, but not an address and not a time of day.
std::optional<std::pair<std::string_view, std::string_view>> as_pair(std::string_view word) {
  const auto colon = word.find(':');
  if (colon == word.npos || colon == 0 || colon + 1 == word.size()) return std::nullopt;
  const auto value = word.substr(colon + 1);
  const bool named = std::ranges::all_of(word.substr(0, colon), [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           byte == '-';
  });
  if (!named || value.starts_with("//")) return std::nullopt;
  return std::pair(word.substr(0, colon), value);
}

bool is_tag(std::string_view word) {
  return (word.size() > 1 && (word[0] == '+' || word[0] == '@')) || as_pair(word);
}

/// One line, read from the left.
class Line {
 public:
  Line(std::string_view text, const Context& context) : words_(words_of(text)), context_(context) {}

  wire::ImportTask read() {
    auto& patch = task_.patch;
    patch.priority = Priority::kP2;
    patch.labels.emplace();
    patch.project.emplace();
    patch.due.emplace();
    read_marks();
    text_ = joined(words_);
    identity_ = joined_without_priority();
    for (const auto word : words_) read_tag(word);
    patch.title = clean_line(title(), model::kMaxTitle);
    patch.body = notes_.below({});
    return std::move(task_);
  }

  /// What makes this task this task: its text, but neither its completion nor its priority.
  const std::string& identity() const { return identity_; }
  const std::optional<std::string>& id() const { return id_; }

 private:
  static std::string joined(const Words& words) {
    std::string text;
    for (const auto word : words) (text += text.empty() ? "" : " ") += word;
    return text;
  }

  // A task that is completed carries its priority on as `pri:A`.
  std::string joined_without_priority() const {
    Words words = words_;
    std::erase_if(words, [](std::string_view word) { return word.starts_with("pri:"); });
    return joined(words);
  }

  std::optional<util::Instant> take_day() {
    const auto day = words_.empty() ? std::nullopt : time::parse_date(words_.front());
    if (!day) return std::nullopt;
    words_.erase(words_.begin());
    return context_.zone.start_of(*day);
  }

  void take_priority() {
    if (words_.empty() || !is_priority(words_.front())) return;
    read_priority(words_.front()[1]);
    words_.erase(words_.begin());
  }

  void read_marks() {
    const bool done = !words_.empty() && words_.front() == "x";
    task_.patch.status = done ? Status::kDone : Status::kTodo;
    if (done) words_.erase(words_.begin());
    take_priority();
    if (done) {
      if (const auto day = take_day()) task_.stamps.closed_at = day;
    }
    task_.stamps.created_at = take_day();
  }

  void read_priority(char letter) {
    task_.patch.priority = static_cast<Priority>(std::min(letter - 'A', 3));
    if (letter > 'D') task_.patch.labels->push_back(std::string("pri:") + letter);
  }

  void read_tag(std::string_view word) {
    if (!is_tag(word)) return;
    if (word[0] == '+') {
      read_project(word.substr(1));
    } else if (word[0] == '@') {
      task_.patch.labels->push_back(clean_word(word.substr(1)));
    } else {
      const auto [key, value] = *as_pair(word);
      read_pair(key, value);
    }
  }

  // A task has one project; further ones are labels.
  void read_project(std::string_view name) {
    auto& project = *task_.patch.project;
    if (!project) {
      project = clean_key(name);
      if (*project != name) notes_.add("project", wire::quote(name));
    } else {
      task_.patch.labels->push_back(clean_word("+" + std::string(name)));
    }
  }

  void read_pair(std::string_view key, std::string_view value) {
    const auto day = key == "due" ? time::parse_date(value) : std::nullopt;
    if (day) {
      const auto next = util::Date(std::chrono::sys_days(*day) + std::chrono::days(1));
      task_.patch.due = std::optional(time::as_due({.from = context_.zone.start_of(*day),
                                                    .until = context_.zone.start_of(next),
                                                    .is_day = true}));
    } else if (key == "pri" && value.size() == 1 && value[0] >= 'A' && value[0] <= 'Z') {
      read_priority(value[0]);
    } else if (key == "external_id") {
      id_ = value;
    } else {
      notes_.add(key, wire::quote(value));
    }
  }

  std::string title() const {
    auto from = std::ranges::find_if_not(words_, is_tag);
    if (from == words_.end()) return text_;
    auto until = words_.end();
    while (is_tag(*(until - 1))) --until;
    return joined(Words(from, until));
  }

  Words words_;
  const Context& context_;
  wire::ImportTask task_;
  Notes notes_{"todotxt"};
  std::string text_;
  std::string identity_;
  std::optional<std::string> id_;
};

/// Two lines may say the same: the second is another task.
std::string stable_id(const std::string& text, std::map<std::string, int>& seen) {
  auto id = "todotxt:" + util::to_hex(util::fnv1a(text));
  const int count = ++seen[id];
  return count == 1 ? id : id + '-' + std::to_string(count);
}

}  // namespace

void parse_todotxt(std::string_view text, const Context& context, Findings& findings) {
  std::map<std::string, int> seen;
  std::map<std::string, int> projects;
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = util::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (!util::is_utf8(line)) {
      findings.refuse(number, "line is not valid UTF-8");
      continue;
    }
    Line reader(line, context);
    auto task = reader.read();
    if (task.patch.title->empty()) {
      findings.refuse(number, "task: title is missing");
      continue;
    }
    task.patch.external_id.emplace(reader.id() ? *reader.id() : stable_id(reader.identity(), seen));
    const auto& project = *task.patch.project;
    if (project && ++projects[*project] == 1)
      findings.add(number, wire::ImportProject{.key = *project});
    findings.add(number, std::move(task));
  }
}

}  // namespace taskman::transfer
