#include <riptide/instance_pool.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <future>
#include <numeric>
#include <thread>

#include "sys/processors.h"
#include "tests/pool/processes.h"
#include "tests/wasm/components.h"

namespace riptide {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using wasm::component_file;

Request page(std::string_view bytes) {
    Request request;
    request.bytes = bytes;
    return request;
}

OwnedRequest owned(std::string bytes) {
    OwnedRequest request;
    request.bytes = std::move(bytes);
    return request;
}

/// Two instances of the guest that does as its page says, and the native core beside them.
ExtractorConfig faulty_config() {
    ExtractorConfig config = wasm::small_config();
    config.component_path = component_file("faulty");
    config.fallback_isolation = FallbackIsolation::kInProcess;
    config.epoch_timeout = 500ms;
    return config;
}

std::unique_ptr<InstancePool> make(const ExtractorConfig& config) {
    return InstancePool::create(config).value();
}

Result<Document> extract(const InstancePool& pool, std::string_view bytes,
                         std::chrono::milliseconds timeout = 20s) {
    return pool.extract(page(bytes), Deadline::after(timeout));
}

/// Every request that came has ended in exactly one way.
void expect_all_accounted(const PerformanceMetrics& metrics) {
    EXPECT_EQ(metrics.total_extractions, metrics.successful_extractions +
                                             metrics.fallback_extractions +
                                             metrics.failed_extractions + metrics.shed_extractions);
    EXPECT_EQ(std::accumulate(metrics.errors.begin(), metrics.errors.end(), std::uint64_t{0}),
              metrics.failed_extractions + metrics.shed_extractions);
}

std::uint64_t count(const PerformanceMetrics& metrics, FallbackReason reason) {
    return metrics.fallbacks[static_cast<std::size_t>(reason)];
}

TEST(InstancePool, extracts_in_the_sandbox) {
    const auto pool = make(wasm::small_config());
    const auto document = extract(*pool, "<title>T</title><p>Hello there");
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_EQ(document->engine, Engine::kWasm);
    EXPECT_EQ(document->text, "Hello there");
    EXPECT_EQ(document->encoding, "utf-8");
    EXPECT_EQ(document->fallback_reason, "");
}

TEST(InstancePool, falls_back_for_each_reason_and_says_so) {
    const auto pool = make(faulty_config());
    struct Case {
        const char* page;
        const char* reason;
        FallbackReason counted;
    };
    for (const Case& fault : {Case{"trap 1", "trap", FallbackReason::kTrap},
                              Case{"recurse 1", "trap", FallbackReason::kTrap},
                              Case{"loop 1", "timeout", FallbackReason::kTimeout},
                              Case{"bomb 1", "memory-limit", FallbackReason::kMemoryLimit},
                              Case{"trap 1", "faulty-page", FallbackReason::kFaultyPage}}) {
        const std::uint64_t before = count(pool->metrics(), fault.counted);
        const auto document = extract(*pool, fault.page);
        ASSERT_TRUE(document) << document.error().detail;
        EXPECT_EQ(document->engine, Engine::kNative) << fault.page;
        EXPECT_EQ(document->fallback_reason, fault.reason) << fault.page;
        EXPECT_EQ(document->text, fault.page);
        EXPECT_EQ(count(pool->metrics(), fault.counted), before + 1);
    }
    const PerformanceMetrics metrics = pool->metrics();
    EXPECT_EQ(metrics.fallback_extractions, 5U);
    EXPECT_EQ(metrics.epoch_timeouts, 1U);
    EXPECT_GT(metrics.wasm_peak_memory_pages, 1024U / 8 * 7);
    EXPECT_GE(metrics.wasm_grow_failed_total, 1U);
    expect_all_accounted(metrics);
    EXPECT_EQ(pool->circuit_breaker().state, CircuitBreakerState::kClosed);
}

TEST(InstancePool, returns_the_error_where_there_is_no_fallback) {
    ExtractorConfig config = faulty_config();
    config.enable_fallback = false;
    const auto pool = make(config);
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(extract(*pool, "trap 1").error().error_class, ErrorClass::kTrap);
        EXPECT_EQ(extract(*pool, "loop 1").error().error_class, ErrorClass::kTimeout);
        EXPECT_EQ(extract(*pool, "bomb 1").error().error_class, ErrorClass::kMemoryLimit);
    }
    EXPECT_EQ(pool->metrics().failed_extractions, 6U);
    expect_all_accounted(pool->metrics());
}

