#include <array>

#include "cli/commands/origins.hpp"
#include "cli/commands/settings_file.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "NAME", .complete = Complete::kSetting, .help = "as in taskman config show"},
    Arg{.name = "VALUE", .complete = Complete::kSettingValue, .help = "the new value"},
};
constexpr std::array kExamples{
    Example{"taskman config set actor ann", "who you are in the change log"},
    Example{"taskman config set daemon.log_level debug", "of the daemon, from its next start on"},
};

int run(Session& session, const Invocation& invocation) {
  return change_setting(session, invocation.first("NAME").value(), invocation.first("VALUE"));
}

}  // namespace

extern const Command kConfigSet;
constinit const Command kConfigSet{
    .noun = "config",
    .verb = "set",
    .summary = "change a setting in your file",
    .description = "Everything else in the file stays as it was written.",
    .args = kArgs,
    .examples = kExamples,
    .answers = setting_kind,
    .needs = Needs::kNothing,
    .run = run};

}  // namespace taskman::cli
