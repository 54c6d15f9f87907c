#include "common/config/account.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <system_error>

namespace taskman::config {
namespace {

/// One field of this user's line of the password file; empty without such a line.
std::string from_password_file(uid_t uid, char* passwd::*field) {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  const int failure = ::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
  if (failure != 0 || found == nullptr || found->*field == nullptr) return {};
  return found->*field;
}

}  // namespace

Account system_account() {
  const uid_t uid = ::geteuid();
  std::error_code gone;
  return {.uid = uid,
          .home = [uid] { return from_password_file(uid, &passwd::pw_dir); },
          .name =
              [uid] {
                const std::string name = from_password_file(uid, &passwd::pw_name);
                return name.empty() ? std::to_string(uid) : name;
              },
          .working_folder = std::filesystem::current_path(gone).string()};
}

}  // namespace taskman::config
