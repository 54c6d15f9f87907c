#pragma once
// What a commit's message says about tasks, in its trailers: `Closes: #42`.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::git {

enum class Act { kClose, kMention };

struct Mention {
  std::string trailer;  ///< as it is written: `Closes`
  Act act = Act::kClose;
  std::int64_t task = 0;
  bool operator==(const Mention&) const = default;
};

struct Mentions {
  std::vector<Mention> tasks;        ///< each task once; closing it outweighs mentioning it
  std::vector<std::string> unclear;  ///< `Closes: 42`, `Closes: #1abc`, `Closes:`: almost tasks
};

/// Of trailers, one a line, as git gives them. `Closes` and `Fixes` close, `Refs` mentions; other
/// trailers, and words in them that are not `#42`, are other people's.
Mentions mentions_of(std::string_view trailers);

/// Of a message, which may hold git's comments and a diff below its scissors: git knows them.
Mentions mentions_in_message(std::string_view message);

}  // namespace taskman::git
