#include "daemon/subscribers.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "common/error/error.hpp"
#include "common/wire/subscriber.hpp"
#include "daemon/service/answers.hpp"

namespace taskman {
namespace {

using namespace std::chrono_literals;
using Found = std::vector<wire::Subscriber>;

constexpr auto kPatience = 2s;

Found ask(net::EventLoop& loop, const feed::Hub& hub) {
  const auto asked = std::make_shared<std::promise<Found>>();
  auto answer = asked->get_future();
  loop.post([asked, &hub] { asked->set_value(hub.subscribers()); });
  if (answer.wait_for(kPatience) == std::future_status::ready) return answer.get();
  throw error::Error(error::Code::kOverloaded, "the feed is too busy to say who reads it",
                     "ask again");
}

}  // namespace

service::Reading subscribers(net::EventLoop& loop, const feed::Hub& hub,
                             const store::Store& store) {
  std::vector<std::string> items;
  for (const auto& subscriber : ask(loop, hub)) items.push_back(wire::encode(subscriber));
  return service::reading(service::list_answer("subscriber.list", items), store.head());
}

}  // namespace taskman
