/// The instance pool: extraction in the sandbox, with everything around it that a service needs.
#pragma once

#include <riptide/circuit_breaker.h>
#include <riptide/config.h>
#include <riptide/extractor.h>
#include <riptide/health.h>
#include <riptide/metrics.h>
#include <riptide/pooled_instance.h>

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace riptide {

/// A page of its own, for calls that outlive their caller's buffers.
struct OwnedRequest {
    std::string bytes;
    std::string content_type;
    std::string encoding;
    ExtractOptions options;
    Timings* timings = nullptr;  ///< As in `Request`: filled before the call is done.
};

/// Each page runs in a store of its own under hard limits of time and memory; at most
/// `max_pool_size` at once, the others wait in a bounded queue, first come, first served. A circuit
/// breaker stands before the sandbox, and pages that the sandbox cannot serve are extracted
/// natively, in isolated processes (`ExtractorConfig` tells what of this is wanted).
///
/// Thread-safe. Make it early in a program: the helper processes of the fallback are forked by
/// `create` and can see what the program has in memory by then.
class InstancePool final : public Extractor {
public:
    /// Errors: `kConfig` for a configuration that contradicts itself; `kEngineStart` when the
    /// sandbox cannot be brought up and `enable_fallback` is off, or when the fallback cannot. With
    /// the fallback on, a sandbox that cannot start is told by `health`.
    static Result<std::unique_ptr<InstancePool>> create(const ExtractorConfig& config);
    /// As `shutdown` with a deadline that has passed, then waits for what runs: at most as long as
    /// its deadlines allow.
    ~InstancePool() override;
    InstancePool(const InstancePool&) = delete;
    InstancePool& operator=(const InstancePool&) = delete;

    /// Runs in the calling thread, which needs 1 MiB of stack and takes SIGURG meanwhile (by which
    /// the guest is stopped; it is not blocked any more afterwards, and a handler that the program
    /// sets later must hand it on), by `deadline` or by
    /// `extraction_timeout`, whichever is sooner.
    [[nodiscard]] Result<Document> extract(const Request& request,
                                           Deadline deadline) const override;
    /// The same, until a stop is requested: then soon `kCancelled`.
    [[nodiscard]] Result<Document> extract(const Request& request, Deadline deadline,
                                           const std::stop_token& stop) const;

    using Done = std::function<void(Result<Document>)>;
    /// Never blocks. Of such calls only as many run at once as there are processors, but for those
    /// that run long already. `done` is called exactly once, by a thread of the pool, or by the
    /// caller's where the system refuses threads to the pool; it should be brief and must not
    /// throw.
    void extract_async(OwnedRequest request, Deadline deadline, std::stop_token stop,
                       Done done) const;

    [[nodiscard]] PerformanceMetrics metrics() const;
    /// The monitor's `get_current_health()`.
    [[nodiscard]] PoolHealthStatus health() const;
    [[nodiscard]] PoolHealthMonitor& health_monitor() const;
    [[nodiscard]] CircuitBreakerStatus circuit_breaker() const;
    [[nodiscard]] std::vector<PooledInstance> instances() const;

    /// Takes another component file (the built-in component when empty) without dropping a request:
    /// loaded and proved on a canary page first. Error: `kEngineStart`; then all stays as it was.
    Result<void> reload(const std::string& component_path);

    /// Refuses new requests, lets those that were accepted finish until `drain`, then cancels the
    /// rest; returns when none is left. Every request gets its answer. May be called again.
    void shutdown(Deadline drain);

private:
    struct Impl;
    explicit InstancePool(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace riptide