/// Those that this process started; a sanitizer has children, too.
std::vector<pid_t> zygotes() {
    std::vector<pid_t> found = children_of(::getpid());
    std::erase_if(found, [](pid_t pid) {
        std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
        std::string name;
        std::getline(file, name);
        return name != "riptide-helper";
    });
    return found;
}

ExtractorConfig late_helpers(const std::string& program) {
    ExtractorConfig config = faulty_config();
    config.fallback_isolation = FallbackIsolation::kProcess;
    config.fallback_start = FallbackStart::kWhenNeeded;
    config.helper_program = program;
    return config;
}

TEST(InstancePool, starts_late_helpers_for_the_first_page_that_needs_one) {
    {
        const auto pool = make(late_helpers(RIPTIDE_HELPER_PROGRAM));
        ASSERT_TRUE(extract(*pool, "a page that does no harm"));
        EXPECT_THAT(zygotes(), testing::IsEmpty());
        for (int i = 0; i < 3; ++i) {
            const auto document = extract(*pool, "trap 1");
            ASSERT_TRUE(document) << document.error().detail;
            EXPECT_EQ(document->engine, Engine::kNative);
            EXPECT_EQ(document->text, "trap 1");
        }
        EXPECT_EQ(zygotes().size(), 1U);
    }
    EXPECT_THAT(zygotes(), testing::IsEmpty());
}

TEST(InstancePool, says_of_late_helpers_that_cannot_start_when_a_page_needs_one) {
    const auto pool = make(late_helpers("/nowhere/helper"));
    EXPECT_TRUE(extract(*pool, "a page that does no harm"));
    const auto failed = extract(*pool, "trap 1");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().error_class, ErrorClass::kHost);
    EXPECT_THAT(failed.error().detail, HasSubstr("cannot start: cannot run /nowhere/helper"));
    EXPECT_THAT(failed.error().detail, HasSubstr("the sandbox had failed first"));
}

TEST(InstancePool, does_not_fork_late_helpers_from_a_process_that_has_seen_pages) {
    const auto pool = InstancePool::create(late_helpers(""));
    ASSERT_FALSE(pool);
    EXPECT_EQ(pool.error().error_class, ErrorClass::kConfig);
    EXPECT_THAT(pool.error().detail, HasSubstr("helper_program"));
}

TEST(InstancePool, takes_a_typed_error_of_the_guest_for_an_answer) {
    const auto pool = make(faulty_config());
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(extract(*pool, "error x").error().error_class, ErrorClass::kInvalidHtml);
    }
    EXPECT_EQ(pool->circuit_breaker().state, CircuitBreakerState::kClosed);
    EXPECT_EQ(pool->circuit_breaker().window_failures, 0U);
    EXPECT_EQ(pool->health().success_rate, 1.0);
}

TEST(InstancePool, never_opens_the_breaker_for_hostile_pages) {
    const auto pool = make(faulty_config());
    for (int i = 0; i < 300; ++i) {
        ASSERT_TRUE(extract(*pool, "trap " + std::to_string(i)));
    }
    EXPECT_EQ(pool->circuit_breaker().trips, 0U);
    EXPECT_EQ(count(pool->metrics(), FallbackReason::kTrap), 300U);
    EXPECT_EQ(extract(*pool, "echo x")->engine, Engine::kWasm);
}

TEST(InstancePool, opens_the_breaker_when_the_engine_fails_and_closes_it_when_that_heals) {
    ExtractorConfig config = faulty_config();
    config.component_path = component_file("trap");  // also on the canary
    config.circuit_breaker_timeout = 20ms;
    const auto pool = make(config);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(extract(*pool, "echo x")->fallback_reason, "trap");
    }
    EXPECT_NE(pool->circuit_breaker().state, CircuitBreakerState::kClosed);
    EXPECT_EQ(pool->circuit_breaker().trips, 1U);
    EXPECT_EQ(pool->metrics().circuit_breaker_trips, 1U);
    std::uint64_t open = 0;
    while (open == 0) {
        ASSERT_TRUE(extract(*pool, "echo y"));
        open = count(pool->metrics(), FallbackReason::kBreakerOpen);
    }
    // It heals, and nobody calls: the background probes notice.
    ASSERT_TRUE(pool->reload(component_file("faulty")));
    const Deadline patience = Deadline::after(60s);
    while (pool->circuit_breaker().state != CircuitBreakerState::kClosed) {
        ASSERT_FALSE(patience.passed(Deadline::Clock::now()));
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(pool->circuit_breaker().recoveries, 1U);
    EXPECT_EQ(extract(*pool, "echo z")->engine, Engine::kWasm);
    expect_all_accounted(pool->metrics());
}

