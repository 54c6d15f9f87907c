#include "cli/commands/consumer.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "common/config/folders.hpp"
#include "common/error/error.hpp"
#include "common/model/changeset.hpp"
#include "common/util/file.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/views.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

constexpr std::size_t kLongestName = 100;

/// It becomes the name of a file.
bool is_name(std::string_view name) {
  constexpr std::string_view kAlso = "-_.";
  return !name.empty() && name.size() <= kLongestName && name.front() != '.' &&
         std::ranges::all_of(name, [&](char each) {
           return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                  (each >= '0' && each <= '9') || kAlso.find(each) != kAlso.npos;
         });
}

std::string folder_for(Session& session) {
  const auto health = session.api().get(std::string(wire::kHealth));
  const std::string folder =
      session.target().paths.state + "/consumers/" + wire::decode_health(health.data).store;
  config::make_folder(folder);
  return folder;
}

/// Beside the file, under a name that no consumer can have: the file itself is replaced.
util::Fd lock(const std::string& folder, const std::string& name) {
  const std::string file = folder + "/." + name + ".lock";
  util::Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (fd && ::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) return fd;
  if (fd && errno == EWOULDBLOCK) {
    throw Error(Code::kConflict, "another process reads as consumer " + name,
                "wait for its end, or give this one a name of its own");
  }
  throw Error(Code::kStorageUnavailable, "cannot lock " + file + ": " + std::strerror(errno));
}

}  // namespace

Consumer::Consumer(Session& session, const std::string& name) {
  if (!is_name(name)) {
    throw Error(Code::kInvalidValue,
                "--consumer: '" + util::escape_for_terminal(name) + "' is no name",
                "write letters, digits, '-', '_' and '.', at most 100");
  }
  const std::string folder = folder_for(session);
  file_ = folder + "/" + name;
  lock_ = lock(folder, name);
  const auto kept = util::read_file(file_);
  if (!kept) return;
  cursor_ = std::string(util::trim(*kept));
  if (!model::parse_cursor(*cursor_)) {
    throw Error(Code::kConflict, "there is no cursor in " + file_,
                "give one with --since, or remove the file to begin with the oldest change");
  }
}

void Consumer::keep(const std::string& cursor) {
  if (cursor == cursor_) return;
  try {
    util::replace_file(file_, cursor + "\n");
  } catch (const std::system_error& failure) {
    throw Error(Code::kStorageUnavailable,
                std::string("cannot keep the consumer's position: ") + failure.what());
  }
  cursor_ = cursor;
}

}  // namespace taskman::cli
