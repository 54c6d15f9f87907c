#include "daemon/http/routes/user_names.hpp"

#include <pwd.h>
#include <unistd.h>

#include <map>
#include <vector>

#include "common/util/guarded.hpp"

namespace taskman::http {
namespace {

constexpr std::size_t kMaxEntry = 16 * 1024;

std::string look_up(std::uint32_t uid) {
  std::vector<char> buffer(kMaxEntry);
  passwd entry{};
  passwd* found = nullptr;
  const int failed = ::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
  if (failed != 0 || found == nullptr || *found->pw_name == '\0') return std::to_string(uid);
  return found->pw_name;
}

}  // namespace

std::string user_name(std::uint32_t uid) {
  // Reading the user database costs more than the rest of a small request.
  static util::Guarded<std::map<std::uint32_t, std::string>> names;
  return names.with([uid](auto& known) {
    const auto found = known.find(uid);
    return found != known.end() ? found->second : known.emplace(uid, look_up(uid)).first->second;
  });
}

}  // namespace taskman::http
