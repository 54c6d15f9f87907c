#include "daemon/hooks/command_environment.hpp"

#include <array>

#include "common/util/environment.hpp"

namespace taskman::hooks {
namespace {

using namespace std::string_view_literals;

constexpr std::array kInherited{"HOME"sv, "PATH"sv,    "LANG"sv,  "LANGUAGE"sv, "LC_*"sv, "TZ"sv,
                                "USER"sv, "LOGNAME"sv, "SHELL"sv, "TMPDIR"sv,   "XDG_*"sv};

}  // namespace

std::span<const std::string_view> inherited_variables() { return kInherited; }

std::vector<std::string> command_environment(const std::string& url, const Delivery& delivery) {
  auto lines = util::environment_of(kInherited);
  // It names the socket, so that a `taskman` in the command reaches this daemon and starts none.
  if (!url.empty()) lines.push_back("TASKMAN_URL=" + url);
  lines.push_back("TASKMAN_HOOK_ID=" + std::to_string(delivery.hook.value));
  lines.push_back("TASKMAN_REV=" + std::to_string(delivery.rev));
  lines.push_back("TASKMAN_ACTOR=" + delivery.actor);
  return lines;
}

}  // namespace taskman::hooks
