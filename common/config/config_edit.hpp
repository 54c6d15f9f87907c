#pragma once
// `config set`: one line of the user's file changes, all else stays as it was written.

#include <optional>
#include <string>
#include <string_view>

#include "common/config/settings.hpp"

namespace taskman::config {

/// Writes (or with none removes) the setting. The file is replaced as a whole or not at all, mode
/// 0600; folder and file are created. Throws kInvalidValue for a bad value or a file that is not
/// valid before, its lines of this setting apart; kStorageUnavailable.
void write_setting(const std::string& file, const Setting& setting,
                   const std::optional<std::string>& text);

/// Takes out the lines of a key, `timout` or `daemon.timout`, that need not be a setting; whether
/// there were any. Throws kStorageUnavailable.
bool drop_key(const std::string& file, std::string_view key);

/// What write_setting makes of `content`.
std::string edited(std::string_view content, const Setting& setting,
                   const std::optional<std::string>& text);

}  // namespace taskman::config
