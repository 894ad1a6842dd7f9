/// What is seen of a batch while it runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "app/batch_tally.h"

namespace riptide::app {

struct ProgressSample {
    BatchFigures figures;
    std::uint64_t bytes_read = 0;
    std::optional<std::uint64_t> bytes_in_all;  ///< Empty when it is not known.
};

/// How long the rest will take at the rate so far; empty when that cannot be told.
std::optional<std::chrono::seconds> time_left(const ProgressSample& sample);

/// "42 % [=====>      ] 1200 pages, 410/s, 3 errors, 1 fallback, 0:12 left"
std::string progress_bar(const ProgressSample& sample);
/// The same without the bar, for a log.
std::string progress_line(const ProgressSample& sample);

/// Shows progress on standard error: on a terminal a bar that is drawn over itself, else a line
/// every ten seconds. Not thread-safe.
class ProgressDisplay {
public:
    /// Between two calls of `show`.
    static constexpr std::chrono::milliseconds kInterval{200};

    ProgressDisplay();
    /// Shows the sample when it is time to.
    void show(const ProgressSample& sample);
    /// Takes the bar away, so that something else can be said.
    void clear();

private:
    bool is_terminal_;
    bool is_drawn_ = false;
    std::chrono::steady_clock::time_point last_line_;
};

}  // namespace riptide::app
