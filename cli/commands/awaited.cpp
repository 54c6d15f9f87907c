#include "cli/commands/awaited.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/util/shell.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

// So long one answer is waited for before it is asked for anew.
constexpr std::chrono::milliseconds kFirstPatience{5'000};
constexpr std::chrono::milliseconds kLongestPatience{60'000};

[[noreturn]] void refuse_what(const std::string& word) {
  static constexpr std::array<std::string_view, 2> kThings{"task", "sprint"};
  const std::string shown = util::escape_for_terminal(word);
  if (util::parse_integer(word.starts_with('#') ? word.substr(1) : word))
    throw Error(Code::kUsage, "wait: the number " + shown + " alone says not what to wait for",
                "write taskman wait task " + shown);
  const auto near = util::suggest(word, kThings);
  throw Error(Code::kUsage, "wait: '" + shown + "' is not known",
              (near ? "did you mean " + std::string(*near) + "? "
                    : "for the tasks of a filter: taskman wait --filter " +
                          util::shell_word(shown) + " --for count=0; ") +
                  "known: task ID…, sprint S, --filter FILTER");
}

/// A daemon that is there, or comes: what it could not answer now it may answer later.
bool is_passing(const Error& failure, const client::Api& api) {
  const bool is_there = api.connections() > 0 || failure.code() == Code::kTimeout;
  return is_there && error::row(failure.code()).retryable;
}

void refuse_flag(const Invocation& wait, std::string_view flag, const std::string& hint) {
  if (wait.has(flag))
    throw Error(Code::kUsage, "--" + std::string(flag) + " says nothing here", hint);
}

}  // namespace

Awaited::Awaited(Session& session) : session_(session), patience_(kFirstPatience) {}

void Awaited::look_if_due() {
  if (!is_due_) return;
  try {
    cursor_ = read();
    has_looked_ = true;
    is_due_ = false;
    trouble_.clear();
  } catch (const Error& failure) {
    // What the words meant when it began is gone: a sprint that was renamed, a project deleted.
    if (has_looked_ && failure.code() == Code::kInvalidValue)
      throw Error(Code::kImpossible, failure.message() + " any more", failure.hint());
    if (!is_passing(failure, session_.api())) throw;
    // It may be slow rather than silent.
    if (failure.code() == Code::kTimeout) patience_ = std::min(2 * patience_, kLongestPatience);
    trouble_ = failure.message();
  }
}

void Awaited::take(const wire::Frame& frame, const std::string& text) {
  if (is_due_ || frame.cursor.rev <= cursor_.rev) return;
  apply(frame, text);
  cursor_ = frame.cursor;
}

wire::Envelope Awaited::ask(std::string path, client::Query query) {
  client::Api& api = session_.api();
  const auto answer =
      api.send({.path = std::move(path),
                .query = std::move(query),
                .autostart = has_looked_ ? client::Autostart::kIfDied : client::Autostart::kYes,
                .when_full = client::WhenFull::kTell,
                .timeout = std::min(patience_, api.options().timeout)});
  return wire::decode_envelope(answer.body);
}

void Awaited::say_once(const std::string& line) {
  if (line != std::exchange(said_, line)) session_.notice("taskman: " + line);
}

std::unique_ptr<Awaited> awaited_of(Session& session, const Invocation& wait) {
  if (!wait.has("for"))
    throw Error(Code::kUsage, "wait: --for is missing",
                "say what to wait for: taskman wait task 42 --for status=done");
  const auto& words = wait.all("WHAT");
  const std::string first = words.empty() ? "" : words.front();
  if (first != "sprint") refuse_flag(wait, "project", "it says whose sprint is meant");
  if (first != "task") refuse_flag(wait, "any", "it is for several tasks");
  if (wait.has("filter")) {
    if (words.empty()) return awaited_count(session, wait);
    throw Error(
        Code::kUsage,
        "wait: --filter and '" + util::escape_for_terminal(first) + "' cannot both be waited for",
        "give one of them");
  }
  if (first == "task") return awaited_tasks(session, wait, {words.begin() + 1, words.end()});
  if (first == "sprint") {
    if (words.size() > 2)
      throw Error(Code::kUsage, "wait sprint: one sprint at a time", "quote a name with spaces");
    return awaited_sprint(session, wait, words.size() == 1 ? "current" : words.back());
  }
  if (!words.empty()) refuse_what(first);
  throw Error(Code::kUsage, "wait: not said what to wait for",
              "known: task ID…, sprint S, --filter FILTER");
}

}  // namespace taskman::cli
