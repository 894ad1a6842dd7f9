/// The log: lines for whoever runs the program, on standard error.
#pragma once

#include <riptide/error.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>

#include "sys/log_line.h"

namespace riptide::sys {

/// Since the log was made.
struct LogFigures {
    std::array<std::uint64_t, kLogLevels> lines{};  ///< By `LogLevel`; those dropped included.
    std::uint64_t dropped = 0;                      ///< Lost because nobody read them in time.
};

/// Lines go into a bounded queue, and a thread writes them, at most ten milliseconds later, several
/// with one write(2) but never parts of one. So a reader who is slow, or does not read at all,
/// holds up nobody: when the queue is full, new lines are dropped and counted, and a line tells how
/// many once there is room again. Thread-safe.
class Log {
public:
    /// Lines of `least` and above go to `descriptor`, which stays the caller's and must outlive the
    /// log; whether it is blocking does not matter. Error: `kEngineStart`, without a thread.
    static Result<std::unique_ptr<Log>> start(int descriptor, LogLevel least, LogFormat format);
    /// Writes what is queued, for at most a second.
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// Never page content: say what happened, not what was in it.
    void write(LogLevel level, std::string_view message,
               std::initializer_list<LogField> fields = {});
    /// Whether lines of that level are written.
    [[nodiscard]] bool is_on(LogLevel level) const;
    void set_least(LogLevel least);

    [[nodiscard]] LogFigures figures() const;

private:
    struct Impl;
    explicit Log(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace riptide::sys
