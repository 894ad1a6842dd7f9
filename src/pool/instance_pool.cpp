#include <riptide/instance_pool.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "pool/admission.h"
#include "pool/async_calls.h"
#include "pool/guard.h"
#include "pool/health_watch.h"
#include "pool/helper_extractor.h"
#include "pool/late_helpers.h"
#include "pool/native_extractor.h"
#include "pool/recorder.h"
#include "pool/runtime.h"
#include "sys/entropy.h"
#include "sys/processors.h"

namespace riptide {
namespace {

using Clock = Deadline::Clock;

/// Some ten times what a large page takes. After it the next page runs beside this one, so that
/// endless pages do not keep the processors from the others.
constexpr std::chrono::milliseconds kTurn{20};

/// A ticker that has not ticked for so long is stuck; on a busy machine it may be a little late.
constexpr std::chrono::seconds kTickerPatience{1};

Result<void> check(const ExtractorConfig& config) {
    if (config.max_pool_size == 0) {
        return fail(ErrorClass::kConfig, "max_pool_size is 0; it takes at least 1");
    }
    if (config.fallback_start == FallbackStart::kWhenNeeded && config.helper_program.empty()) {
        return fail(ErrorClass::kConfig,
                    "fallback_start is kWhenNeeded, which takes a helper_program");
    }
    return {};
}

Result<GuardSecrets> make_secrets() {
    GuardSecrets secrets{};
    for (std::uint64_t* bits :
         {&secrets.page_key.low, &secrets.page_key.high, &secrets.jitter_seed}) {
        const Result<std::uint64_t> random = sys::random_bits();
        if (!random) return fail(ErrorClass::kEngineStart, random.error().detail);
        *bits = *random;
    }
    return secrets;
}

struct Fallback {
    std::unique_ptr<StoppableExtractor> extractor;  ///< Null when none is wanted.
    const HelperExtractor* helpers = nullptr;  ///< The same, where it is one of ready processes.
};

Result<Fallback> start_fallback(const ExtractorConfig& config) {
    if (!config.enable_fallback) return Fallback{};
    if (config.fallback_isolation == FallbackIsolation::kInProcess) {
        return Fallback{std::make_unique<NativeExtractor>(config.body_limit)};
    }
    if (config.fallback_start == FallbackStart::kWhenNeeded) {
        return Fallback{std::make_unique<LateHelpers>(helper_settings(config))};
    }
    Result<std::unique_ptr<HelperExtractor>> helpers =
        HelperExtractor::create(helper_settings(config));
    if (!helpers) {
        return fail(ErrorClass::kEngineStart,
                    "the native fallback cannot start: " + helpers.error().detail +
                        " (RIPTIDE_WASM_ENABLE_FALLBACK=false goes without it)");
    }
    const HelperExtractor* view = helpers->get();
    return Fallback{std::move(*helpers), view};
}

/// One for each instance, and for each page that a helper may be busy with meanwhile.
std::uint32_t async_workers(const ExtractorConfig& config) {
    const std::uint32_t in_fallback = config.enable_fallback ? helper_settings(config).helpers : 0;
    return config.max_pool_size + in_fallback;
}

/// Counts a request from its arrival to its end, and lets shutdown wait for all of them.
class Traffic {
public:
    class Passage {
    public:
        explicit Passage(Traffic& traffic) : traffic_(&traffic) { ++traffic.present_; }
        Passage(Passage&& other) noexcept : traffic_(std::exchange(other.traffic_, nullptr)) {}
        Passage& operator=(Passage&&) = delete;
        ~Passage() {
            if (traffic_ != nullptr) traffic_->leave();
        }

    private:
        Traffic* traffic_;
    };

    /// False when somebody was still there.
    bool wait_until_empty(Deadline deadline) {
        std::unique_lock lock(mutex_);
        is_awaited_ = true;
        while (present_ > 0) {
            const Clock::time_point now = Clock::now();
            if (deadline.passed(now)) return false;
            // Who saw nobody wait leaves without a word.
            const auto look_again = Deadline::at(now + kLookAgain);
            empty_.wait_until(lock, std::min(deadline, look_again).time());
        }
        return true;
    }

private:
    static constexpr std::chrono::milliseconds kLookAgain{5};

    /// Once the last one has left, the pool may go: nothing is touched after that.
    void leave() {
        if (!is_awaited_) {
            --present_;
            return;
        }
        const std::lock_guard lock(mutex_);
        if (--present_ == 0) empty_.notify_all();
    }

    std::atomic<std::uint64_t> present_{0};
    std::atomic<bool> is_awaited_{false};
    std::mutex mutex_;
    std::condition_variable empty_;
};

}  // namespace

// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): one for each pool, in order of use.
struct InstancePool::Impl final : PoolHealthMonitor {
    Impl(const ExtractorConfig& configuration, Fallback native,
         Result<std::unique_ptr<Runtime>> started, const GuardSecrets& secrets,
         Clock::duration took);

