#include "sys/processors.h"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace riptide::sys {

std::uint32_t usable_processors() {
    cpu_set_t usable;
    // Fails where the machine has more processors than the set has places for.
    if (::sched_getaffinity(0, sizeof usable, &usable) == 0) {
        return static_cast<std::uint32_t>(CPU_COUNT(&usable));
    }
    return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace riptide::sys