TEST(InstancePool, starts_without_its_component_where_there_is_a_fallback_and_says_so) {
    ExtractorConfig config = faulty_config();
    config.component_path = component_file("importing");
    const auto pool = make(config);
    const auto document = extract(*pool, "<p>x");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->fallback_reason, "component-unavailable");
    EXPECT_EQ(pool->health().level, HealthLevel::kDegraded);
    EXPECT_THAT(pool->health().sandbox_error, HasSubstr("import"));
    EXPECT_FALSE(pool->reload(component_file("faulty")));

    config.enable_fallback = false;
    const auto refused = InstancePool::create(config);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().error_class, ErrorClass::kEngineStart);
}

TEST(InstancePool, keeps_the_component_it_has_when_another_is_no_good) {
    const auto pool = make(faulty_config());
    for (const char* bad : {"trap", "endless", "importing", "other_export", "typed_error"}) {
        const Result<void> reloaded = pool->reload(component_file(bad));
        ASSERT_FALSE(reloaded) << bad;
        EXPECT_EQ(reloaded.error().error_class, ErrorClass::kEngineStart);
    }
    EXPECT_FALSE(pool->reload("/no/such/file"));
    EXPECT_EQ(extract(*pool, "echo x")->text, "x");
}

TEST(InstancePool, drops_no_request_while_components_change) {
    ExtractorConfig config = faulty_config();
    config.epoch_timeout = 10s;  // components are compiled meanwhile, and no page is to be late
    const auto pool = make(config);
    std::atomic<bool> stop{false};
    std::atomic<std::uint64_t> served{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back([&] {
            while (!stop) {
                const auto document = extract(*pool, "<p>Hello there");
                ASSERT_TRUE(document) << document.error().detail;
                ASSERT_EQ(document->engine, Engine::kWasm);
                ASSERT_EQ(document->text, "Hello there");
                ++served;
            }
        });
    }
    for (int i = 0; i < 6; ++i) {
        ASSERT_TRUE(pool->reload(i % 2 == 0 ? "" : component_file("faulty")));
        const std::uint64_t before = served;
        while (served < before + 20) std::this_thread::yield();
    }
    stop = true;
    for (std::thread& client : clients) client.join();
    expect_all_accounted(pool->metrics());
}

TEST(InstancePool, does_not_hold_against_a_page_what_the_last_component_did_with_it) {
    ExtractorConfig config = faulty_config();
    config.epoch_timeout = 1s;  // for the reload
    const auto pool = make(config);
    auto in_the_last = std::async(std::launch::async, [&] { return extract(*pool, "loop 1"); });
    while (pool->metrics().instances[static_cast<std::size_t>(InstanceState::kBusy)] == 0) {
        std::this_thread::yield();
    }
    ASSERT_TRUE(pool->reload(component_file("faulty")));
    EXPECT_EQ(in_the_last.get()->fallback_reason, "timeout");
    EXPECT_EQ(extract(*pool, "loop 1")->fallback_reason, "timeout");
    EXPECT_EQ(extract(*pool, "loop 1")->fallback_reason, "faulty-page");
}

