#include <array>

#include "cli/commands/origins.hpp"
#include "cli/commands/settings_file.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "NAME", .complete = Complete::kSetting, .help = "as in taskman config show"},
};
constexpr std::array kExamples{
    Example{"taskman config unset timeout", "back to the default"},
};

int run(Session& session, const Invocation& invocation) {
  return change_setting(session, invocation.first("NAME").value(), std::nullopt);
}

}  // namespace

extern const Command kConfigUnset;
constinit const Command kConfigUnset{.noun = "config",
                                     .verb = "unset",
                                     .summary = "take a setting out of your file",
                                     .args = kArgs,
                                     .examples = kExamples,
                                     .answers = setting_kind,
                                     .needs = Needs::kNothing,
                                     .run = run};

}  // namespace taskman::cli
