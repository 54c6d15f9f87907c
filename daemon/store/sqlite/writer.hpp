#pragma once
// The one place that writes: one batch at a time, on the thread of a caller who comes while nothing
// is written, else on a thread of its own. Owns the queue and the committer; every method but the
// constructor and destructor may be called from any thread.

#include <functional>
#include <memory>
#include <thread>

#include "daemon/store/sqlite/batch_queue.hpp"
#include "daemon/store/sqlite/committer.hpp"

namespace taskman::store::sqlite {

class Writer {
 public:
  explicit Writer(std::unique_ptr<Committer> committer);
  ~Writer();

  model::Cursor write(const std::function<void(WriteTx&)>& change, Commit commit);
  /// Runs `chore` alone with the connection that writes, outside of any transaction.
  void run(const std::function<void(Connection&)>& chore);
  /// Finishes what was accepted, merges the log, ends the thread. True for a clean end. Once.
  bool close();

  std::int64_t waiting() const { return queue_.waiting(); }

 private:
  void loop();
  void wait_for(Job& job);
  void perform(Batch& batch);

  BatchQueue queue_;
  std::unique_ptr<Committer> committer_;  ///< theirs who have a batch out
  std::thread thread_;                    ///< last: it uses the members above
};

}  // namespace taskman::store::sqlite
