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
constexpr std::size_t kMostHead = 64 * 1024;
constexpr std::size_t kMostBody = 64 * 1024;  // more is not read: the status says it all
// X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT and the three after it: the chain leads to nobody we know.
constexpr long kFirstUnknownIssuer = 18;
constexpr long kLastUnknownIssuer = 21;
constexpr auto kTooLarge = static_cast<CURLcode>(100);  // newer than some of the headers
constexpr std::size_t kLongestLine = 200;
constexpr long kConnectMilliseconds = 10'000;
constexpr long kGone = 410;

}  // namespace

Post::Post(Transfers& transfers, const Delivery& delivery, const PostOptions& options, Done done)
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
  set(CURLOPT_USERAGENT, ("taskman/" + std::string(util::kVersion)).c_str());
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
  set(CURLOPT_POSTFIELDS, body_.c_str());
  set(CURLOPT_HTTPHEADER, headers_);
  limit(options);
  watch_answer();
  transfers_.add(handle_);
}

void Post::limit(const PostOptions& options) {
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.limit.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
  if (!options.authorities.empty()) set(CURLOPT_CAINFO, options.authorities.c_str());
}

void Post::watch_answer() {
  set(CURLOPT_HEADERFUNCTION, &Post::take_head);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, &Post::take);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_ERRORBUFFER, trouble_.data());
  set(CURLOPT_PRIVATE, static_cast<void*>(this));
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
  auto& post = *static_cast<Post*>(self);
  post.body_bytes_ += size * count;
  post.answer_.append(bytes, std::min(size * count, kMostAnswer - post.answer_.size()));
  return post.body_bytes_ > kMostBody ? 0 : size * count;
}

std::size_t Post::take_head(char*, std::size_t size, std::size_t count, void* self) {
  auto& post = *static_cast<Post*>(self);
  post.head_bytes_ += size * count;
  return post.head_bytes_ > kMostHead ? 0 : size * count;
}

void Post::finish(CURLcode code) { done_(outcome_of(code)); }

Outcome Post::outcome_of(CURLcode code) const {
  const bool is_cut = code == CURLE_WRITE_ERROR && body_bytes_ > kMostBody;
  if (code == CURLE_OK || is_cut) return answered();
  return {.kind = Outcome::Kind::kFailed,
          .error = util::fit(util::escape_for_terminal(trouble(code)), kLongestLine)};
}

std::string Post::trouble(CURLcode code) const {
  // A line of its own limit curl takes for a lack of memory; ours would have been thrown.
  const bool is_long_line = code == CURLE_OUT_OF_MEMORY || code == kTooLarge;
  if (is_long_line || head_bytes_ > kMostHead)
    return fmt::format("its answer has a header of more than {} KiB", kMostHead / 1024);
  std::string said = trouble_.front() != '\0' ? trouble_.data() : curl().easy_strerror(code);
  long verdict = 0;
  curl().easy_getinfo(handle_, CURLINFO_SSL_VERIFYRESULT, &verdict);
  const bool is_strange = verdict >= kFirstUnknownIssuer && verdict <= kLastUnknownIssuer;
  if (code == CURLE_PEER_FAILED_VERIFICATION && is_strange)
    said += "; an authority of your own is named by daemon.hook_ca";
  return said;
}

Outcome Post::answered() const {
  long status = 0;
  curl().easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  if (status >= 200 && status < 300) return {};
  std::string error = fmt::format("was answered {}", status);
  const char* elsewhere = nullptr;
  curl().easy_getinfo(handle_, CURLINFO_REDIRECT_URL, &elsewhere);
  const auto said = util::trim(std::string_view(answer_).substr(0, answer_.find('\n')));
  if (elsewhere != nullptr) {
    error += " to " + util::fit(util::escape_for_terminal(elsewhere), kLongestLine) +
             ": redirects are not followed";
  } else if (!said.empty()) {
    error += ": " + util::fit(util::escape_for_terminal(said), kLongestLine);
  }
  return {.kind = status == kGone ? Outcome::Kind::kUnwanted : Outcome::Kind::kFailed,
          .error = std::move(error)};
}

}  // namespace taskman::hooks
