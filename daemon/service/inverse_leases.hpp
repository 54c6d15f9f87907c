#pragma once
// What leases have to do with taking a change of a task back: one that is over does not come back,
// and what the task was only because somebody held it, it is not without them. Internal to
// inverse.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/service/inverse.hpp"
#include "daemon/service/later_changes.hpp"
#include "daemon/service/lease_deeds.hpp"

namespace taskman::service {

enum class Way { kCreated, kUpdated, kDeleted, kOther };

/// What is looked at in one thing once it is known who changed it since.
struct Watched {
  Thing thing;
  Way way = Way::kOther;
  bool is_there = false;
  std::vector<std::string> fields;    ///< that go back
  std::vector<std::string> unlike;    ///< whose values are not what the entry told
  std::optional<LeaseMove> move;      ///< of the entry
  std::optional<model::Lease> under;  ///< the task was held so when the entry was made

  bool has(std::string_view field) const;
  void drop(std::string_view field);
};

/// Of the tasks of one entry. Used inside one closure, on its thread.
class InverseLeases {
 public:
  using Step = InverseStep<model::Task>;

  explicit InverseLeases(store::ReadTx& tx, const InverseOf& request);

  /// Notes what the entry did to a lease, or under one. The claim of a run that is over goes back
  /// with it.
  void plan(Step& step, Watched& watched, const wire::Frame::Item& item) const;
  /// Before obstacles are looked for: what is over is no part of what goes back.
  void leave_what_is_over(Step& step, Watched& watched, const LaterChanges& later) const;
  /// When nothing is in the way.
  void settle(Step& step, const Watched& watched, const LaterChanges& later) const;

 private:
  bool is_over(const LeaseMove& move, const LaterChanges& later) const;
  bool cannot_come_back(const model::Lease& lease) const;
  void undo_claim(Step& step, Watched& watched, const wire::Frame::Item& claim) const;
  void bring_back(Step& step, std::int64_t told) const;
  void leave_to_nobody(Step& step, const Watched& watched, const LaterChanges& later) const;

  store::ReadTx& tx_;
  const InverseOf& request_;
  const bool is_renewal_;
  std::map<model::TaskId, model::Lease> under_;
};

}  // namespace taskman::service
