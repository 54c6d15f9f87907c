#include "daemon/store/sqlite/writer.hpp"

#include <pthread.h>

#include <exception>
#include <utility>

#include "common/util/blocking.hpp"

namespace taskman::store::sqlite {

Writer::Writer(std::unique_ptr<Committer> committer)
    : committer_(std::move(committer)), thread_([this] { loop(); }) {
  pthread_setname_np(thread_.native_handle(), "store-writer");
}

Writer::~Writer() { close(); }

model::Cursor Writer::write(const std::function<void(WriteTx&)>& change, Commit commit) {
  Job job{.change = &change, .commit = commit};
  wait_for(job);
  return job.head;
}

void Writer::run(const std::function<void(Connection&)>& chore) {
  Job job{.chore = &chore};
  wait_for(job);
}

void Writer::wait_for(Job& job) {
  const auto place = queue_.add(job);
  {
    const util::Blocking waiting;
    if (place.leads) {
      perform(*place.batch);
      queue_.done(committer_->is_untidy());
    } else {
      place.batch->wait();
    }
  }
  if (job.failure != nullptr) std::rethrow_exception(job.failure);
}

bool Writer::close() {
  queue_.stop();
  if (thread_.joinable()) thread_.join();
  const auto committer = std::exchange(committer_, nullptr);
  return committer != nullptr && committer->close();
}

void Writer::perform(Batch& batch) {
  committer_->run(batch.jobs);
  committer_->run_chores(batch.jobs);
  // Counted before anybody wakes: whoever asks after his answer is not counted as waiting.
  queue_.answered(batch.jobs.size());
  batch.answer();
}

void Writer::loop() {
  while (const auto batch = queue_.take()) {
    perform(*batch);
    committer_->tidy();
    queue_.done();
  }
}

}  // namespace taskman::store::sqlite
