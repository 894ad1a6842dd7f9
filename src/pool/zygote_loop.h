/// What a zygote does, on its own side.
#pragma once

#include <cstdint>

#include "pool/zygote.h"

namespace riptide {

/// What a zygote is told to do with a helper. A packet; a socket comes with `kSpawn`.
struct ZygoteCommand {
    enum class Kind : std::uint32_t { kSpawn, kKill };
    std::uint64_t helper;
    Kind kind;
    std::uint32_t unused = 0;
};

/// Runs the zygote in the calling process, of one thread, until `control` closes. The first packet
/// it sends is a `SetupReport`, the others are `ZygoteEvent`s. Async-signal-safe but for what
/// helpers do; after a fork, all signals must be blocked.
[[noreturn]] void run_zygote(int control, const HelperLimits& limits, HelperWork work);

}  // namespace riptide
