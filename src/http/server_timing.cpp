#include "http/server_timing.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace riptide::http {
namespace {

void add(std::string& out, std::string_view name, std::chrono::nanoseconds duration) {
    const std::int64_t microseconds = std::max<std::int64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(duration).count(), 0);
    const std::string fraction = std::to_string(microseconds % 1000);
    if (!out.empty()) out += ", ";
    out.append(name).append(";dur=").append(std::to_string(microseconds / 1000)).append(".");
    out.append(3 - fraction.size(), '0').append(fraction);
}

}  // namespace

std::string server_timing(const Timings& timings, std::chrono::nanoseconds render) {
    std::string out;
    out.reserve(80);
    add(out, "queue", timings.queue);
    add(out, "decode", timings.decode);
    add(out, "guest", timings.guest);
    add(out, "render", render);
    return out;
}

}  // namespace riptide::http
