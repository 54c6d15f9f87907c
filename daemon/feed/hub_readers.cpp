// Who reads: how readers come and go.
#include "daemon/feed/hub.hpp"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <deque>
#include <exception>
#include <utility>

#include "daemon/feed/position.hpp"
#include "daemon/feed/stream_text.hpp"

namespace taskman::feed {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::array kTransports{"sse", "ndjson", "websocket"};  // in the order of Encoding

wire::Subscriber described(const Client& client, const model::Cursor& at, std::int64_t head,
                           Steady::duration age) {
  return {.actor = client.actor,
          .origin = client.origin,
          .wants = client.wants,
          .cursor = model::to_string(at),
          .lag = std::max<std::int64_t>(head - at.rev, 0),
          .seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count()};
}

}  // namespace

void Hub::adopt(util::Fd fd, SubscriptionRequest request, std::string unsent) {
  ++subscriptions_;  // before the head is read; see wake()
  try {
    admit(std::move(fd), std::move(request), std::move(unsent));
  } catch (const std::exception& failure) {
    --subscriptions_;
    return note(
        {util::LogLevel::kError, "the feed cannot take on a reader", {{"reason", failure.what()}}});
  }
  if (drained_) return say_bye(ready_->back(), "shutdown");
  if (is_full()) return say_bye(ready_->back(), "full");
  look();
}

void Hub::admit(util::Fd fd, SubscriptionRequest request, std::string unsent) {
  request.heartbeat = std::min(request.heartbeat, options_.heartbeat);
  const Position position = start_of(request);
  if (position.gone) request.spool.reset();  // the reset says to begin anew
  unsent += opening_for(request, position);
  Readers fresh;
  Reader& reader =
      fresh.emplace_back(std::move(fd), std::move(request), position.cursor, std::move(unsent));
  loop_.add(reader.descriptor(), reader.events(), reader);
  reader.hub = this;
  reader.list = ready_;
  reader.place = fresh.begin();
  ready_->splice(ready_->end(), fresh);
  index_.add(reader.keys(), reader);
  set_deadline(reader);
}

Position Hub::start_of(const SubscriptionRequest& request) {
  const model::Cursor head = store_.head();
  // The usual cases need no look into the store.
  if (!request.since || model::parse_cursor(*request.since) == head)
    return {.cursor = head, .head = head};
  Position position;
  store_.read([&](store::ReadTx& tx) { position = feed::locate(tx, *request.since); });
  return position;
}

std::string Hub::opening_for(const SubscriptionRequest& request, const Position& position) {
  Hello hello{.cursor = position.cursor,
              .store = store_.id(),
              .heartbeat = request.heartbeat,
              .retry = spread(options_.retry, 3 * options_.retry)};
  if (request.spool) hello.stands = Hello::Stands::kAfterSnapshot;
  if (position.gone) hello.stands = Hello::Stands::kAfterReset;
  std::string text = hello_text(request.encoding, hello);
  if (position.gone) {
    ++resets_;
    text += reset_text(request.encoding, position);
  }
  return text;
}

// The log was pruned under a reader. In the middle of a frame there is no way to say so but to end.
void Hub::start_over(Reader& reader) {
  if (!reader.is_between_frames()) return close(reader);
  Position position;
  store_.read([&](store::ReadTx& tx) {
    const store::LogRange range = tx.log_range();
    position = {.cursor = range.head, .gone = Gone::kPruned, .head = range.head};
    position.oldest = tx.cursor_at(range.oldest).value_or(range.head);
  });
  ++resets_;
  reader.reset(position);
  move(reader, *ready_);
}

void Hub::close(Reader& reader) { part_from(reader).reset(); }

/// Closes a reader that was told why, so that it learns of it whatever it is saying meanwhile.
void Hub::see_off(Reader& reader) { farewells_.see_off(part_from(reader)); }

util::Fd Hub::part_from(Reader& reader) {
  deadlines_.remove(reader);
  loop_.remove(reader.descriptor());
  index_.remove(reader.keys(), reader);
  if (reader.is_unheard) std::erase(unheard_, &reader);
  util::Fd fd = reader.take_socket();
  reader.list->erase(reader.place);
  if (--subscriptions_ == 0) {
    log_.shrink_to(0);
    arm();
  }
  return fd;
}

std::vector<wire::Subscriber> Hub::subscribers() const {
  std::vector<wire::Subscriber> found;
  const std::int64_t head = store_.head().rev;
  const auto now = Steady::now();
  for (const Readers* readers : std::array<const Readers*, 4>{idle_, ready_, &blocked_, &narrow_}) {
    for (const Reader& reader : *readers) {
      const model::Cursor& at = readers == &narrow_ ? head_ : reader.cursor();
      auto& told = found.emplace_back(described(reader.client(), at, head, now - reader.since()));
      told.transport = kTransports[static_cast<std::size_t>(reader.encoding())];
      told.frames = reader.frames_sent();
      told.blocked = reader.waits_for_room;
    }
  }
  parking_.for_each([&](const Client& client, const model::Cursor& at, Steady::time_point since) {
    found.push_back(described(client, at, head, now - since));
    found.back().transport = "long_poll";
  });
  return found;
}

void Hub::drain() {
  drained_ = true;
  for (Readers* readers : {idle_, ready_, &blocked_, &narrow_}) {
    while (!readers->empty()) say_bye(readers->front(), "shutdown");
  }
  parking_.drain();
}

void Hub::say_bye(Reader& reader, std::string_view reason) {
  reader.say_goodbye(
      bye_text(reader.encoding(), reason, spread(options_.retry, 3 * options_.retry)));
  see_off(reader);
}

bool Hub::is_full() const {
  return subscriptions_ > static_cast<std::int64_t>(options_.max_readers);
}

Parking::Ticket Hub::park(ParkedPoll poll, Parking::Done done) {
  const auto ticket = parking_.add(std::move(poll), std::move(done));
  // What was committed before it was counted woke nobody; see wake().
  if (drained_) {
    parking_.drain();
  } else {
    look();
  }
  return ticket;
}

void Hub::unpark(Parking::Ticket ticket) { parking_.remove(ticket); }

}  // namespace taskman::feed
