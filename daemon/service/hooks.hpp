#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/model/hook.hpp"
#include "common/util/random.hpp"
#include "common/wire/hooks.hpp"
#include "daemon/feed/subscription.hpp"
#include "daemon/service/service.hpp"

namespace taskman::service {

/// What is told of changes, for those who manage it; who tells is daemon/hooks. Owned by the
/// composition root; thread-safe.
class Hooks {
 public:
  struct Parts {
    util::Random& random;
    std::function<void()> changed;  ///< the table of hooks, or of dead letters, is another one
    /// How far a hook looked, which may be farther than what is stored.
    std::function<std::optional<std::int64_t>(model::HookId)> looked_up_to;
  };
  Hooks(const Base& base, Parts parts) : base_(base), parts_(std::move(parts)) {}

  /// Kind `hook.list` and `hook`.
  Reading list() const;
  Reading get(model::HookId id) const;
  /// Kind `dead_letter.list`, of one hook or of all.
  Reading dead_letters(std::optional<model::HookId> id) const;

  /// Kind `hook`: told of what happens from now on. The answer, and no other, has the secret.
  Answer add(const WriteRequest& request, const wire::NewHook& hook) const;
  /// Kind `hook`: as it was. What runs is ended.
  Answer remove(const WriteRequest& request, model::HookId id) const;
  /// A paused hook stands still and misses nothing.
  Answer pause(const WriteRequest& request, model::HookId id) const;
  Answer resume(const WriteRequest& request, model::HookId id) const;
  /// Its dead letters once more, and what failed last at once.
  Answer retry(const WriteRequest& request, model::HookId id) const;

 private:
  wire::HookView view(const model::Hook& hook, std::int64_t head) const;
  struct Deed {
    std::string_view verb;  ///< as on the command line
    model::HookId id;
  };
  Answer change(const WriteRequest& request, const Deed& deed,
                const std::function<void(store::WriteTx&, const model::Hook&)>& step) const;

  const Base base_;
  const Parts parts_;
};

/// What a hook is to be told of, as its words are understood now. Throws as select() does.
feed::Selection selection_of(store::ReadTx& tx, const Base& base, const model::Hook& hook);

}  // namespace taskman::service