TEST(InstancePool, sheds_what_has_no_place_at_once) {
    ExtractorConfig config = faulty_config();
    config.max_pool_size = 1;
    config.initial_pool_size = 1;
    config.queue_length = 1;
    config.epoch_timeout = 300ms;
    const auto pool = make(config);
    std::vector<std::future<ErrorClass>> answers;
    const auto start = [&](std::string bytes) {
        auto promise = std::make_shared<std::promise<ErrorClass>>();
        answers.push_back(promise->get_future());
        pool->extract_async(
            owned(std::move(bytes)), Deadline::never(), {},
            [promise](const Result<Document>& result) {
                promise->set_value(result ? ErrorClass::kIo : result.error().error_class);
            });
    };
    start("loop 1");
    while (pool->health().active_instances == 0) std::this_thread::yield();
    start("echo waits");
    const auto begin = Deadline::Clock::now();
    EXPECT_EQ(extract(*pool, "echo x").error().error_class, ErrorClass::kOverloaded);
    EXPECT_LT(Deadline::Clock::now() - begin, 100ms);
    start("echo too many");
    EXPECT_EQ(answers[2].get(), ErrorClass::kOverloaded);
    EXPECT_EQ(answers[0].get(), ErrorClass::kIo);
    EXPECT_EQ(answers[1].get(), ErrorClass::kIo);
    EXPECT_EQ(pool->metrics().shed_extractions, 2U);
    expect_all_accounted(pool->metrics());
}

TEST(InstancePool, answers_an_expired_and_a_cancelled_waiter_while_all_instances_are_busy) {
    ExtractorConfig config = faulty_config();
    config.max_pool_size = 1;
    config.initial_pool_size = 1;
    config.epoch_timeout = 2s;
    const auto pool = make(config);
    std::stop_source hog_stop;
    std::promise<Result<Document>> hog;
    pool->extract_async(owned("loop 1"), Deadline::never(), hog_stop.get_token(),
                        [&](Result<Document> result) { hog.set_value(std::move(result)); });
    while (pool->health().active_instances == 0) std::this_thread::yield();

    std::promise<Result<Document>> expired;
    pool->extract_async(owned("echo x"), Deadline::after(20ms), {},
                        [&](Result<Document> result) { expired.set_value(std::move(result)); });
    EXPECT_EQ(expired.get_future().get().error().error_class, ErrorClass::kDeadlineExceeded);

    std::stop_source stop;
    std::promise<Result<Document>> cancelled;
    pool->extract_async(owned("echo x"), Deadline::never(), stop.get_token(),
                        [&](Result<Document> result) { cancelled.set_value(std::move(result)); });
    stop.request_stop();
    EXPECT_EQ(cancelled.get_future().get().error().error_class, ErrorClass::kCancelled);

    hog_stop.request_stop();
    EXPECT_EQ(hog.get_future().get().error().error_class, ErrorClass::kCancelled);
    expect_all_accounted(pool->metrics());
    EXPECT_EQ(pool->metrics().requests_waiting, 0U);
}

TEST(InstancePool, answers_everything_it_has_accepted_when_it_shuts_down) {
    for (const auto drain : {10s, 0s}) {
        const auto pool = make(faulty_config());
        std::atomic<int> served{0};
        std::atomic<int> refused{0};
        for (int i = 0; i < 40; ++i) {
            pool->extract_async(
                owned(i == 0 ? "loop 1" : "echo x"), Deadline::never(), {},
                [&](const Result<Document>& result) { ++(result ? served : refused); });
        }
        pool->shutdown(Deadline::after(drain));
        EXPECT_EQ(served + refused, 40);
        if (drain == 10s) {
            EXPECT_EQ(served, 40);
        }
        EXPECT_EQ(extract(*pool, "echo x").error().error_class, ErrorClass::kOverloaded);
        expect_all_accounted(pool->metrics());
    }
}

/// A pool whose one helper has been halted, so that the page which it gets stays with it.
struct HaltedHelper {
    HaltedHelper() {
        ExtractorConfig config = faulty_config();
        config.max_pool_size = 1;
        config.fallback_isolation = FallbackIsolation::kProcess;
        pool = make(config);
        std::vector<pid_t> helpers;
        while (!is_idle() || helpers.empty()) helpers = children_of(zygotes().front());
        ::kill(helpers.front(), SIGSTOP);
    }

