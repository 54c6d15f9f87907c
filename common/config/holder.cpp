#include "common/config/holder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>

#include "common/util/fd.hpp"
#include "common/util/text.hpp"

namespace taskman::config {
namespace {

constexpr std::string_view kProcess = "process ";
constexpr std::string_view kOn = " on ";

}  // namespace

std::string to_text(const Holder& holder) {
  if (holder.pid <= 0) return "another process";
  const std::string process = fmt::format("{}{}", kProcess, holder.pid);
  return holder.socket.empty() ? process : fmt::format("{}{}{}", process, kOn, holder.socket);
}

Holder parse_holder(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (!text.starts_with(kProcess)) return {};
  text.remove_prefix(kProcess.size());
  const auto on = text.find(kOn);
  Holder holder{.pid = util::parse_integer(text.substr(0, on)).value_or(0), .socket = {}};
  if (on != text.npos) holder.socket = text.substr(on + kOn.size());
  return holder;
}

std::optional<Holder> find_holder(const std::string& lock) {
  const util::Fd fd(::open(lock.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd || ::flock(fd.get(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  std::array<char, 512> text{};
  const auto length = ::pread(fd.get(), text.data(), text.size(), 0);
  if (length <= 0) return Holder{};
  return parse_holder({text.data(), static_cast<std::size_t>(length)});
}

}  // namespace taskman::config
