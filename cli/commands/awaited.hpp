#pragma once
// What `taskman wait` waits for: how it stands, by a look at the daemon and by the changes after
// that look. One thread.

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "cli/client/api.hpp"
#include "cli/commands/frames.hpp"
#include "cli/session/session.hpp"
#include "common/error/error.hpp"
#include "common/model/changeset.hpp"
#include "common/wire/log.hpp"

namespace taskman::cli {

class Awaited {
 public:
  explicit Awaited(Session& session);
  virtual ~Awaited() = default;
  Awaited(const Awaited&) = delete;
  Awaited& operator=(const Awaited&) = delete;

  /// Asks the daemon how it stands, when there is reason to; what passes is tried again at the next
  /// call. Throws what it refuses, and that there is none, before one has answered.
  void look_if_due();
  /// Why the last look found nothing out; empty when it did.
  const std::string& trouble() const { return trouble_; }
  /// What is known does not hold any more.
  void look_again() { is_due_ = true; }
  bool is_due() const { return is_due_; }
  bool has_looked() const { return has_looked_; }
  /// Takes over a change. What the last look has seen already changes nothing.
  void take(const wire::Frame& frame, const std::string& text);
  /// The state that is known; after the first look.
  const model::Cursor& cursor() const { return cursor_; }

  /// What of the feed tells of it; after the first look.
  virtual client::Query query() const = 0;
  /// What of a frame is shown as progress.
  virtual Scope scope() const { return {}; }
  virtual bool is_met() const = 0;
  /// Why it cannot come true any more.
  virtual std::optional<error::Error> obstacle() const { return std::nullopt; }
  /// How what it still waits for stands: `task 42 is in_progress`.
  virtual std::string standing() const = 0;
  virtual const std::string& condition() const = 0;
  /// Whether it may come true without a change of its own: it has to be asked again and again.
  virtual bool moves_with_time() const { return false; }
  /// Refuses what the answer cannot be printed as, before it is waited for.
  virtual void check_output(const Invocation& wait) const = 0;
  /// The answer, once it is met. The exit code.
  virtual int print(const Invocation& wait) = 0;

 protected:
  virtual model::Cursor read() = 0;
  virtual void apply(const wire::Frame& frame, const std::string& text) = 0;

  /// A GET; after the first look it starts no daemon that was stopped.
  wire::Envelope ask(std::string path, client::Query query = {});
  Session& session() const { return session_; }
  /// A line on stderr, the first time only.
  void say_once(const std::string& line);

 private:
  Session& session_;
  model::Cursor cursor_;
  std::string said_;
  std::string trouble_;
  std::chrono::milliseconds patience_;  ///< with one answer
  bool has_looked_ = false;
  bool is_due_ = true;
};

/// What was typed: `task ID…`, `sprint [S]` or --filter, and --for. Throws kUsage, kInvalidValue.
std::unique_ptr<Awaited> awaited_of(Session& session, const Invocation& wait);

std::unique_ptr<Awaited> awaited_tasks(Session& session, const Invocation& wait,
                                       const Values& words);
std::unique_ptr<Awaited> awaited_sprint(Session& session, const Invocation& wait,
                                        const std::string& word);
std::unique_ptr<Awaited> awaited_count(Session& session, const Invocation& wait);

}  // namespace taskman::cli
