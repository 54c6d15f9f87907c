// docs/errors.md is made from the error table; this test says when it is not.

#include <fstream>
#include <sstream>
#include <string>

#include "common/error/error.hpp"
#include "support/build_paths.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

std::string table_as_markdown() {
  std::string text =
      "# Errors\n\n"
      "One table gives every error its code, HTTP status and exit code. "
      "The API answers\n"
      "`application/problem+json` (RFC 9457) whose `type` ends in the code; `--json` prints the "
      "same code on stderr.\n"
      "A retry with the same idempotency key can help where it says so.\n\n"
      "| code | meaning | HTTP | exit | retry |\n| --- | --- | --- | --- | --- |\n";
  for (const auto& row : error::table()) {
    text += "| `" + std::string(row.slug) + "` | " + std::string(row.title) + " | " +
            std::to_string(row.http_status) + " | " + std::to_string(row.exit_code) + " | " +
            (row.retryable ? "yes" : "no") + " |\n";
  }
  return text;
}

TEST_CASE("docs/errors.md tells the error table") {
  std::ifstream file(std::string(kSourceDir) + "/docs/errors.md");
  std::ostringstream written;
  written << file.rdbuf();
  CHECK(written.str() == table_as_markdown());
}

}  // namespace
}  // namespace taskman::test
