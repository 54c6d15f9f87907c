#include "cli/commands/sprint_fields.hpp"

#include <unistd.h>

#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

/// The IANA name behind TZ or /etc/localtime; UTC when neither tells.
std::string local_zone_name(Session& session) {
  const auto variable = session.world().environment("TZ");
  if (variable)
    return variable->find('/') != std::string::npos && variable->front() != ':' &&
                   variable->front() != '/'
               ? *variable
               : "UTC";
  std::string target(512, '\0');
  const auto length = ::readlink("/etc/localtime", target.data(), target.size());
  target.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  constexpr std::string_view kFolder = "zoneinfo/";
  const auto at = target.find(kFolder);
  const std::string name = at == std::string::npos ? "" : target.substr(at + kFolder.size());
  return name.empty() || name.starts_with("Etc/") ? "UTC" : name;
}

std::optional<util::Date> day_of(Session& session, std::string_view flag, const std::string& word) {
  const auto given = unless_none(word);
  return given ? std::optional(parse_day(session, flag, *given)) : std::nullopt;
}

std::optional<std::int64_t> capacity_of(const std::string& word) {
  const auto given = unless_none(word);
  return given ? std::optional(parse_number("--capacity", *given)) : std::nullopt;
}

}  // namespace

model::SprintFields new_sprint(Session& session, const Invocation& invocation, std::string name) {
  model::SprintFields fields{.name = std::move(name), .project = project_of(session, invocation)};
  fields.goal = invocation.value("goal").value_or("");
  fields.tz = invocation.value("tz").value_or(local_zone_name(session));
  if (const auto text = invocation.value("start")) fields.start = day_of(session, "--start", *text);
  if (const auto text = invocation.value("end")) fields.end = day_of(session, "--end", *text);
  if (const auto text = invocation.value("capacity")) fields.capacity = capacity_of(*text);
  return fields;
}

model::SprintPatch sprint_edit(Session& session, const Invocation& invocation) {
  model::SprintPatch patch{.name = invocation.value("name"),
                           .goal = invocation.value("goal"),
                           .tz = invocation.value("tz")};
  if (const auto text = invocation.value("move-to")) patch.project = unless_none(*text);
  if (const auto text = invocation.value("start")) patch.start = day_of(session, "--start", *text);
  if (const auto text = invocation.value("end")) patch.end = day_of(session, "--end", *text);
  if (const auto text = invocation.value("capacity")) patch.capacity = capacity_of(*text);
  if (wire::encode(patch) == "{}")
    throw error::Error(error::Code::kUsage, "nothing to change",
                       "name a field: --goal, --end, --name, …");
  return patch;
}

client::Call sprint_call(Session& session, const Invocation& invocation, std::string_view method,
                         std::string_view tail, std::string body) {
  const std::string path = wire::sprint_path(invocation.first("S").value_or("current"), tail);
  client::Call call = method == "GET" ? client::Call{.path = path}
                                      : write_call(invocation, method, path, std::move(body));
  if (const auto project = project_of(session, invocation))
    call.query.emplace_back("project", *project);
  return call;
}

}  // namespace taskman::cli
