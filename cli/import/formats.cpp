#include <algorithm>
#include <array>
#include <utility>

#include "cli/import/format.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

constexpr std::array kFormats{
    Format{"taskwarrior", "what `task export` prints", parse_taskwarrior},
    Format{"github", "what `gh issue list --json …` prints", parse_github},
    Format{"todotxt", "a todo.txt file", parse_todotxt},
    Format{"csv", "a table whose first row names our fields", parse_csv},
    Format{"jsonl", "our own export; a line without a kind is a task", parse_jsonl},
};
static_assert(std::ranges::equal(kFormats, kFormatNames, {}, &Format::name));

}  // namespace

std::span<const Format> formats() { return kFormats; }

std::vector<Parsed> parse_file(std::string_view format, std::string_view text,
                               const Context& context) {
  const auto known = std::ranges::find(kFormats, format, &Format::name);
  if (known == kFormats.end()) {
    std::string list;
    for (const auto& row : kFormats) (list += list.empty() ? "one of " : ", ") += row.name;
    throw error::Error(error::Code::kInvalidValue, "unknown format '" + std::string(format) + '\'',
                       list, {{"from", "unknown format '" + std::string(format) + '\''}});
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Findings findings;
  known->parse(text, context, findings);
  return findings.take();
}

void Findings::add(std::int64_t line, wire::ImportRecord record) {
  all_.push_back({.line = line, .number = number_, .record = std::move(record)});
}

void Findings::refuse(std::int64_t line, std::string problem) {
  all_.push_back({.line = line, .number = number_, .problem = std::move(problem)});
}

void Findings::attempt(std::int64_t line, const std::function<void()>& parse) {
  const auto before = all_.size();
  ++number_;
  try {
    parse();
  } catch (const error::Error& failure) {
    all_.resize(before);
    refuse(line, failure.hint().empty() ? failure.message()
                                        : failure.message() + " (" + failure.hint() + ')');
  }
}

Request to_request(std::vector<Parsed> parsed) {
  Request request;
  for (auto& found : parsed) {
    if (found.record) {
      (request.body += wire::encode(*found.record)) += '\n';
      request.places.push_back({found.line, found.number});
    } else {
      request.problems.push_back(std::move(found));
    }
  }
  return request;
}

void parse_jsonl(std::string_view text, const Context&, Findings& findings) {
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = util::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    findings.attempt(number, [&] { findings.add(number, wire::decode_import_record(line)); });
  }
}

}  // namespace taskman::transfer
