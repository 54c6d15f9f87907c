#include "cli/commands/sprint_fields.hpp"

#include <filesystem>
#include <optional>
#include <system_error>

#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/time/zone_names.hpp"
#include "common/util/file.hpp"
#include "common/util/text.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

[[noreturn]] void refuse_nameless_zone(std::string_view where, std::string_view text) {
  throw error::Error(error::Code::kInvalidValue,
                     std::string(where) + " '" + util::escape_for_terminal(text) +
                         "' is not the name of a time zone, which a sprint needs",
                     "name one: --tz Europe/Berlin, or --tz UTC");
}

constexpr std::string_view kSystemZone = "/etc/localtime";

/// A link to the zone's file, or a copy of it; then Debian keeps the name beside it.
std::string system_zone_name() {
  std::error_code failed;
  if (!std::filesystem::exists(kSystemZone, failed)) return "UTC";  // what its clocks show
  auto target = std::filesystem::read_symlink(kSystemZone, failed).string();
  if (target.starts_with("..")) target = "/etc/" + target;
  if (failed) target = util::read_file("/etc/timezone").value_or("");
  const auto name = time::named_zone(util::trim(target));
  if (!name) refuse_nameless_zone(kSystemZone, target);
  return *name;
}

/// The IANA name behind TZ, else behind /etc/localtime.
std::string local_zone_name(Session& session) {
  const auto variable = session.world().environment("TZ");
  if (!variable || variable->ends_with(kSystemZone)) return system_zone_name();
  const auto name = time::named_zone(*variable);
  if (!name) refuse_nameless_zone("TZ", *variable);
  return *name;
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
