#include "soak/keeper.hpp"

#include "common/wire/paths.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto kAgain = 10ms;      // a writer that lost the daemon
constexpr auto kPatientFor = 60s;  // until it gives up

}  // namespace

void Ending::tell() {
  {
    const std::lock_guard lock(mutex_);
    is_told_ = true;
  }
  told_.notify_all();
}

bool Ending::wait_until(Steady::time_point until) {
  std::unique_lock lock(mutex_);
  return !told_.wait_until(lock, until, [&] { return is_told_; });
}

Keeper::Keeper() : daemon_({"--listen", "127.0.0.1:0"}) { open_doors(); }

Keeper::~Keeper() {
  ending_.tell();
  if (thread_.joinable()) thread_.join();
}

Doors Keeper::doors() const {
  const std::lock_guard lock(mutex_);
  return doors_;
}

void Keeper::open_doors() {
  Doors doors{
      .socket = daemon_.socket(), .port = daemon_.port(), .token = daemon_.token(), .open = true};
  const std::lock_guard lock(mutex_);
  doors_ = std::move(doors);
}

void Keeper::close_doors() {
  const std::lock_guard lock(mutex_);
  doors_.open = false;
}

void Keeper::begin(std::chrono::milliseconds between_kills, std::uint32_t seed) {
  thread_ = std::thread([this, between_kills, seed] {
    try {
      work(between_kills, seed);
    } catch (...) {
      failure_ = std::current_exception();
    }
  });
}

void Keeper::work(std::chrono::milliseconds between_kills, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::int64_t> time(between_kills.count() * 8 / 10,
                                                   between_kills.count() * 12 / 10);
  while (ending_.wait_until(Steady::now() + std::chrono::milliseconds(time(random)))) {
    close_doors();
    daemon_.kill();
    ++kills_;
    daemon_.start();
    open_doors();
  }
}

void Keeper::end() {
  ending_.tell();
  thread_.join();
  if (failure_) std::rethrow_exception(failure_);
}

Writer::Writer(std::filesystem::path socket, int changes_per_second, std::uint32_t seed)
    : socket_(std::move(socket)),
      random_(seed),
      thread_([this, changes_per_second] { work(changes_per_second); }) {}

Writer::~Writer() { end(); }

void Writer::end() {
  ending_.tell();
  if (thread_.joinable()) thread_.join();
}

void Writer::work(int changes_per_second) {
  const auto pace = std::chrono::duration_cast<Steady::duration>(1s) / changes_per_second;
  const auto start = Steady::now();
  // By the clock and not by the last change: what an absent daemon held up is made up for.
  while (ending_.wait_until(start + number_ * pace)) {
    ++number_;
    if (!write(next())) return;
    ++acknowledged_;
  }
}

bool Writer::write(const HttpRequest& request) {
  const auto until = Steady::now() + kPatientFor;
  for (std::string last = "nothing"; Steady::now() < until;) {
    try {
      if (!client_) client_.emplace(socket_);
      const HttpReply reply = client_->request(request);
      if (reply.status == 200 || reply.status == 201) return true;
      last = std::to_string(reply.status) + " " + reply.body;
      if (reply.status != 503) {
        fault_ = "a write was answered " + last;
        return false;
      }
    } catch (const std::exception&) {
      client_.reset();
    }
    // Also when it shall end: what was begun has to be acknowledged.
    Ending().wait_until(Steady::now() + kAgain);
  }
  fault_ = "a write was not answered";
  return false;
}

/// One revision each, all of them different; now and then one that fills a socket.
HttpRequest Writer::next() {
  const auto pick = [&](std::int64_t below) {
    return std::uniform_int_distribution<std::int64_t>(0, below - 1)(random_);
  };
  const std::string number = std::to_string(number_);
  HttpRequest request{.method = "POST",
                      .target = "/api/v1/tasks",
                      .headers = {{"Content-Type", "application/json"},
                                  {std::string(wire::kKeyHeader), "soak-" + number}},
                      .body = R"({"title":"task )" + number + "\"}"};
  if (tasks_ == 0 || pick(20) == 0) {
    ++tasks_;
    return request;
  }
  request.target += "/" + std::to_string(1 + pick(tasks_));
  if (pick(4) == 0) {
    request.target += "/comments";
    request.body = R"({"text":"comment )" + number + "\"}";
    return request;
  }
  const std::string body = pick(100) == 0 ? std::string(20'000, 'x') : "text";
  request.method = "PATCH";
  request.body = R"({"title":"title )" + number + R"(","body":")" + body + number + "\"}";
  return request;
}

}  // namespace taskman::test
