#include "load/processor_time.h"

#include <unistd.h>

#include <cstdint>
#include <ctime>
#include <sstream>
#include <string>

#include "sys/file.h"

namespace riptide::load {

std::optional<std::chrono::nanoseconds> processor_time(int process) {
    const auto bytes = sys::read_file("/proc/" + std::to_string(process) + "/stat", Bytes{4096});
    if (!bytes) return std::nullopt;
    const std::string stat(bytes->begin(), bytes->end());
    // The second field is a name that may hold blanks; utime and stime are fields 14 and 15.
    std::istringstream fields(stat.substr(stat.rfind(')') + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    std::int64_t user = 0;
    std::int64_t system = 0;
    if (!(fields >> user >> system)) return std::nullopt;
    const std::int64_t nanoseconds_per_tick = 1'000'000'000 / sysconf(_SC_CLK_TCK);
    return std::chrono::nanoseconds((user + system) * nanoseconds_per_tick);
}

std::chrono::nanoseconds own_processor_time() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace riptide::load
