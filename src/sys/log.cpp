#include "sys/log.h"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
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
/// How often a writer that nobody reads looks whether it is to end.
constexpr int kPollMilliseconds = 100;

}  // namespace

struct Log::Impl {
    Impl(int fd, LogLevel least_level, LogFormat line_format)
        : descriptor(fd), format(line_format), least(least_level) {}

    void run();
    std::string next();
    void write_line(std::string_view line);
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
    bool ending RIPTIDE_GUARDED_BY(mutex) = false;
    std::chrono::steady_clock::time_point end_by RIPTIDE_GUARDED_BY(mutex);

    Thread thread{"log", [this] { run(); }};
};

/// The next line to be written; empty when the log ends.
std::string Log::Impl::next() {
    const MutexLock lock(mutex);
    while (queue.empty() && dropped_untold == 0 && !ending) changed.wait(mutex);
    if (!queue.empty()) {
        std::string line = std::move(queue.front());
        queue.pop_front();
        return line;
    }
    if (dropped_untold == 0) return {};
    const LogField count{"lines", static_cast<std::int64_t>(std::exchange(dropped_untold, 0))};
    return log_line(format, std::chrono::system_clock::now(), LogLevel::kWarning,
                    "log lines were dropped: nobody read them in time", {&count, 1});
}

bool Log::Impl::is_late() {
    const MutexLock lock(mutex);
    return ending && std::chrono::steady_clock::now() >= end_by;
}

void Log::Impl::write_line(std::string_view line) {
    while (!line.empty() && !is_late()) {
        // Also before a blocking descriptor: a write that blocks could not be given up.
        pollfd ready{descriptor, POLLOUT, 0};
        if (poll(&ready, 1, kPollMilliseconds) == 0) continue;
        const ssize_t written = ::write(descriptor, line.data(), line.size());
        if (written >= 0) {
            line.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR && errno != EAGAIN) {
            return;
        }
    }
}

void Log::Impl::run() {
    for (std::string line = next(); !line.empty(); line = next()) write_line(line);
}

Log::Log(int descriptor, LogLevel least, LogFormat format)
    : impl_(std::make_unique<Impl>(descriptor, least, format)) {}

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
