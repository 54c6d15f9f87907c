#include <array>

#include "cli/commands/origins.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman where", "every path and setting, and who said so"},
    Example{"taskman where --json | jq -r '.data[] | select(.name == \"database\").value'",
            "one of them"},
};

int run(Session& session, const Invocation& invocation) {
  Items items = path_items(session);
  for (auto& setting : setting_items(session)) items.push_back(std::move(setting));
  return print_list(session, invocation, arranged(invocation, setting_list(items), setting_kind()),
                    setting_kind());
}

}  // namespace

extern const Command kWhere;
constinit const Command kWhere{
    .noun = "",
    .verb = "where",
    .summary = "say where everything is and where every setting came from",
    .description = "First paths, then settings. Starts nothing, asks nobody.",
    .examples = kExamples,
    .output = Output::kList,
    .answers = setting_kind,
    .needs = Needs::kNothing,
    .run = run};

}  // namespace taskman::cli
