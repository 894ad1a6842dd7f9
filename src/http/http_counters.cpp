#include "http/http_counters.h"

#include <algorithm>

#include "pool/latency_sum.h"

namespace riptide::http {
namespace {

template <std::size_t n>
void copy(const std::array<std::atomic<std::uint64_t>, n>& from, std::array<std::uint64_t, n>& to) {
    std::ranges::transform(from, to.begin(), [](const auto& counter) { return counter.load(); });
}

}  // namespace

void HttpCounters::answered(io::HttpRoute route, std::uint16_t status,
                            std::chrono::nanoseconds duration) {
    const auto row = static_cast<std::size_t>(route);
    add(requests_.at(row).at(status / 100U - 1));
    durations_.at(row).record(duration);
}

io::HttpFigures HttpCounters::figures() const {
    io::HttpFigures out;
    for (std::size_t route = 0; route < io::kHttpRoutes; ++route) {
        copy(requests_[route], out.requests[route]);
        LatencySum sum;
        sum.add(durations_[route]);
        out.duration[route] = sum.distribution();
    }
    copy(refused_, out.refused);
    copy(timeouts_, out.timeouts);
    copy(batch_lines_, out.batch_lines);
    out.connections_accepted = accepted_;
    out.disconnects = disconnects_;
    out.bytes_received = received_;
    out.bytes_sent = sent_;
    out.open_connections = open_;
    out.requests_in_flight = in_flight_;
    return out;
}

}  // namespace riptide::http
