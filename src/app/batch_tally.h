/// What a batch has done, in figures.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "sys/mutex.h"

#include <boost/json/object.hpp>

namespace riptide::app {

/// Of one run, without what was done before it was resumed.
struct BatchFigures {
    std::uint64_t pages = 0;
    std::uint64_t ok = 0;
    std::uint64_t empty = 0;
    std::array<std::uint64_t, kErrorClasses> errors{};  ///< By `ErrorClass`.
    std::map<std::string, std::uint64_t> fallbacks;     ///< By reason.
    std::uint64_t page_bytes = 0;
    std::uint64_t skipped_records = 0;
    std::chrono::nanoseconds elapsed{};
    std::chrono::nanoseconds p50{};  ///< Of the extraction of a page, within 7 %, as p95 and p99.
    std::chrono::nanoseconds p95{};
    std::chrono::nanoseconds p99{};
    std::chrono::nanoseconds max{};

    [[nodiscard]] std::uint64_t failed() const;
    [[nodiscard]] std::uint64_t fallen_back() const;
};

/// Counts. Thread-safe.
class BatchTally {
public:
    void count(const Result<Document>& result, std::size_t page_bytes,
               std::chrono::nanoseconds took);
    /// Without `skipped_records` and `elapsed`, which others know.
    [[nodiscard]] BatchFigures figures() const;

private:
    mutable sys::Mutex mutex_;
    BatchFigures figures_ RIPTIDE_GUARDED_BY(mutex_);
    std::map<std::size_t, std::uint64_t> times_ RIPTIDE_GUARDED_BY(mutex_);  ///< By bucket.
};

/// For programs: counts, `pages_per_second`, `megabytes_per_second` (of pages as extracted, 10^6),
/// times in seconds.
boost::json::object to_json(const BatchFigures& figures);

/// For people, in one line.
std::string summary(const BatchFigures& figures);

}  // namespace riptide::app
