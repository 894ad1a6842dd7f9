#include "sys/log.h"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <condition_variable>
#include <deque>
#include <span>
#include <string>
#include <utility>

#include "sys/mutex.h"
#include "sys/thread.h"

namespace riptide::sys {
namespace {

/// At most 4 MiB of lines, and usually some 200 KiB.
constexpr std::size_t kQueue = 1024;
constexpr std::chrono::milliseconds kPatienceAtEnd{1000};
/// Of lines, not to be waited with any longer.
constexpr std::size_t kMany = kQueue / 2;
/// From the first line until it is written, with those that have come meanwhile: to wake the thread
/// for each line costs more than the line.
constexpr std::chrono::milliseconds kGather{10};
/// How often a writer that nobody reads looks whether it is to end.
constexpr int kPollMilliseconds = 100;

}  // namespace

struct Log::Impl {
    Impl(int fd, LogLevel least_level, LogFormat line_format)
        : descriptor(fd), format(line_format), least(least_level) {}

    void run();
    void wait_for_lines() RIPTIDE_REQUIRES(mutex);
    std::string next();
    void write_text(std::string_view text);
    /// Whether the time for what is still queued is over.
    bool is_late();

    const int descriptor;
    const LogFormat format;
    std::atomic<LogLevel> least;
    std::array<std::atomic<std::uint64_t>, kLogLevels> lines{};
    std::atomic<std::uint64_t> dropped{0};

    Mutex mutex;
    std::condition_variable_any changed;
    std::deque<std::string> queue RIPTIDE_GUARDED_BY(mutex);
    std::uint64_t dropped_untold RIPTIDE_GUARDED_BY(mutex) = 0;
    bool is_asleep RIPTIDE_GUARDED_BY(mutex) = false;  // until the next line comes
    bool ending RIPTIDE_GUARDED_BY(mutex) = false;
    std::chrono::steady_clock::time_point end_by RIPTIDE_GUARDED_BY(mutex);

    std::unique_ptr<Thread> thread;  // last: works on all of the above
};

void Log::Impl::wait_for_lines() {
    if (!queue.empty() || dropped_untold > 0) return;
    is_asleep = true;
    while (is_asleep && !ending) changed.wait(mutex);
    const auto until = std::chrono::steady_clock::now() + kGather;
    while (!ending && queue.size() < kMany) {
        if (changed.wait_until(mutex, until) == std::cv_status::timeout) return;
    }
}

/// The next lines to be written, at most as many as a pipe takes without mixing them with those of
/// other processes; empty when the log ends.
std::string Log::Impl::next() {
    const MutexLock lock(mutex);
    wait_for_lines();
    std::string text;
    while (!queue.empty() &&
           (text.empty() || text.size() + queue.front().size() <= std::size_t{PIPE_BUF})) {
        text += queue.front();
        queue.pop_front();
    }
    if (!text.empty() || dropped_untold == 0) return text;
    const LogField count{"lines", static_cast<std::int64_t>(std::exchange(dropped_untold, 0))};
    return log_line(format, std::chrono::system_clock::now(), LogLevel::kWarning,
                    "log lines were dropped: nobody read them in time", {&count, 1});
}

bool Log::Impl::is_late() {
    const MutexLock lock(mutex);
    return ending && std::chrono::steady_clock::now() >= end_by;
}

void Log::Impl::write_text(std::string_view text) {
    while (!text.empty() && !is_late()) {
        // Also before a blocking descriptor: a write that blocks could not be given up.
        pollfd ready{descriptor, POLLOUT, 0};
        if (poll(&ready, 1, kPollMilliseconds) == 0) continue;
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR && errno != EAGAIN) {
            return;
        }
    }
}

void Log::Impl::run() {
    for (std::string text = next(); !text.empty(); text = next()) write_text(text);
}

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Log>> Log::start(int descriptor, LogLevel least, LogFormat format) {
    auto impl = std::make_unique<Impl>(descriptor, least, format);
    auto thread = Thread::start("log", [self = impl.get()] { self->run(); });
    if (!thread) return tl::unexpected(std::move(thread.error()));
    impl->thread = std::move(*thread);
    return std::unique_ptr<Log>(new Log(std::move(impl)));
}

Log::~Log() {
    {
        const MutexLock lock(impl_->mutex);
        impl_->ending = true;
        impl_->end_by = std::chrono::steady_clock::now() + kPatienceAtEnd;
    }
    impl_->changed.notify_all();
}

void Log::write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
    if (!is_on(level)) return;
    impl_->lines[static_cast<std::size_t>(level)].fetch_add(1, std::memory_order_relaxed);
    std::string line = log_line(impl_->format, std::chrono::system_clock::now(), level, message,
                                {fields.begin(), fields.size()});
    {
        const MutexLock lock(impl_->mutex);
        if (impl_->queue.size() >= kQueue) {
            ++impl_->dropped_untold;
            impl_->dropped.fetch_add(1, std::memory_order_relaxed);
            return;
        }
        impl_->queue.push_back(std::move(line));
        const bool is_first = std::exchange(impl_->is_asleep, false);
        if (!is_first && impl_->queue.size() != kMany) return;
    }
    impl_->changed.notify_one();
}

bool Log::is_on(LogLevel level) const {
    return level >= impl_->least.load(std::memory_order_relaxed);
}

void Log::set_least(LogLevel least) { impl_->least.store(least, std::memory_order_relaxed); }

LogFigures Log::figures() const {
    LogFigures figures;
    for (std::size_t i = 0; i < kLogLevels; ++i) {
        figures.lines[i] = impl_->lines[i].load(std::memory_order_relaxed);
    }
    figures.dropped = impl_->dropped.load(std::memory_order_relaxed);
    return figures;
}

}  // namespace riptide::sys
