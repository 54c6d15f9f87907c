#include "daemon/metrics.hpp"

#include <array>
#include <charconv>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "common/util/version.hpp"
#include "common/wire/json.hpp"

namespace taskman {
namespace {

using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Families one after the other, each with its samples.
class Text {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += "# HELP taskman_" + name_ + ' ' + std::string(help) + '\n';
    text_ += "# TYPE taskman_" + name_ + ' ' + std::string(type) + '\n';
  }

  void sample(double value, Labels labels = {}) {
    text_ += "taskman_" + name_;
    char separator = '{';
    for (const auto& [label, text] : labels) {
      // A JSON literal escapes all that this format wants escaped: backslash, quote and newline.
      text_ += separator + std::string(label) + '=' + wire::quote(text);
      separator = ',';
    }
    if (separator == ',') text_ += '}';
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    text_.append(" ").append(digits.data(), end).append("\n");
  }

  template <typename Number>
  void gauge(std::string_view name, std::string_view help, Number value) {
    family(name, "gauge", help);
    sample(static_cast<double>(value));
  }

  template <typename Number>
  void counter(std::string_view name, std::string_view help, Number value) {
    family(name, "counter", help);
    sample(static_cast<double>(value));
  }

  std::string take() && { return std::move(text_); }

 private:
  std::string text_;
  std::string name_;
};

void add_requests(Text& text, const http::Figures& figures) {
  text.family("http_requests_total", "counter", "Requests answered, by route and status.");
  for (const auto& row : figures.requests) {
    text.sample(
        static_cast<double>(row.count),
        {{"method", row.method}, {"path", row.path}, {"status", std::to_string(row.status)}});
  }
  text.family("http_request_seconds_total", "counter", "Time in handlers, by route and status.");
  for (const auto& row : figures.requests) {
    text.sample(
        row.seconds,
        {{"method", row.method}, {"path", row.path}, {"status", std::to_string(row.status)}});
  }
  text.family("http_rejected_total", "counter", "Connections and requests refused, by reason.");
  for (const auto& [reason, count] : figures.rejected) {
    text.sample(static_cast<double>(count), {{"reason", reason}});
  }
}

void add_http(Text& text, const http::Figures& figures) {
  add_requests(text, figures);
  text.counter("http_connections_total", "Connections accepted.", figures.accepted);
  text.gauge("http_connections", "Connections open now, without streams.", figures.connections);
  text.gauge("http_requests_in_flight", "Requests being worked on.", figures.in_flight);
  text.counter("http_received_bytes_total", "Bytes received.", figures.bytes_received);
  text.counter("http_sent_bytes_total", "Bytes sent, without streams.", figures.bytes_sent);
  text.gauge("http_buffered_bytes", "Bytes of requests and answers held in memory.",
             figures.buffered_bytes);
  text.gauge("http_worker_threads", "Worker threads alive.", figures.worker_threads);
}

void add_feed(Text& text, const feed::HubFigures& figures) {
  text.gauge("feed_subscriptions", "Readers of the change feed.", figures.subscriptions);
  text.gauge("feed_parked_polls", "Long polls that wait.", figures.parked_polls);
  text.counter("feed_turns_total", "How often a reader was looked after.", figures.turns);
  text.counter("feed_frames_sent_total", "Frames sent to readers.", figures.frames_sent);
  text.counter("feed_resets_total", "Readers told that their cursor cannot be followed.",
               figures.resets);
  text.counter("feed_stuck_closed_total", "Readers closed because they took nothing.",
               figures.slow_closed);
}

void add_hooks(Text& text, const hooks::HookFigures& figures) {
  text.gauge("hooks", "Hooks.", figures.hooks);
  text.gauge("hooks_running", "Commands and posts of hooks under way.", figures.running);
  text.gauge("hooks_behind", "Hooks with something to deliver.", figures.behind);
  text.gauge("hooks_lag_revisions", "Revisions to the newest, of the hook farthest behind.",
             figures.lag);
  text.counter("hook_deliveries_total", "Changes delivered to hooks.", figures.delivered);
  text.counter("hook_failures_total", "Attempts to deliver that failed.", figures.failed);
  text.counter("hook_dead_letters_total", "Changes given up after all attempts.", figures.dead);
}

void add_store(Text& text, const store::Figures& figures) {
  text.counter("store_commits_total", "Commits to disk.", figures.commits);
  text.counter("store_transactions_total", "Write transactions; several share a commit.",
               figures.transactions);
  text.counter("store_statements_total", "SQL statements run.", figures.statements);
  text.gauge("store_wal_bytes", "Size of the write-ahead log.", figures.wal_bytes);
  text.gauge("store_database_bytes", "Size of the database.", figures.database_bytes);
  text.gauge("store_writers_waiting", "Writes waiting for the writer.", figures.writers_waiting);
}

void add_process(Text& text, const DaemonFigures& figures) {
  text.family("build_info", "gauge", "The version that runs.");
  text.sample(1, {{"version", util::kVersion}});
  text.gauge("start_time_seconds", "When the daemon started, since the Unix epoch.",
             static_cast<double>(figures.started.time_since_epoch().count()) / 1000);
  text.gauge("resident_memory_bytes", "Resident memory.", figures.process.resident_bytes);
  text.gauge("open_fds", "Open file descriptors.", figures.process.descriptors);
  text.gauge("threads", "Threads.", figures.process.threads);
  text.counter("loop_wakeups_total", "How often the event loop came out of its sleep.",
               figures.loop_wakeups);
  text.gauge("log_head", "The last revision of the change log.", figures.head);
}

}  // namespace

std::string metrics_text(const DaemonFigures& figures) {
  Text text;
  add_process(text, figures);
  add_http(text, figures.http);
  add_feed(text, figures.feed);
  add_hooks(text, figures.hooks);
  if (figures.store) add_store(text, *figures.store);
  return std::move(text).take();
}

}  // namespace taskman
