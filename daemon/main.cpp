// taskmand: reads the command line, makes the daemon, waits for signals.

#include <unistd.h>

#include <csignal>
#include <iostream>
#include <optional>

#include "common/error/error.hpp"
#include "common/util/environment.hpp"
#include "common/util/standard_streams.hpp"
#include "common/util/version.hpp"
#include "daemon/daemon.hpp"
#include "daemon/flags.hpp"
#include "daemon/process.hpp"
#include "daemon/readiness.hpp"
#include "daemon/setup.hpp"

namespace taskman {
namespace {

using util::LogLevel;

// Whatever hangs at the end: the store is safe at any instant, and a supervisor waits.
constexpr unsigned kPatience = 5;  // seconds

/// What the process is made of, besides the daemon.
struct Program {
  Flags flags;
  util::Environment environment;
  config::Account account;
  Readiness readiness;
  sigset_t signals;
};

int exit_code(error::Code code) { return error::row(code).exit_code; }

int report(const error::Error& failure) {
  std::cerr << "taskmand: " << failure.message() << '\n';
  if (!failure.hint().empty()) std::cerr << "  " << failure.hint() << '\n';
  return exit_code(failure.code());
}

void reload(const Program& program, LogFile& log) {
  program.readiness.reloading();
  log.reopen();
  try {
    log.set_level(make_setup(program.flags, program.environment, program.account).log.level);
    log.write({LogLevel::kInfo, "settings read again"});
  } catch (const error::Error& failure) {
    log.write({LogLevel::kError,
               "the settings are wrong and stay as they were",
               {{"reason", failure.message()}}});
  }
  program.readiness.reloaded();
}

/// Returns at TERM or INT.
void wait(const Program& program, LogFile& log) {
  for (int number = 0; ::sigwait(&program.signals, &number) == 0;) {
    if (number != SIGHUP) return;
    reload(program, log);
  }
}

void serve(Program& program, const Setup& setup, LogFile& log) {
  const time::SystemClock clock;
  const time::SystemZone zone;
  util::SystemRandom random;
  std::optional<Daemon> daemon;
  daemon.emplace(setup.daemon, DaemonWorld{.environment = program.environment,
                                           .clock = clock,
                                           .zone = zone,
                                           .random = random,
                                           .log = log.as_log(),
                                           .exit = [] { ::kill(::getpid(), SIGTERM); }});
  log.write({LogLevel::kInfo,
             "ready",
             {{"version", std::string(util::kVersion)}, {"database", setup.daemon.database}}});
  program.readiness.ready();
  wait(program, log);
  ::alarm(kPatience);
  program.readiness.stopping();
  log.write({LogLevel::kInfo, "stopping"});
  const bool failed = daemon->failed();
  daemon.reset();
  log.write({LogLevel::kInfo, "stopped"});
  if (failed)
    throw error::Error(error::Code::kStorageUnavailable, "the store stopped writing",
                       "see the log");
}

/// What it prints is read by people and by `taskman restore`, which wants to know the second line.
void restore(const Program& program, const Setup& setup, LogFile& log) {
  const time::SystemClock clock;
  util::SystemRandom random;
  const std::string kept = store::restore(setup.daemon.database, *program.flags.restore,
                                          {.clock = &clock,
                                           .random = &random,
                                           .committed = {},
                                           .failed = {},
                                           .notice = {},
                                           .network_files = program.flags.network_files});
  log.write(
      {LogLevel::kInfo,
       "restored",
       {{"backup", *program.flags.restore}, {"database", setup.daemon.database}, {"kept", kept}}});
  std::cout << "restored " << setup.paths.database << '\n';
  if (!kept.empty()) std::cout << "kept " << kept << '\n';
  std::cout.flush();
}

int run(Program& program) {
  const time::SystemClock clock;
  std::optional<LogFile> log;
  try {
    const Setup setup = make_setup(program.flags, program.environment, program.account);
    make_folders(setup, program.account);
    log.emplace(setup.log, clock);
    for (const std::string& line : setup.notices) log->write({LogLevel::kWarning, line});
    if (program.flags.restore) {
      restore(program, setup, *log);
    } else {
      serve(program, setup, *log);
    }
    return 0;
  } catch (const error::Error& failure) {
    // A log on stderr has one reader, who would get it twice.
    if (log && log->is_file())
      log->write({LogLevel::kError, failure.message(), {{"hint", failure.hint()}}});
    program.readiness.failed(failure);
    return report(failure);
  }
}

int run_main(const std::vector<std::string>& arguments) {
  const Flags flags = parse_flags(arguments);
  if (flags.run == Flags::Run::kVersion)
    return std::cout << "taskmand " << util::kVersion << '\n', 0;
  if (flags.run == Flags::Run::kHelp) return std::cout << help_text(), 0;
  const sigset_t signals = take_signals();
  set_limits();
  const util::Environment environment = util::system_environment();
  std::vector<int> kept = passed_descriptors(environment);
  if (flags.ready_fd) kept.push_back(*flags.ready_fd);
  close_descriptors_except(kept);
  Program program{.flags = flags,
                  .environment = environment,
                  .account = config::system_account(),
                  .readiness = Readiness(flags.ready_fd.value_or(-1), environment),
                  .signals = signals};
  return run(program);
}

}  // namespace
}  // namespace taskman

int main(int argc, char** argv) {
  taskman::util::hold_standard_streams();
  try {
    return taskman::run_main({argv + 1, argv + argc});
  } catch (const taskman::error::Error& failure) {
    return taskman::report(failure);
  } catch (const std::exception& failure) {
    std::cerr << "taskmand: " << failure.what() << '\n';
    return 1;
  }
}
