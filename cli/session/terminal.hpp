#pragma once
// The three standard streams of the process. Everything a command prints goes through here.

#include <string>
#include <string_view>

#include "common/util/reader.hpp"

namespace taskman::cli {

/// Whoever read our output has closed it: nothing is left to do, and that is no failure.
struct OutputClosed {};

/// Our output could not be written, as to a full disk.
struct OutputFailed {
  std::string reason;
};

/// Collects what goes to stdout and writes it in large pieces. One thread.
class Terminal {
 public:
  Terminal();

  bool out_is_terminal() const { return out_is_terminal_; }
  bool in_is_terminal() const;
  bool err_is_terminal() const;
  /// Of stdout; 80 when it does not say.
  std::size_t columns() const;

  /// Throws OutputClosed, OutputFailed.
  void print(std::string_view text);
  void flush();
  /// One line to stderr, after everything printed so far; failures there are nobody's business.
  void note(std::string_view line);

  util::Reader& in() { return in_; }

 private:
  bool out_is_terminal_;
  std::string out_;
  util::Reader in_;
};

}  // namespace taskman::cli
