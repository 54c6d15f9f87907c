#include <array>

#include "cli/commands/origins.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "NAME",
        .arity = Arity::kOptional,
        .complete = Complete::kSetting,
        .help = "only this setting's value"},
};
constexpr std::array kExamples{
    Example{"taskman config show", "every setting, its value, who said so"},
    Example{"taskman config show timeout", "the value alone"},
    Example{"taskman config show --json", "for programs"},
};

int run(Session& session, const Invocation& invocation) {
  const auto name = invocation.first("NAME");
  if (!name) {
    return print_list(session, invocation,
                      arranged(invocation, setting_list(setting_items(session)), setting_kind()),
                      setting_kind());
  }
  const auto item = setting_item(session, config::find_setting(*name).key);
  const bool bare = session.mode() == Mode::kHuman || session.mode() == Mode::kTabs;
  if (!bare || invocation.has("fields"))
    return print_list(session, invocation, setting_list({wire::encode(item)}), setting_kind());
  session.print(item.value.value_or("") + "\n");
  return 0;
}

}  // namespace

extern const Command kConfigShow;
constinit const Command kConfigShow{.noun = "config",
                                    .verb = "show",
                                    .summary = "show settings",
                                    .args = kArgs,
                                    .examples = kExamples,
                                    .output = Output::kList,
                                    .answers = setting_kind,
                                    .needs = Needs::kNothing,
                                    .run = run};

}  // namespace taskman::cli
