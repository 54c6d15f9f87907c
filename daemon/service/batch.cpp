#include "daemon/service/batch.hpp"

#include <fmt/core.h>

#include <utility>
#include <vector>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/batch.hpp"
#include "common/wire/log.hpp"
#include "daemon/service/batch_verbs.hpp"
#include "daemon/service/claims.hpp"
#include "daemon/service/transaction.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

/// Every other writer waits for the whole of it.
constexpr std::size_t kMostLines = 10'000;

using Lines = std::vector<std::pair<std::int64_t, std::string_view>>;

// With their numbers, from 1; blank ones are skipped.
Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const std::string_view line = util::trim(text.substr(0, end));
    if (!line.empty()) lines.emplace_back(number, line);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  if (lines.size() <= kMostLines) return lines;
  throw Error(Code::kPayloadTooLarge,
              fmt::format("a batch has at most {} lines, this one {}", kMostLines, lines.size()),
              "split it; each part is a transaction of its own");
}

// The same failure, of this line.
Error failure_of(std::int64_t number, const Error& failure) {
  const std::string hint = failure.hint().empty() ? "" : failure.hint() + "; ";
  return {failure.code(),
          fmt::format("line {}: {}", number, failure.message()),
          hint + "nothing was changed",
          {{std::to_string(number), failure.message()}}};
}

class Runner {
 public:
  Runner(Work& work, const Base& base) : work_(work), base_(base) {}

  void run(std::int64_t number, std::string_view text) {
    // A line is counted where it stands, also past blank ones.
    made_.resize(static_cast<std::size_t>(number) - 1);
    const auto line = wire::decode_batch_line(text, made_);
    const auto& verb = batch_verb(line.verb);
    if (line.id && verb.acts == BatchVerb::Acts::kMakes) {
      throw Error(Code::kInvalidValue, fmt::format("'{}' takes no id", line.verb),
                  "what it makes gets a new one", {{"id", "not taken"}});
    }
    auto id = verb.run({work_, base_, line});
    // What a line named itself needs no other name.
    made_.push_back(line.id ? std::nullopt : std::optional(id));
    report_.results.push_back({number, std::string(verb.name), std::move(id)});
  }

  wire::BatchReport report() {
    report_.dry_run = work_.request().commit == store::Commit::kDryRun;
    if (report_.dry_run) report_.changes = wire::encode_changes(work_.changes());
    return std::move(report_);
  }

 private:
  Work& work_;
  const Base& base_;
  wire::MadeIds made_;
  wire::BatchReport report_;
};

}  // namespace

Answer Batch::run(const WriteRequest& request, std::string_view text) const {
  const Lines lines = lines_of(text);
  // What nobody holds any more can be taken by a line, whether or not the maintenance was there.
  if (request.commit == store::Commit::kYes && text.find("\"next\"") != text.npos)
    Claims(base_).expire();
  return run_write(base_, request, [&](Work& work) {
    Runner runner(work, base_);
    for (const auto& [number, line] : lines) {
      try {
        runner.run(number, line);
      } catch (const Error& failure) {
        throw failure_of(number, failure);
      }
    }
    return wire::Envelope{.kind = "batch", .data = wire::encode(runner.report())};
  });
}

}  // namespace taskman::service
