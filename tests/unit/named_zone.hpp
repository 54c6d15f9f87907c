#pragma once

#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>

#include "common/time/zone.hpp"

namespace taskman::test {

/// The system's zone as it is with TZ set to `rule`, until this goes. POSIX rules need no zone
/// files.
class NamedZone {
 public:
  explicit NamedZone(const std::string& rule) {
    if (const char* const before = std::getenv("TZ")) before_ = before;
    ::setenv("TZ", rule.c_str(), 1);
    ::tzset();
  }
  ~NamedZone() {
    if (before_) {
      ::setenv("TZ", before_->c_str(), 1);
    } else {
      ::unsetenv("TZ");
    }
    ::tzset();
  }
  NamedZone(const NamedZone&) = delete;
  NamedZone& operator=(const NamedZone&) = delete;

  const time::Zone& zone() const { return zone_; }

 private:
  std::optional<std::string> before_;
  time::SystemZone zone_;
};

/// Clocks go forward on the last Sunday of March at 02:00, back on the last of October at 03:00.
inline constexpr auto kBerlin = "CET-1CEST,M3.5.0,M10.5.0/3";
/// Clocks go forward at midnight of the first Sunday of November, so that day has no 00:00; back at
/// midnight of the third Sunday of February.
inline constexpr auto kSaoPaulo = "<-03>3<-02>,M11.1.0/0,M2.3.0/0";

}  // namespace taskman::test
