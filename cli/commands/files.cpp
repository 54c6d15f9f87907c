#include "cli/commands/files.hpp"

#include <fmt/core.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "common/error/error.hpp"
#include "common/util/file.hpp"

namespace taskman::cli {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

[[noreturn]] void refuse(const std::string& doing, const std::string& name, int reason) {
  throw Error(reason == ENOSPC ? Code::kDiskFull : Code::kInvalidValue,
              fmt::format("cannot {} {}: {}", doing, name,
                          std::error_code(reason, std::generic_category()).message()));
}

[[noreturn]] void refuse_to_read(const std::string& what, const std::system_error& failure,
                                 const Bound& bound) {
  if (failure.code() != std::errc::file_too_large) refuse("read", what, failure.code().value());
  throw Error(
      Code::kPayloadTooLarge,
      fmt::format("{} has more than {}", what, size_text(static_cast<std::int64_t>(bound.bytes))),
      std::string(bound.hint));
}

}  // namespace

std::string absolute_path(Session& session, const std::string& name) {
  if (name.empty()) throw Error(Code::kInvalidValue, "the file's name is empty", "give a file");
  const fs::path path(name);
  if (path.is_absolute()) return path.lexically_normal().string();
  const std::string& folder = session.world().account.working_folder;
  if (folder.empty()) {
    throw Error(Code::kInvalidValue, fmt::format("{} is a file in a folder that is gone", name),
                "give the whole path");
  }
  return (fs::path(folder) / path).lexically_normal().string();
}

std::string read_input(Session& session, const std::string& name, const Bound& bound) {
  const std::string shown = name == "-" ? "stdin" : name;
  try {
    if (name == "-") return session.terminal().in().read_rest(bound.bytes);
    if (auto content = util::read_file(absolute_path(session, name), bound.bytes))
      return *std::move(content);
  } catch (const std::system_error& failure) {
    refuse_to_read(shown, failure, bound);
  }
  throw Error(Code::kNotFound, fmt::format("there is no file {}", name),
              "give the path of a file, or - to read stdin");
}

bool read_input_line(Session& session, std::string& line) {
  constexpr Bound kLine{4096, "give one thing a line"};
  try {
    return session.terminal().in().read_line(line, kLine.bytes);
  } catch (const std::system_error& failure) {
    const bool is_long = failure.code() == std::errc::file_too_large;
    refuse_to_read(is_long ? "a line of stdin" : "stdin", failure, kLine);
  }
}

void write_output(const std::string& path, std::string_view content) {
  std::error_code unknown;
  const auto kind = fs::status(path, unknown).type();
  try {
    if (kind == fs::file_type::regular || kind == fs::file_type::not_found)
      return util::replace_file(path, content);
  } catch (const std::system_error& failure) {
    refuse("write", path, failure.code().value());
  }
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size())).flush();
  if (!file) refuse("write", path, errno);
}

std::string size_text(std::int64_t bytes) {
  constexpr std::array kUnits{"KiB", "MiB", "GiB"};
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  auto amount = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; amount >= 1024 && unit + 1 < kUnits.size(); ++unit) amount /= 1024;
  const bool is_whole = amount == std::floor(amount);
  return fmt::format("{:.{}f} {}", amount, is_whole ? 0 : 1, kUnits.at(unit));
}

std::string count_text(std::int64_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

}  // namespace taskman::cli