    /// Once the helper that proved the service has been replaced.
    [[nodiscard]] bool is_idle() const {
        const HelperStats stats = pool->metrics().helpers;
        return stats.starts == stats.calls + 1;
    }
    /// A page that goes to the helper; returns when it is there.
    std::future<Result<Document>> start(std::stop_token stop) const {
        std::future<Result<Document>> answer = call("trap 1", std::move(stop));
        while (pool->metrics().helpers.calls < 2) std::this_thread::yield();
        return answer;
    }
    /// Pages that stay with the pool's threads, one more than there are helpers, while its permit
    /// is free.
    std::vector<std::future<Result<Document>>> take_all_threads(const std::stop_token& stop) const {
        std::vector<std::future<Result<Document>>> answers;
        answers.push_back(start(stop));
        answers.push_back(call("trap 2", stop));
        while (pool->metrics().helpers.waiting == 0) std::this_thread::yield();
        return answers;
    }
    std::future<Result<Document>> call(std::string bytes, std::stop_token stop,
                                       Deadline deadline = Deadline::never()) const {
        auto promise = std::make_shared<std::promise<Result<Document>>>();
        pool->extract_async(
            owned(std::move(bytes)), deadline, std::move(stop),
            [promise](Result<Document> result) { promise->set_value(std::move(result)); });
        return promise->get_future();
    }

    std::unique_ptr<InstancePool> pool;
};

TEST(InstancePool, lets_a_caller_give_up_whose_page_is_in_the_fallback) {
    const HaltedHelper halted;
    std::stop_source stop;
    auto answer = halted.start(stop.get_token());
    stop.request_stop();
    EXPECT_EQ(answer.get().error().error_class, ErrorClass::kCancelled);
    expect_all_accounted(halted.pool->metrics());
}

TEST(InstancePool, cancels_what_is_in_the_fallback_when_it_has_been_drained) {
    const HaltedHelper halted;
    auto answer = halted.start({});
    halted.pool->shutdown(Deadline::after(0s));
    EXPECT_EQ(answer.get().error().error_class, ErrorClass::kCancelled);
    expect_all_accounted(halted.pool->metrics());
}

TEST(InstancePool, serves_a_page_while_another_is_in_the_fallback) {
    const HaltedHelper halted;
    std::stop_source stop;
    auto stays = halted.start(stop.get_token());
    EXPECT_EQ(halted.call("echo x", {}).get()->text, "x");
    stop.request_stop();
    EXPECT_EQ(stays.get().error().error_class, ErrorClass::kCancelled);
}

TEST(InstancePool, refuses_a_granted_call_that_lapsed_before_a_thread_was_free) {
    for (const ErrorClass why : {ErrorClass::kCancelled, ErrorClass::kDeadlineExceeded}) {
        const HaltedHelper halted;
        std::stop_source stop;
        const auto stay = halted.take_all_threads(stop.get_token());
        std::stop_source gives_up;
        const Deadline deadline =
            why == ErrorClass::kCancelled ? Deadline::never() : Deadline::after(50ms);
        auto answer = halted.call("echo x", gives_up.get_token(), deadline);
        EXPECT_EQ(halted.pool->health().active_instances, 1U);
        if (why == ErrorClass::kCancelled) gives_up.request_stop();
        while (!gives_up.stop_requested() && !deadline.passed(Deadline::Clock::now())) {
            std::this_thread::yield();
        }
        stop.request_stop();
        EXPECT_EQ(answer.get().error().error_class, why);
    }
}

TEST(InstancePool, has_a_monitor_that_checks_on_demand) {
    ExtractorConfig config = faulty_config();
    config.health_interval = 1h;
    const auto pool = make(config);
    PoolHealthMonitor& monitor = pool->health_monitor();
    EXPECT_EQ(monitor.get_current_health().canary, CanaryResult::kNotRun);
    const PoolHealthStatus checked = monitor.check();
    EXPECT_EQ(checked.canary, CanaryResult::kPassed);
    EXPECT_EQ(checked.max_instances, config.max_pool_size);
    EXPECT_EQ(checked.start_time, pool->health().start_time);
    EXPECT_EQ(monitor.get_current_health().canary, CanaryResult::kPassed);
    EXPECT_EQ(pool->health().canary, CanaryResult::kPassed);
}

TEST(InstancePool, has_a_monitor_that_sees_a_sandbox_which_fails_its_canary) {
    ExtractorConfig config = faulty_config();
    config.component_path = component_file("trap");
    const auto pool = make(config);
    EXPECT_EQ(pool->health_monitor().check().canary, CanaryResult::kFailed);
}

