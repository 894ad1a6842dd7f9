/// The order and the bounds of a batch: who reads, who works, who writes.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/batch_checkpoint.h"
#include "app/batch_plan.h"
#include "io/record.h"
#include "sys/mutex.h"

namespace riptide::app {

/// Where lines go. Called by one thread at a time.
class LineOutput {
public:
    virtual ~LineOutput() = default;
    /// Error: `kIo`, which ends the batch.
    virtual Result<void> write(std::string_view lines) = 0;
    /// All lines of `position` were written: makes them durable, where that is possible.
    virtual Result<void> commit(const BatchPosition& position) = 0;
};

/// What became of a record.
struct FinishedLine {
    std::string text;  ///< With its line feed.
    Outcome outcome = Outcome::kOk;
};

struct PipelineLimits {
    std::uint32_t jobs = 1;
    LineOrder order = LineOrder::kInput;
    /// Records that may be ahead of the first whose line is not written.
    std::uint32_t window = 1;
    /// Lines that are finished and wait. Where they are more than that, no records are taken; those
    /// that were taken, `jobs` at most, are finished and add theirs.
    Bytes waiting = Bytes::mib(256);
    std::chrono::milliseconds commit_interval = std::chrono::seconds(5);
    std::optional<std::uint64_t> max_errors;
};

/// Extends the digest of the records before by where this one lies.
std::uint64_t digest_of(const io::Record& record, std::uint64_t before);

/// `jobs` threads take records, one at a time, turn each into a line outside of all locks, and put
/// it back; who brings the line that is due writes all that are ready. So there is no thread but
/// the workers, nothing is copied between queues, and a slow output or input holds up all.
class BatchPipeline {
public:
    using Process = std::function<FinishedLine(io::Record)>;

    /// `source` and `output` must outlive it; `process` is called by many threads. Goes on behind
    /// `start`, whose records are read and passed over.
    BatchPipeline(io::RecordSource& source, LineOutput& output, Process process,
                  PipelineLimits limits, BatchPosition start);

    /// Returns when all is written and committed, or after `stop`, or with what ended it: `kIo` of
    /// the output, or `kUsage` when the records of `start` are not those that they were.
    Result<void> run();

    /// Takes no more records; those that were taken are finished and committed. Thread-safe.
    void stop();

    /// Waits until `run` is about to return, or for `timeout`. True in the first case. Thread-safe.
    bool wait_finished(std::chrono::milliseconds timeout);

    [[nodiscard]] BatchPosition position() const;
    [[nodiscard]] bool has_too_many_errors() const;

private:
    struct Taken {
        std::uint64_t sequence;
        std::uint64_t digest;
        io::Record record;
    };
    struct Ready {
        std::uint64_t digest;
        FinishedLine line;
    };

    void work();
    std::optional<Taken> take();
    /// Waits for its place in the window. False when no more shall be read.
    bool wait_for_window(std::uint64_t sequence);
    [[nodiscard]] bool has_room_locked(std::uint64_t sequence) const RIPTIDE_REQUIRES(mutex_);
    void fail_run(std::string detail);
    void put(std::uint64_t sequence, Ready ready);
    void write_ready();
    void take_lines_locked(std::string& lines) RIPTIDE_REQUIRES(mutex_);
    void advance_locked() RIPTIDE_REQUIRES(mutex_);
    void fail_locked(Error error) RIPTIDE_REQUIRES(mutex_);

    io::RecordSource& source_;
    LineOutput& output_;
    const Process process_;
    const PipelineLimits limits_;
    const BatchPosition start_;

    sys::Mutex read_mutex_;
    std::uint64_t next_ RIPTIDE_GUARDED_BY(read_mutex_) = 0;
    std::uint64_t digest_ RIPTIDE_GUARDED_BY(read_mutex_) = 0;
    /// Nothing more is to be read: the source is at its end, or reading was stopped.
    bool exhausted_ RIPTIDE_GUARDED_BY(read_mutex_) = false;

    mutable sys::Mutex mutex_;
    std::condition_variable_any changed_;
    std::map<std::uint64_t, Ready> ready_ RIPTIDE_GUARDED_BY(mutex_);
    std::uint64_t ready_bytes_ RIPTIDE_GUARDED_BY(mutex_) = 0;
    BatchPosition position_ RIPTIDE_GUARDED_BY(mutex_);
    std::uint64_t errors_ RIPTIDE_GUARDED_BY(mutex_) = 0;
    std::optional<Error> error_ RIPTIDE_GUARDED_BY(mutex_);
    bool writing_ RIPTIDE_GUARDED_BY(mutex_) = false;
    bool stopped_ RIPTIDE_GUARDED_BY(mutex_) = false;
    bool finished_ RIPTIDE_GUARDED_BY(mutex_) = false;
    std::chrono::steady_clock::time_point committed_ RIPTIDE_GUARDED_BY(mutex_);
};

}  // namespace riptide::app