    Result<Document> extract(const Request& request, Deadline deadline,
                             const std::stop_token& stop);
    Result<Document> run(const Request& request, Deadline deadline, const std::stop_token& stop,
                         Admission::Permit permit);
    Result<Document> finish(Result<Document> result) {
        recorder.ended(result);
        return result;
    }
    [[nodiscard]] Deadline bounded(Deadline deadline) const {
        return std::min(deadline, Deadline::after(config.extraction_timeout));
    }
    [[nodiscard]] PerformanceMetrics metrics();
    [[nodiscard]] PoolSample sample();
    [[nodiscard]] PoolHealthStatus get_current_health() const override {
        return with_start(watch->peek());
    }
    PoolHealthStatus check() override { return with_start(watch->record()); }
    /// With what the pool knows since it started.
    [[nodiscard]] PoolHealthStatus with_start(PoolHealthStatus out) const;

    const ExtractorConfig config;
    const Clock::duration start_time;
    Recorder recorder;
    const Fallback fallback;
    const std::string start_error;
    const std::unique_ptr<Runtime> runtime;  // null when it could not start
    Guard guard;
    Admission gate;
    Traffic traffic;
    std::stop_source stop_all;
    const std::stop_token stop_all_token = stop_all.get_token();
    AsyncCalls async;
    std::mutex reload_mutex;
    std::unique_ptr<HealthWatch> watch;  // last: samples all of the above
};

InstancePool::Impl::Impl(const ExtractorConfig& configuration, Fallback native,
                         Result<std::unique_ptr<Runtime>> started, const GuardSecrets& secrets,
                         Clock::duration took)
    : config(configuration),
      start_time(took),
      recorder(config.enable_metrics ? Recorder::Times::kMeasured : Recorder::Times::kIgnored),
      fallback(std::move(native)),
      start_error(started ? "" : started.error().detail),
      runtime(started ? std::move(*started) : nullptr),
      guard(config, {runtime.get(), fallback.extractor.get(), recorder}, secrets),
      gate({config.max_pool_size, config.queue_length}),
      async(
          gate, async_workers(config), Turns::Limits{sys::usable_processors(), kTurn},
          [this](const Request& request, Deadline deadline, const std::stop_token& stop,
                 Admission::Permit permit) {
              return run(request, deadline, stop, std::move(permit));
          },
          [this](Error error) { return finish(tl::unexpected(std::move(error))); }) {}

Result<Document> InstancePool::Impl::extract(const Request& request, Deadline deadline,
                                             const std::stop_token& stop) {
    const Traffic::Passage passage(traffic);
    recorder.accepted();
    deadline = bounded(deadline);
    Result<Admission::Permit> permit = gate.acquire(deadline, stop);
    if (!permit) return finish(tl::unexpected(std::move(permit.error())));
    return run(request, deadline, stop, std::move(*permit));
}

Result<Document> InstancePool::Impl::run(const Request& request, Deadline deadline,
                                         const std::stop_token& stop, Admission::Permit permit) {
    const Clock::duration waited = permit.waited();
    recorder.waited(waited);
    if (request.timings != nullptr) request.timings->queue = waited;
    const Clock::time_point start = permit.since();
    Result<Document> result =
        guard.extract(request, deadline, {&stop, &stop_all_token}, std::move(permit));
    recorder.processed(Clock::now() - start);
    return finish(std::move(result));
}

PerformanceMetrics InstancePool::Impl::metrics() {
    PerformanceMetrics out = recorder.metrics();
    out.circuit_breaker_trips = guard.breaker().status(Clock::now()).trips;
    out.requests_waiting = gate.state().waiting;
    if (fallback.helpers != nullptr) out.helpers = fallback.helpers->stats();
    if (runtime != nullptr) {
        const WarmPool::Counts counts = runtime->slots().counts();
        for (const PooledInstance& instance : runtime->slots().instances()) {
            ++out.instances[static_cast<std::size_t>(instance.state)];
        }
        out.aot_cache = runtime->aot_results();
        out.stores_made = counts.made;
        out.cold_calls = counts.missed;
        out.wasm_memory_pages = runtime->engine().committed() / kWasmPage.count;
    }
    return out;
}

PoolSample InstancePool::Impl::sample() {
    const PerformanceMetrics now = recorder.counts();
    const auto errors = [&](ErrorClass error_class) {
        return now.errors[static_cast<std::size_t>(error_class)];
    };
    PoolSample out;
    out.at = Clock::now();
    std::uint64_t page_errors = 0;
    for (const ErrorClass error_class :
         {ErrorClass::kInvalidHtml, ErrorClass::kParseError, ErrorClass::kResourceLimit,
          ErrorClass::kUnsupportedMode, ErrorClass::kTooLarge}) {
        page_errors += errors(error_class);
    }
    out.successful = now.successful_extractions + now.fallback_extractions + page_errors;
    out.failed = now.failed_extractions - page_errors - errors(ErrorClass::kDeadlineExceeded) -
                 errors(ErrorClass::kCancelled);
    out.fallbacks = now.fallback_extractions;
    out.max_instances = config.max_pool_size;
    const Admission::State gate_state = gate.state();
    out.active_instances = gate_state.granted;
    out.busy = gate_state.held;
    out.available_instances = config.max_pool_size - out.active_instances;
    out.memory.allowed = Bytes{config.memory_limit.count * config.max_pool_size};
    out.memory.peak_pages = static_cast<std::uint32_t>(now.wasm_peak_memory_pages);
    out.memory.grow_failures = now.wasm_grow_failed_total;
    if (runtime != nullptr) {
        out.memory.committed = Bytes{runtime->engine().committed()};
    }
    out.breaker = guard.breaker().status(out.at).state;
    return out;
}

PoolHealthStatus InstancePool::Impl::with_start(PoolHealthStatus out) const {
    out.start_time = start_time;
    out.start_target_missed = start_time > config.cold_start_target;
    out.sandbox_error = start_error;
    if (runtime == nullptr) {
        out.level = std::max(out.level, HealthLevel::kDegraded);
    } else if (Clock::now() - runtime->engine().ticker().last_tick() > kTickerPatience) {
        out.ticker_is_stuck = true;
        out.level = HealthLevel::kCritical;
    }
    return out;
}

InstancePool::InstancePool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<InstancePool>> InstancePool::create(const ExtractorConfig& config) {
    if (Result<void> checked = check(config); !checked) {
        return tl::unexpected(std::move(checked.error()));
    }
    const Clock::time_point start = Clock::now();
    const Result<GuardSecrets> secrets = make_secrets();
    if (!secrets) return tl::unexpected(secrets.error());
    // Before the engine and its threads: the helpers are forked.
    Result<Fallback> fallback = start_fallback(config);
    if (!fallback) return tl::unexpected(std::move(fallback.error()));
    Result<std::unique_ptr<Runtime>> runtime = Runtime::create(config);
    if (!runtime && fallback->extractor == nullptr)
        return tl::unexpected(std::move(runtime.error()));
    auto impl = std::make_unique<Impl>(config, std::move(*fallback), std::move(runtime), *secrets,
                                       Clock::now() - start);
    auto watch = HealthWatch::start(config.health_interval, impl->guard,
                                    [pool = impl.get()] { return pool->sample(); });
    if (!watch) return tl::unexpected(std::move(watch.error()));
    impl->watch = std::move(*watch);
    return std::unique_ptr<InstancePool>(new InstancePool(std::move(impl)));
}

InstancePool::~InstancePool() { shutdown(Deadline::at(Clock::now())); }

Result<Document> InstancePool::extract(const Request& request, Deadline deadline) const {
    return impl_->extract(request, deadline, {});
}

Result<Document> InstancePool::extract(const Request& request, Deadline deadline,
                                       const std::stop_token& stop) const {
    return impl_->extract(request, deadline, stop);
}

void InstancePool::extract_async(OwnedRequest request, Deadline deadline, std::stop_token stop,
                                 Done done) const {
    // Shared, because what std::function holds is copied.
    auto passage = std::make_shared<Traffic::Passage>(impl_->traffic);
    impl_->recorder.accepted();
    Done leave = [passage = std::move(passage), done = std::move(done)](Result<Document> result) {
        done(std::move(result));
    };
    impl_->async.start(std::move(request), impl_->bounded(deadline), std::move(stop),
                       std::move(leave));
}

PerformanceMetrics InstancePool::metrics() const { return impl_->metrics(); }
PoolHealthStatus InstancePool::health() const { return impl_->get_current_health(); }
PoolHealthMonitor& InstancePool::health_monitor() const { return *impl_; }
CircuitBreakerStatus InstancePool::circuit_breaker() const {
    return impl_->guard.breaker().status(Clock::now());
}
std::vector<PooledInstance> InstancePool::instances() const {
    if (impl_->runtime == nullptr) return {};
    return impl_->runtime->slots().instances();
}

Result<void> InstancePool::reload(const std::string& component_path) {
    const std::lock_guard lock(impl_->reload_mutex);
    if (impl_->runtime == nullptr) {
        return fail(
            ErrorClass::kEngineStart,
            "the sandbox did not start, so there is nothing to reload into: " + impl_->start_error);
    }
    Result<void> reloaded = impl_->runtime->reload(component_path);
    if (reloaded) impl_->guard.forget_pages();
    return reloaded;
}

void InstancePool::shutdown(Deadline drain) {
    impl_->gate.close();
    if (impl_->traffic.wait_until_empty(drain)) return;
    impl_->gate.evict();
    impl_->stop_all.request_stop();
    impl_->traffic.wait_until_empty(Deadline::never());
}

}  // namespace riptide
