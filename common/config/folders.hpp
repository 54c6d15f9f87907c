#pragma once
// Folders that only their user may enter.

#include <string>

#include "common/config/account.hpp"

namespace taskman::config {

/// Creates the folder, and those above it, mode 0700, where missing. Throws kStorageUnavailable
/// with the reason.
void make_folder(const std::string& path);

/// make_folder, and then refuses (kStorageUnavailable) what is not a real folder of this user's
/// that nobody else may enter: others could have made it first in /tmp. Takes away group's and
/// others' permissions.
void make_private_folder(const std::string& path, const Account& account);

/// The folder of a socket, database or log. One of our own that others could get at (of sockets, in
/// /tmp and /var/tmp) is made private; one that somebody chose may be shared on purpose and stays
/// as it is.
void make_folder_for(const std::string& file, const Account& account);

/// Everything before the last `/`; `/` for a file there.
std::string folder_of(const std::string& path);

}  // namespace taskman::config
