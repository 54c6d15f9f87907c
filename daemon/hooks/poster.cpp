#include "daemon/hooks/poster.hpp"

#include <utility>

#include "daemon/hooks/post.hpp"
#include "daemon/hooks/transfers.hpp"

namespace taskman::hooks {

Poster::Poster(net::EventLoop& loop, const time::Clock& clock, PosterOptions options)
    : loop_(loop), clock_(clock), options_(std::move(options)) {}
Poster::~Poster() = default;

std::unique_ptr<Attempt> Poster::post(const Delivery& delivery, Done done) {
  if (!transfers_) transfers_ = std::make_unique<Transfers>(loop_);
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch();
  return std::make_unique<Post>(
      *transfers_, delivery,
      PostOptions{
          .limit = options_.limit, .seconds = now.count(), .authorities = options_.authorities},
      std::move(done));
}

}  // namespace taskman::hooks
