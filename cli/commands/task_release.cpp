#include "cli/commands/move.hpp"

namespace taskman::cli {
namespace {

constexpr auto kFlags = join(kManyFlags, kFenceFlags);
constexpr std::array kExamples{
    Example{"taskman task release 42", "to do again, for whoever comes next"},
    Example{"taskman task release --where 'is:claimed assignee:bob' --yes",
            "what a colleague left behind"},
};

}  // namespace

extern const Command kTaskRelease;
constinit const Command kTaskRelease{.noun = "task",
                                     .verb = "release",
                                     .summary = "give claimed tasks back",
                                     .description =
                                         "A task that was in progress is to do again and assigned "
                                         "to nobody. Anybody may release it; "
                                         "with --if-claimed only who holds it, with --token only "
                                         "under that lease.",
                                     .args = kIdArgs,
                                     .flags = kFlags,
                                     .examples = kExamples,
                                     .output = Output::kThing,
                                     .answers = task_kind,
                                     .run = release_tasks};

}  // namespace taskman::cli
