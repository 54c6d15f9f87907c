#include "common/wire/subscriber.hpp"

#include <array>

#include "common/wire/by_columns.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kSubscriber{
    column<Subscriber, &Subscriber::actor>("actor"),
    column<Subscriber, &Subscriber::origin>("origin"),
    column<Subscriber, &Subscriber::transport>("transport"),
    column<Subscriber, &Subscriber::wants>("wants"),
    column<Subscriber, &Subscriber::cursor>("cursor"),
    column<Subscriber, &Subscriber::lag>("lag"),
    column<Subscriber, &Subscriber::frames>("frames"),
    column<Subscriber, &Subscriber::seconds>("seconds"),
    column<Subscriber, &Subscriber::blocked>("blocked"),
};

}  // namespace

std::string encode(const Subscriber& subscriber) { return encode_by(kSubscriber, subscriber); }
Subscriber decode_subscriber(std::string_view json) {
  return decode_by(kSubscriber, json, "subscriber");
}

}  // namespace taskman::wire
