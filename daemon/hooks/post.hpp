#pragma once
// One post of one change. Internal to the poster.

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "daemon/hooks/attempt.hpp"
#include "daemon/hooks/curl_library.hpp"
#include "daemon/hooks/transfers.hpp"

namespace taskman::hooks {

/// How it is sent.
struct PostOptions {
  std::chrono::milliseconds limit{60'000};
  std::int64_t seconds = 0;   ///< of the signature, since the Unix epoch
  std::string authorities{};  ///< a PEM file of them, trusted beside the system's; may be empty
};

class Post final : public Attempt {
 public:
  /// Begins at once. The transfers outlive it.
  Post(Transfers& transfers, const Delivery& delivery, const PostOptions& options, Done done);
  ~Post() override;

  void end() override;

  /// Called by the transfers.
  void finish(CURLcode code);

 private:
  template <typename Value>
  void set(CURLoption option, Value value);
  void limit(const PostOptions& options);
  void watch_answer();
  void add_header(const std::string& line);
  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t take_head(char* bytes, std::size_t size, std::size_t count, void* self);
  Outcome outcome_of(CURLcode code) const;
  Outcome answered() const;
  std::string trouble(CURLcode code) const;

  Transfers& transfers_;
  const std::string body_;
  Done done_;
  CURL* handle_;
  curl_slist* headers_ = nullptr;
  std::array<char, CURL_ERROR_SIZE> trouble_{};
  std::string answer_;          ///< the first of it
  std::size_t head_bytes_ = 0;  ///< of the answer, trailers included
  std::size_t body_bytes_ = 0;
};

}  // namespace taskman::hooks
