#pragma once

#include <span>
#include <string_view>

namespace taskman::store::sqlite {

/// One step of the schema, embedded at build from migrations/NNNN_name.sql. A landed step never
/// changes.
struct Migration {
  int number;
  std::string_view name;
  std::string_view sql;
};

/// All steps in order; numbers are dense and start at 1 (the build refuses a gap). Constant, any
/// thread.
std::span<const Migration> migrations();

}  // namespace taskman::store::sqlite
