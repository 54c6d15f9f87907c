#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "daemon/feed/subscription.hpp"
#include "daemon/service/service.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// What a reader of the feed wants, in the words of the request.
struct FeedRequest {
  Caller caller;
  std::optional<std::string> since;      ///< cursor
  std::optional<std::int64_t> latest{};  ///< of a poll without `since`: so many of the newest
  std::int64_t limit = 1000;             ///< of a poll
  std::string filter;
  std::string types;  ///< `task.updated,sprint.*`; empty: all
  std::vector<model::TaskId> tasks;
  std::optional<std::string> sprint;      ///< a word
  std::optional<std::string> project;     ///< with a sprint: whose sprint is meant
  std::optional<std::string> sprints_of;  ///< whose sprints the filter's words mean
  std::string wants;                      ///< all of that as it was said
};

/// What a stream begins with.
enum class Begin { kWithChanges, kWithSnapshot };

/// The change log for its readers. Owned by the composition root; thread-safe.
class Feed {
 public:
  explicit Feed(const Base& base) : base_(base) {}

  /// Of the last commit, from memory.
  model::Cursor head() const { return base_.store.head(); }

  /// Throws kCursorGone when `cursor` cannot be followed.
  void check(std::string_view cursor) const;

  /// Kind `event.list`: frames after `since`, or from the oldest kept. From memory when `since` is
  /// the head and everything is wanted. Throws kCursorGone with reason, oldest and head.
  Reading poll(const FeedRequest& request) const;

  /// The same, or, when there is nothing yet, what to wait for, for so long.
  std::variant<Reading, feed::ParkedPoll> poll_or_wait(const FeedRequest& request,
                                                       std::chrono::seconds wait) const;

  /// What the hub should send to a reader with these wishes. Throws for words that mean nothing.
  feed::SubscriptionRequest subscription(const FeedRequest& request, feed::Encoding encoding,
                                         Begin begin) const;

 private:
  struct Looked {
    feed::PollAnswer answer;
    feed::Selection selection;
  };
  Looked look(const FeedRequest& request) const;

  const Base base_;
};

/// The request's words understood. Throws kInvalidValue or kNotFound for those that mean nothing.
feed::Selection select(store::ReadTx& tx, const FeedRequest& request,
                       const filter::Context& context);

/// What a poll found, as kind `event.list`.
Reading reading_of(feed::PollAnswer answer);

}  // namespace taskman::service
