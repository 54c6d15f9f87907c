#include "http/siege.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <fstream>
#include <stop_token>
#include <thread>

#include "http/api.hpp"
#include "http/hostile.hpp"
#include "support/sanitizer.hpp"

namespace taskman::test {
namespace {

constexpr int kQuestions = 9;
constexpr double kPatienceMs = 100;

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// An honest client on a thread of its own, until the destructor.
class Honest {
 public:
  explicit Honest(std::function<double()> ask)
      : thread_([this, ask = std::move(ask)](const std::stop_token& stop) {
          try {
            while (!stop.stop_requested()) times_.push_back(ask());
          } catch (...) {
            failure_ = std::current_exception();
          }
        }) {}

  /// How long each of its questions took. Throws what one of them threw.
  std::vector<double> end() {
    thread_.request_stop();
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
    return times_;
  }

 private:
  std::vector<double> times_;
  std::exception_ptr failure_;
  std::jthread thread_;
};

std::int64_t number_after(const std::string& text, const std::string& name) {
  const auto found = text.find("\n" + name);
  if (found == std::string::npos) throw std::runtime_error("no " + name + " in:\n" + text);
  return std::stoll(text.substr(found + 1 + name.size()));
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Siege::Siege(std::vector<std::string> flags) : daemon_(std::move(flags)) {
  const HttpReply added = daemon_.http({.method = "POST",
                                        .target = "/api/v1/tasks",
                                        .headers = {{"Content-Type", "application/json"}},
                                        .body = R"({"title":"honest work"})"});
  REQUIRE(added.status == 201);
}

HttpReply Siege::answer_to(std::string_view text) const {
  HttpClient client = attacker();
  send_while_taken(client, text);
  return client.read_reply();
}

double Siege::ask() const {
  const auto start = std::chrono::steady_clock::now();
  if (daemon_.http({.target = "/api/v1/tasks/1"}).status != 200) {
    throw std::runtime_error("an honest question was not answered");
  }
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

void Siege::withstands(const std::function<void()>& attack, std::int64_t may_grow) {
  std::vector<double> calm;
  for (int i = 0; i < kQuestions; ++i) calm.push_back(ask());
  std::ofstream("/proc/" + std::to_string(daemon_.pid()) + "/clear_refs") << 5;  // the peak, anew
  const std::int64_t before = status("VmRSS");
  Honest honest([this] { return ask(); });
  attack();
  std::vector<double> times = honest.end();
  for (int i = 0; i < kQuestions; ++i) times.push_back(ask());
  INFO("the longest of " << times.size() << " questions took " << *std::ranges::max_element(times)
                         << " ms");
  if (kSanitized) return;  // it keeps freed memory, and slows down everybody
  CHECK(median(times) < median(calm) + kPatienceMs);
  CHECK((status("VmHWM") - before) * 1024 <= may_grow);
}

std::int64_t Siege::status(std::string_view name) const {
  return number_after(text_of("/proc/" + std::to_string(daemon_.pid()) + "/status"),
                      std::string(name) + ":");
}

std::int64_t Siege::metric(const std::string& name) const {
  return number_after(daemon_.http({.target = "/metrics"}).body, name + " ");
}

void Siege::await_only_one_in_flight() const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (metric("taskman_http_requests_in_flight") > 1) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("requests are still being answered");
  }
}

std::int64_t Siege::context_switches() const {
  std::int64_t sum = 0;
  const std::string threads = "/proc/" + std::to_string(daemon_.pid()) + "/task";
  for (const auto& thread : std::filesystem::directory_iterator(threads)) {
    sum += number_after(text_of(thread.path() / "status"), "voluntary_ctxt_switches:");
  }
  return sum;
}

std::int64_t Siege::tasks() const {
  return envelope(daemon_.http({.target = "/api/v1/tasks?limit=1"})).page.value().total;
}

void raise_descriptor_limit() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace taskman::test
