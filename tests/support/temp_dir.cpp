#include "support/temp_dir.hpp"

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace taskman::test {

TempDir::TempDir() {
  std::string name = (std::filesystem::temp_directory_path() / "taskman-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "cannot make " + name);
  }
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;  // a leftover folder is no reason to end the test program
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace taskman::test
