#include "own_daemon.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "common/wire/json.hpp"
#include "support/build_paths.hpp"

namespace taskman::test {

Command DaemonFolder::command(const std::string& name, const std::vector<std::string>& more) const {
  Command command{.argv = {std::string(kBinDir) + "/taskmand", "--ready-fd", "1", "--db",
                           (folder_ / (name + ".db")).string(), "--socket",
                           (folder_ / (name + ".sock")).string(), "--log",
                           (folder_ / (name + ".log")).string()},
                  .environment = environment()};
  command.argv.insert(command.argv.end(), more.begin(), more.end());
  return command;
}

Environment DaemonFolder::environment() const {
  const std::string home = folder_.path().string();
  Environment environment{
      {"HOME", home}, {"XDG_RUNTIME_DIR", home}, {"PATH", "/usr/bin:/bin"}, {"TZ", "UTC"}};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) environment.emplace(name, value);
  }
  return environment;
}

std::string DaemonFolder::log(const std::string& name) const {
  std::ifstream file(folder_ / (name + ".log"));
  return {std::istreambuf_iterator<char>(file), {}};
}

StartFailure run_failing(const Command& command) {
  const Finished finished = run(command);
  const std::string start = "error ";
  if (!finished.out.starts_with(start))
    throw std::runtime_error("said: " + finished.out + finished.err);
  const std::string error = wire::field_text(finished.out.substr(start.size()), "error").value();
  const auto field = [&](std::string_view name) {
    return wire::field_text(error, name).value_or("");
  };
  return {.code = field("code"),
          .message = field("message"),
          .hint = field("hint"),
          .exit_code = finished.exit_code,
          .err = finished.err};
}

HttpRequest new_task(const std::string& title) {
  return {.method = "POST",
          .target = "/api/v1/tasks",
          .headers = {{"Content-Type", "application/json"}},
          .body = wire::object_of({{"title", wire::quote(title)}})};
}

}  // namespace taskman::test
