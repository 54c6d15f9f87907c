#include "daemon/hooks/post.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <new>
#include <utility>

#include "common/util/text.hpp"
#include "common/util/version.hpp"
#include "daemon/hooks/signature.hpp"

namespace taskman::hooks {
namespace {

constexpr std::size_t kMostAnswer = 512;  // bytes of an answer that are looked at
constexpr std::size_t kLongestLine = 200;
constexpr long kConnectMilliseconds = 10'000;
constexpr long kGone = 410;

}  // namespace

Post::Post(Transfers& transfers, const Delivery& delivery, PostOptions options, Done done)
    : transfers_(transfers),
      body_(delivery.frame),
      done_(std::move(done)),
      handle_(curl().easy_init()) {
  if (handle_ == nullptr) throw std::bad_alloc();
  add_header("Content-Type: application/json");
  add_header(fmt::format("Taskman-Hook: {}", delivery.hook.value));
  add_header(fmt::format("Taskman-Delivery: {}-{}", delivery.hook.value, delivery.rev));
  add_header("Taskman-Signature: " + signature(delivery.secret, options.seconds, body_));
  // Without it curl asks for leave before it sends a long body, and waits for receivers that do not
  // know the question.
  add_header("Expect:");
  set(CURLOPT_URL, delivery.target.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.limit.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
  set(CURLOPT_USERAGENT, ("taskman/" + std::string(util::kVersion)).c_str());
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
  set(CURLOPT_POSTFIELDS, body_.c_str());
  set(CURLOPT_HTTPHEADER, headers_);
  set(CURLOPT_WRITEFUNCTION, &Post::take);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_ERRORBUFFER, trouble_.data());
  set(CURLOPT_PRIVATE, static_cast<void*>(this));
  transfers_.add(handle_);
}

Post::~Post() {
  transfers_.remove(handle_);
  curl().easy_cleanup(handle_);
  curl().slist_free_all(headers_);
}

template <typename Value>
void Post::set(CURLoption option, Value value) {
  curl().easy_setopt(handle_, option, value);
}

void Post::add_header(const std::string& line) {
  headers_ = curl().slist_append(headers_, line.c_str());
}

void Post::end() {
  transfers_.remove(handle_);
  done_({.kind = Outcome::Kind::kFailed, .error = "was given up"});
}

std::size_t Post::take(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& answer = static_cast<Post*>(self)->answer_;
  answer.append(bytes, std::min(size * count, kMostAnswer - answer.size()));
  return size * count;
}

void Post::finish(CURLcode code) { done_(outcome_of(code)); }

Outcome Post::outcome_of(CURLcode code) const {
  if (code != CURLE_OK) {
    const std::string_view why =
        trouble_.front() != '\0' ? std::string_view(trouble_.data()) : curl().easy_strerror(code);
    return {.kind = Outcome::Kind::kFailed,
            .error = util::fit(util::escape_for_terminal(why), kLongestLine)};
  }
  long status = 0;
  curl().easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  if (status >= 200 && status < 300) return {};
  std::string error = fmt::format("was answered {}", status);
  const auto said = util::trim(std::string_view(answer_).substr(0, answer_.find('\n')));
  if (!said.empty()) error += ": " + util::fit(util::escape_for_terminal(said), kLongestLine);
  return {.kind = status == kGone ? Outcome::Kind::kUnwanted : Outcome::Kind::kFailed,
          .error = std::move(error)};
}

}  // namespace taskman::hooks