/// More instances than processors, and one page more than that which does not end.
struct Crowd {
    Crowd() {
        ExtractorConfig config = faulty_config();
        const std::uint32_t processors = sys::usable_processors();
        config.max_pool_size = processors + 3;
        config.epoch_timeout = 1h;
        config.extraction_timeout = 1h;
        pool = make(config);
        for (std::uint32_t i = 0; i <= processors; ++i) start("loop 1", stop.get_token());
    }
    void start(std::string bytes, std::stop_token token) {
        auto promise = std::make_shared<std::promise<Result<Document>>>();
        answers.push_back(promise->get_future());
        pool->extract_async(
            owned(std::move(bytes)), Deadline::never(), std::move(token),
            [promise](Result<Document> result) { promise->set_value(std::move(result)); });
    }

    std::unique_ptr<InstancePool> pool;
    std::stop_source stop;
    std::vector<std::future<Result<Document>>> answers;
};

TEST(InstancePool, answers_small_pages_beside_more_endless_ones_than_processors) {
    Crowd crowd;
    for (int i = 0; i < 10; ++i) {
        crowd.start("echo x", {});
        const Result<Document> answer = crowd.answers.back().get();
        crowd.answers.pop_back();
        ASSERT_TRUE(answer) << answer.error().detail;
        EXPECT_EQ(answer->text, "x");
    }
    crowd.stop.request_stop();
    for (auto& answer : crowd.answers) {
        EXPECT_EQ(answer.get().error().error_class, ErrorClass::kCancelled);
    }
    expect_all_accounted(crowd.pool->metrics());
}

TEST(InstancePool, shuts_down_while_pages_wait_for_a_processor) {
    Crowd crowd;
    for (int i = 0; i < 10; ++i) crowd.start("loop 2", {});
    crowd.pool->shutdown(Deadline::after(1ms));
    for (auto& answer : crowd.answers) {
        ASSERT_EQ(answer.wait_for(0s), std::future_status::ready);
        EXPECT_FALSE(answer.get());
    }
    expect_all_accounted(crowd.pool->metrics());
}

TEST(InstancePool, stops_a_guest_at_the_requests_deadline_and_blames_nobody) {
    ExtractorConfig config = faulty_config();
    config.epoch_timeout = 10s;
    const auto pool = make(config);
    for (int i = 0; i < 30; ++i) {
        const auto late = extract(*pool, "loop 1", 2ms);
        ASSERT_FALSE(late);
        EXPECT_THAT(late.error().error_class,
                    testing::AnyOf(ErrorClass::kTimeout, ErrorClass::kDeadlineExceeded));
    }
    EXPECT_EQ(pool->circuit_breaker().trips, 0U);
}

TEST(InstancePool, is_healthy_and_idle_when_nobody_calls) {
    const auto pool = make(faulty_config());
    const PoolHealthStatus health = pool->health();
    EXPECT_EQ(health.level, HealthLevel::kHealthy);
    EXPECT_EQ(health.utilization, 0.0);
    EXPECT_EQ(health.active_instances, 0U);
    EXPECT_EQ(health.available_instances, 2U);
    EXPECT_FALSE(health.ticker_is_stuck);
    EXPECT_GT(health.start_time, 0ns);
}

TEST(InstancePool, refuses_a_pool_of_nothing) {
    ExtractorConfig config = wasm::small_config();
    config.max_pool_size = 0;
    const auto refused = InstancePool::create(config);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().error_class, ErrorClass::kConfig);
    EXPECT_THAT(refused.error().detail, HasSubstr("max_pool_size"));
}

TEST(InstancePool, tells_what_its_instances_did) {
    const auto pool = make(faulty_config());
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(extract(*pool, "echo x"));
    std::uint64_t uses = 0;
    for (const PooledInstance& instance : pool->instances()) uses += instance.use_count;
    EXPECT_EQ(uses, 10U);
    const PerformanceMetrics metrics = pool->metrics();
    EXPECT_EQ(metrics.successful_extractions, 10U);
    EXPECT_EQ(metrics.wait.count, 10U);
    EXPECT_EQ(metrics.processing.count, 10U);
    EXPECT_GT(metrics.processing.mean, 0ns);
    EXPECT_GT(metrics.wasm_memory_pages, 0U);
}

}  // namespace
}  // namespace riptide
