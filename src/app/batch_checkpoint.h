/// Where a batch can go on after it was interrupted.
#pragma once

#include <riptide/error.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <boost/json/object.hpp>

namespace riptide::app {

enum class Outcome : std::uint8_t { kOk, kEmpty, kFailed };
inline constexpr std::size_t kOutcomes = 3;

/// Which records have their lines.
struct BatchPosition {
    std::uint64_t records = 0;  ///< All of the first so many, and
    /// those after them by number, from 0; each with the digest of the records up to it.
    std::map<std::uint64_t, std::uint64_t> beyond;
    std::uint64_t digest = 0;  ///< Of where the first `records` lay (`digest_of`).
    std::array<std::uint64_t, kOutcomes> outcomes{};  ///< Of the lines, by `Outcome`.
    bool operator==(const BatchPosition&) const = default;
};

struct BatchCheckpoint {
    boost::json::object run;  ///< What must be the same for the run to go on.
    BatchPosition position;
    std::uint64_t output_bytes = 0;  ///< What follows in the output is torn.
    std::uint64_t process = 0;       ///< Who writes to the output, or did so last.
};

/// Where the checkpoint of an output is, and the file that is to become the next one.
std::string checkpoint_path(const std::string& output);
std::string checkpoint_scratch_path(const std::string& checkpoint);

/// Written by way of a file beside it and synchronised, so that after any crash `path` holds this
/// checkpoint or the one before. Error: `kIo`.
Result<void> save_checkpoint(const std::string& path, const BatchCheckpoint& checkpoint);

/// Empty when there is none. Errors: `kIo`; `kUsage` for a file that is no checkpoint.
Result<std::optional<BatchCheckpoint>> load_checkpoint(const std::string& path);

/// Error: `kUsage`, with the first thing that is not as it was.
Result<void> check_same_run(const boost::json::object& then, const boost::json::object& now);

}  // namespace riptide::app
