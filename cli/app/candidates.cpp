#include "cli/app/candidates.hpp"

#include <array>
#include <utility>

#include "cli/client/api.hpp"
#include "cli/client/connection.hpp"
#include "common/config/settings.hpp"
#include "common/config/target.hpp"
#include "common/model/changeset.hpp"
#include "common/model/vocabulary.hpp"
#include "common/util/text.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/paths.hpp"

namespace taskman::app {
namespace {

/// Longer is felt at the keyboard; an idle daemon answers in two.
constexpr std::chrono::milliseconds kMoment{100};

Candidates of_vocabulary(std::span<const model::Word> words) {
  Candidates candidates;
  for (const auto& word : words)
    candidates.push_back({std::string(word.name), std::string(word.meaning)});
  return candidates;
}

std::string ask_daemon(const std::string& socket, const std::string& target) {
  const auto deadline = client::Deadline::after(kMoment);
  auto connection = client::Connection::open(socket, deadline);
  if (!connection) return {};
  connection->send({.method = "GET", .target = target, .headers = {}, .body = {}}, deadline);
  const auto answer = connection->read_answer(deadline);
  return answer.status == 200 ? answer.body : std::string();
}

}  // namespace

Candidates Source::ask(std::string_view kind, std::string_view prefix) const {
  try {
    std::vector<config::Given> given;
    if (url_) given.push_back({config::Key::kUrl, *url_, "--url"});
    const auto settings = config::load_settings(world_.environment, world_.account, given);
    const auto target = config::find_target(settings, world_.environment, world_.account);
    if (target.remote) return {};
    const auto body = ask_daemon(
        target.paths.socket,
        std::string(wire::kComplete) +
            client::query_text({{"kind", std::string(kind)}, {"prefix", std::string(prefix)}}));
    Candidates candidates;
    if (body.empty()) return candidates;
    for (const auto& item : wire::split_array(wire::decode_envelope(body).data))
      candidates.push_back(wire::decode_candidate(item));
    return candidates;
  } catch (...) {
    return {};  // a completion has nobody to complain to
  }
}

Candidates statuses() { return of_vocabulary(model::status_words()); }
Candidates priorities() { return of_vocabulary(model::priority_words()); }
Candidates sprint_states() { return of_vocabulary(model::sprint_state_words()); }

Candidates dates() {
  static constexpr std::array<std::array<std::string_view, 2>, 17> kDates{{
      {"today", ""},
      {"tomorrow", ""},
      {"mon", "the next Monday"},
      {"tue", ""},
      {"wed", ""},
      {"thu", ""},
      {"fri", ""},
      {"sat", ""},
      {"sun", ""},
      {"eow", "Sunday"},
      {"eom", "end of month"},
      {"eoy", "end of year"},
      {"+1d", "in a day"},
      {"+3d", "in 3 days"},
      {"+1w", "in a week"},
      {"+2w", "in 2 weeks"},
      {"+1m", "in a month"},
  }};
  Candidates candidates;
  for (const auto& [word, meaning] : kDates)
    candidates.push_back({std::string(word), std::string(meaning)});
  return candidates;
}

Candidates settings() {
  Candidates candidates;
  for (const auto& row : config::settings())
    candidates.push_back({std::string(row.name), std::string(row.meaning)});
  return candidates;
}

Candidates change_types() {
  Candidates candidates{{"*", "everything"}};
  std::string_view family;
  for (const auto name : model::change_type_names()) {
    const auto begin = name.substr(0, name.find('.'));
    if (begin != std::exchange(family, begin)) {
      candidates.push_back({std::string(begin) + ".*", "every change of a " + std::string(begin)});
    }
    candidates.push_back({std::string(name), ""});
  }
  return candidates;
}

Candidates fitting(Candidates candidates, std::string_view prefix, std::string_view before) {
  std::erase_if(candidates, [&](const Candidate& each) {
    return !util::equals_ignoring_case(std::string_view(each.value).substr(0, prefix.size()),
                                       prefix);
  });
  for (auto& each : candidates) each.value.insert(0, before);
  return candidates;
}

}  // namespace taskman::app
