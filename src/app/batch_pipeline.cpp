#include "app/batch_pipeline.h"

#include <memory>
#include <vector>

#include "sys/thread.h"

namespace riptide::app {

using std::chrono::steady_clock;

namespace {

/// Joined for one write, besides the line that reaches it.
constexpr std::size_t kPiece = std::size_t{1} << 20;

/// How many records the input had at least when the position was taken.
std::uint64_t records_known(const BatchPosition& position) {
    return position.beyond.empty() ? position.records : position.beyond.rbegin()->first + 1;
}

/// The digest of the records up to the one at `sequence`, where the position has kept it.
std::optional<std::uint64_t> digest_then(const BatchPosition& position, std::uint64_t sequence) {
    if (sequence + 1 == position.records) return position.digest;
    const auto found = position.beyond.find(sequence);
    if (found == position.beyond.end()) return std::nullopt;
    return found->second;
}

}  // namespace

// FNV-1a (Fowler, Noll, Vo): it shall notice another input, not withstand one made to deceive.
std::uint64_t digest_of(const io::Record& record, std::uint64_t before) {
    constexpr std::uint64_t kBasis = 0xcbf29ce484222325;
    constexpr std::uint64_t kPrime = 0x100000001b3;
    std::uint64_t digest = before ^ kBasis;
    const auto add = [&](std::uint64_t value) { digest = (digest ^ value) * kPrime; };
    const auto add_text = [&](const std::string& text) {
        for (const char c : text) add(static_cast<unsigned char>(c));
    };
    add_text(*record.origin.source);
    add(record.origin.record);
    add(record.origin.offset);
    if (const auto* file = std::get_if<io::PageFile>(&record.content)) add_text(file->name);
    return digest;
}

BatchPipeline::BatchPipeline(io::RecordSource& source, LineOutput& output, Process process,
                             PipelineLimits limits, BatchPosition start)
    : source_(source),
      output_(output),
      process_(std::move(process)),
      limits_(limits),
      start_(std::move(start)),
      position_(start_),
      committed_(steady_clock::now()) {}

Result<void> BatchPipeline::run() {
    {
        std::vector<std::unique_ptr<sys::Thread>> others;
        while (others.size() + 1 < limits_.jobs) {
            auto thread = sys::Thread::start("riptide-batch", [this] { work(); });
            if (!thread) break;  // those that there are do the work
            others.push_back(std::move(*thread));
        }
        work();
    }
    std::optional<Error> error;
    BatchPosition last;
    {
        const sys::MutexLock lock(mutex_);
        error = error_;
        last = position_;
    }
    if (!error) {
        if (auto committed = output_.commit(last); !committed) error = committed.error();
    }
    const sys::MutexLock lock(mutex_);
    finished_ = true;
    changed_.notify_all();
    if (error) return tl::unexpected(std::move(*error));
    return {};
}

void BatchPipeline::stop() {
    const sys::MutexLock lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
}

bool BatchPipeline::wait_finished(std::chrono::milliseconds timeout) {
    const auto until = steady_clock::now() + timeout;
    const sys::MutexLock lock(mutex_);
    while (!finished_) {
        if (changed_.wait_until(mutex_, until) == std::cv_status::timeout) return finished_;
    }
    return true;
}

BatchPosition BatchPipeline::position() const {
    const sys::MutexLock lock(mutex_);
    return position_;
}

bool BatchPipeline::has_too_many_errors() const {
    const sys::MutexLock lock(mutex_);
    return limits_.max_errors && errors_ > *limits_.max_errors;
}

void BatchPipeline::work() {
    while (std::optional<Taken> taken = take()) {
        FinishedLine line = process_(std::move(taken->record));
        put(taken->sequence, Ready{taken->digest, std::move(line)});
    }
}

bool BatchPipeline::wait_for_window(std::uint64_t sequence) {
    const sys::MutexLock lock(mutex_);
    while (!stopped_ && !has_room_locked(sequence)) changed_.wait(mutex_);
    return !stopped_;
}

/// There is room again without any record that is still to be taken, so nobody waits for ever:
/// records are taken in turn, so the one that is due was taken before any whose line waits for it,
/// and is finished and put back without asking for room. Then what waited is written, and who
/// writes it wakes those who wait here.
bool BatchPipeline::has_room_locked(std::uint64_t sequence) const {
    return sequence < position_.records + limits_.window && ready_bytes_ <= limits_.waiting.count;
}

void BatchPipeline::fail_run(std::string detail) {
    const sys::MutexLock lock(mutex_);
    fail_locked({ErrorClass::kUsage, std::move(detail)});
}

std::optional<BatchPipeline::Taken> BatchPipeline::take() {
    const sys::MutexLock lock(read_mutex_);
    // Who waits here for the window holds up only others that would wait, too.
    while (!exhausted_ && wait_for_window(next_)) {
        std::optional<io::Record> record = source_.next();
        const Error* error = record ? std::get_if<Error>(&record->content) : nullptr;
        if (!record || (error != nullptr && error->error_class == ErrorClass::kCancelled)) {
            exhausted_ = true;
            if (!record && next_ < records_known(start_)) {
                fail_run(
                    "cannot resume: the input has fewer records than it had; start anew, "
                    "without --resume");
            }
            break;
        }
        const std::uint64_t sequence = next_++;
        digest_ = digest_of(*record, digest_);
        if (const auto then = digest_then(start_, sequence); then && *then != digest_) {
            fail_run(
                "cannot resume: the input's records are not those that they were; start "
                "anew, without --resume");
            break;
        }
        if (sequence < start_.records || start_.beyond.contains(sequence)) continue;
        return Taken{sequence, digest_, std::move(*record)};
    }
    return std::nullopt;
}

void BatchPipeline::put(std::uint64_t sequence, Ready ready) {
    {
        const sys::MutexLock lock(mutex_);
        ready_bytes_ += ready.line.text.size();
        ready_.emplace(sequence, std::move(ready));
        if (writing_) return;
        writing_ = true;
    }
    write_ready();
}

/// A piece of the lines that are due; `position_` counts them as written.
void BatchPipeline::take_lines_locked(std::string& lines) {
    lines.clear();
    for (auto next = ready_.begin(); next != ready_.end() && lines.size() < kPiece;
         next = ready_.erase(next)) {
        if (limits_.order == LineOrder::kInput && next->first != position_.records) break;
        const FinishedLine& line = next->second.line;
        lines += line.text;
        ready_bytes_ -= line.text.size();
        ++position_.outcomes.at(static_cast<std::size_t>(line.outcome));
        if (line.outcome == Outcome::kFailed) ++errors_;
        position_.beyond.emplace(next->first, next->second.digest);
        advance_locked();
    }
    if (limits_.max_errors && errors_ > *limits_.max_errors) stopped_ = true;
}

/// Moves what follows without a gap from `beyond` into `records`.
void BatchPipeline::advance_locked() {
    while (!position_.beyond.empty() && position_.beyond.begin()->first == position_.records) {
        position_.digest = position_.beyond.begin()->second;
        position_.beyond.erase(position_.beyond.begin());
        ++position_.records;
    }
}

void BatchPipeline::fail_locked(Error error) {
    if (!error_) error_ = std::move(error);
    stopped_ = true;
    changed_.notify_all();
}

void BatchPipeline::write_ready() {
    std::string lines;
    for (;;) {
        std::optional<BatchPosition> due;
        {
            const sys::MutexLock lock(mutex_);
            if (!error_) take_lines_locked(lines);
            if (lines.empty() || error_) {
                writing_ = false;
                changed_.notify_all();
                return;
            }
            if (steady_clock::now() - committed_ >= limits_.commit_interval) {
                committed_ = steady_clock::now();
                due = position_;
            }
        }
        Result<void> written = output_.write(lines);
        if (written && due) written = output_.commit(*due);
        const sys::MutexLock lock(mutex_);
        if (!written) fail_locked(std::move(written.error()));
        changed_.notify_all();
    }
}

}  // namespace riptide::app
