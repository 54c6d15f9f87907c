// Progress has numbers that are derived on the way out and ignored on the way in: totals and
// ratios.

#include <array>
#include <cstddef>

#include "common/wire/columns.hpp"

namespace taskman::wire {
namespace {

using model::Progress;
using Counts = std::array<std::int64_t, model::kStatusCount>;

std::int64_t at(const Counts& counts, model::Status status) {
  return counts[static_cast<std::size_t>(status)];
}

// What was dropped is no longer part of the work: neither done nor left to do.
std::int64_t total(const Counts& counts) {
  std::int64_t sum = 0;
  for (const auto count : counts) sum += count;
  return sum - at(counts, model::Status::kDropped);
}

void put_counts(std::string& out, const Counts& counts) {
  Object object(out);
  object("total", total(counts));
  const auto words = model::status_words();
  for (std::size_t i = 0; i < counts.size(); ++i) object(words[i].name, counts[i]);
  object.close();
}

void get_counts(const Field& field, Counts& counts) {
  const auto words = model::status_words();
  for (const auto& [name, value] : as_object(field.value, field.name)) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (words[i].name == name) get(Field{name, value}, counts[i]);
    }
  }
}

// Four decimals, cut rather than rounded: 1 means that everything is done.
void put_ratio(std::string& out, const Counts& counts) {
  constexpr std::int64_t kParts = 10'000;
  const auto whole = total(counts);
  if (whole == 0) {
    out += "null";
    return;
  }
  const auto parts = at(counts, model::Status::kDone) * kParts / whole;
  if (parts % kParts == 0) {
    put(out, parts / kParts);
    return;
  }
  auto digits = std::to_string(kParts + parts).substr(1);
  while (digits.back() == '0') digits.pop_back();
  (out += "0.") += digits;
}

template <auto Member>
constexpr Column<Progress> counts_column(std::string_view name) {
  return {name, [](std::string& out, const Progress& from) { put_counts(out, from.*Member); },
          [](const Progress& a, const Progress& b) { return a.*Member == b.*Member; },
          [](const Field& field, Progress& to) { get_counts(field, to.*Member); }};
}

void put_ratios(std::string& out, const Progress& from) {
  out += R"({"tasks":)";
  put_ratio(out, from.tasks);
  out += R"(,"points":)";
  put_ratio(out, from.points);
  out += '}';
}

constexpr std::array kProgress{
    counts_column<&Progress::tasks>("tasks"),
    counts_column<&Progress::points>("points"),
    column<Progress, &Progress::unestimated>("unestimated"),
    Column<Progress>{"done_ratio", put_ratios,
                     [](const Progress& a, const Progress& b) {
                       return a.tasks == b.tasks && a.points == b.points;
                     },
                     [](const Field&, Progress&) {}},
};

}  // namespace

std::span<const Column<Progress>> progress_columns() { return kProgress; }

}  // namespace taskman::wire
