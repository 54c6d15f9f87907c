#pragma once
// What is still to be sent on one connection.

#include <cstddef>
#include <string>

namespace taskman::http {

/// One answer at a time. Used by whoever owns the connection.
class Outbox {
 public:
  enum class Progress { kDone, kBlocked, kBroken };

  /// Takes both texts as they are, no copy is made.
  void put(std::string head, std::string body);

  /// Sends what the socket takes. Frees the texts when all is sent.
  Progress flush(int fd);

  std::size_t unsent() const { return head_.size() + body_.size() - sent_; }
  /// Bytes of memory, until all is sent.
  std::size_t held() const { return head_.capacity() + body_.capacity(); }

  /// The rest as one text; the outbox is empty then.
  std::string take_rest();

 private:
  std::string head_;
  std::string body_;
  std::size_t sent_ = 0;
};

}  // namespace taskman::http
