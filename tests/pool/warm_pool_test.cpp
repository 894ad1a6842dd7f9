#include "pool/warm_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "pool/recorder.h"
#include "tests/wasm/components.h"

namespace riptide {
namespace {

using namespace std::chrono_literals;
using wasm::small_config;

struct Warm {
    explicit Warm(std::uint32_t initial = 2)
        : engine(wasm::Engine::create(wasm::engine_settings(small_config())).value()),
          pool(WarmPool::create(engine, load("faulty"), {initial, 2}).value()) {}

    [[nodiscard]] std::shared_ptr<const wasm::Component> load(const std::string& name) const {
        return std::make_shared<const wasm::Component>(
            wasm::Component::load(engine, wasm::read_component(name), nullptr).value());
    }
    Result<Document> call(std::string_view page) const {
        return pool->lease().value().call(page, {}, Deadline::after(200ms), {});
    }
    /// Waits for the pool's own thread.
    template <typename Condition>
    WarmPool::Counts when(Condition condition) const {
        for (;;) {
            const WarmPool::Counts counts = pool->counts();
            if (condition(counts)) return counts;
            std::this_thread::yield();
        }
    }

    wasm::Engine engine;
    std::unique_ptr<WarmPool> pool;
};

TEST(WarmPool, has_its_first_slots_ready_before_the_first_call) {
    const Warm warm(2);
    const WarmPool::Counts counts = warm.pool->counts();
    EXPECT_EQ(counts.ready, 2U);
    EXPECT_EQ(counts.made, 2U);
    EXPECT_GT(warm.engine.committed(), 2 * Bytes::mib(1).count);
}

TEST(WarmPool, takes_a_ready_slot_and_makes_another_in_the_background) {
    const Warm warm(2);
    EXPECT_EQ(warm.call("echo x")->text, "x");
    const auto counts =
        warm.when([](const WarmPool::Counts& now) { return now.ready == 2 && now.spent == 0; });
    EXPECT_EQ(counts.missed, 0U);
    EXPECT_EQ(counts.made, 3U);
}

TEST(WarmPool, gives_every_call_a_store_of_its_own) {
    const Warm warm(1);
    for (int i = 0; i < 50; ++i) ASSERT_EQ(warm.call("echo x")->site_name, "1");
    EXPECT_GE(warm.pool->counts().made, 50U);
}

TEST(WarmPool, leaves_nothing_of_a_page_for_the_next_whatever_became_of_it) {
    const Warm warm(1);
    const std::string needle = "canary-bytes-7f3a";
    const std::string reversed(needle.rbegin(), needle.rend());
    for (const std::string command : {"echo", "trap", "loop", "bomb", "recurse", "error"}) {
        for (int i = 0; i < 3; ++i) {
            EXPECT_EQ(warm.call(command + " " + needle).has_value(), command == "echo");
            // One after the other, and through every slot that there is.
            std::vector<WarmPool::Lease> leases;
            for (std::uint32_t slot = 0; slot < small_config().max_pool_size; ++slot) {
                leases.push_back(warm.pool->lease().value());
            }
            for (WarmPool::Lease& lease : leases) {
                EXPECT_EQ(lease.call("search " + reversed, {}, Deadline::after(20s), {})->text, "0")
                    << "after " << command;
            }
        }
    }
    // The search does find what is there: the page itself.
    EXPECT_NE(warm.call("search abcdcba")->text, "0");
}

TEST(WarmPool, makes_slots_itself_when_requests_come_faster) {
    const Warm warm(0);
    EXPECT_EQ(warm.call("echo x")->text, "x");
    EXPECT_EQ(warm.pool->counts().missed, 1U);
    EXPECT_EQ(warm.pool->counts().target, 1U);
}

TEST(WarmPool, makes_slots_in_the_background_once_requests_leave_their_one_processor_alone) {
    std::thread([] {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<unsigned>(::sched_getcpu()), &one);
        ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);  // and of the pool's own thread
        const Warm warm(2);
        for (int i = 0; i < 50; ++i) ASSERT_EQ(warm.call("echo x")->text, "x");
        const auto counts =
            warm.when([](const WarmPool::Counts& now) { return now.ready == 2 && now.spent == 0; });
        EXPECT_GE(counts.made, 52U);
    }).join();
}

TEST(WarmPool, runs_another_component_once_it_was_replaced) {
    const Warm warm(2);
    WarmPool::Lease before = warm.pool->lease().value();
    warm.pool->replace(warm.load("typed_error"));
    EXPECT_TRUE(before.call("echo x", {}, Deadline::after(1s), {}));
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(warm.call("echo x").error().error_class, ErrorClass::kInvalidHtml);
    }
}

TEST(WarmPool, lets_a_component_go_that_was_replaced) {
    const Warm warm(2);
    auto component = warm.load("faulty");
    const std::weak_ptr<const wasm::Component> last = component;
    warm.pool->replace(std::move(component));
    const auto settled = [](const WarmPool::Counts& now) {
        return now.ready == 2 && now.spent == 0;
    };
    warm.when(settled);
    EXPECT_TRUE(warm.call("echo x"));
    warm.when(settled);
    EXPECT_FALSE(last.expired());
    warm.pool->replace(warm.load("faulty"));
    const Deadline patience = Deadline::after(60s);
    while (!last.expired()) {
        ASSERT_FALSE(patience.passed(Deadline::Clock::now()));
        std::this_thread::yield();
    }
}

TEST(WarmPool, tells_the_history_of_its_slots) {
    const Warm warm(1);
    EXPECT_TRUE(warm.call("echo x"));
    EXPECT_FALSE(warm.call("trap x"));
    EXPECT_FALSE(warm.call("bomb x"));
    std::uint64_t uses = 0;
    std::uint64_t failures = 0;
    Bytes peak;
    for (const PooledInstance& instance : warm.pool->instances()) {
        uses += instance.use_count;
        failures += instance.failure_count;
        peak = std::max(peak, instance.resources.peak_memory);
        EXPECT_NE(instance.state, InstanceState::kBusy);
    }
    EXPECT_EQ(uses, 3U);
    EXPECT_EQ(failures, 2U);
    EXPECT_LE(peak, small_config().memory_limit);
    EXPECT_GT(peak.count, small_config().memory_limit.count / 8 * 7);
}

TEST(WarmPool, commits_no_memory_once_its_stores_are_gone) {
    Warm warm(2);
    EXPECT_FALSE(warm.call("bomb x"));
    warm.pool.reset();
    EXPECT_EQ(warm.engine.committed(), 0U);
}

TEST(WarmTarget, grows_with_every_miss_up_to_its_ceiling_and_shrinks_by_what_lay_idle) {
    const WarmTarget::TimePoint start{1000s};
    WarmTarget target(1, 4, start);
    EXPECT_EQ(target.target(), 1U);
    for (int i = 0; i < 9; ++i) target.on_missed();
    EXPECT_EQ(target.target(), 4U);
    target.on_time(start + 9s);
    EXPECT_EQ(target.target(), 4U);
    target.on_time(start + 10s);
    EXPECT_EQ(target.target(), 4U) << "in this period there was a miss";
    target.on_taken(1);
    target.on_time(start + 20s);
    EXPECT_EQ(target.target(), 3U) << "one lay unused";
    target.on_time(start + 30s);
    EXPECT_EQ(target.target(), 1U) << "nobody came";
    target.on_time(start + 40s);
    EXPECT_EQ(target.target(), 1U);
}

TEST(Recorder, tells_quantiles_within_a_bucket) {
    for (std::uint64_t value = 1; value < (std::uint64_t{1} << 40); value = value * 9 / 8 + 1) {
        const std::size_t index = LatencyBuckets::index(value);
        ASSERT_LT(index, LatencyBuckets::kCount);
        const auto told = static_cast<double>(LatencyBuckets::value(index));
        EXPECT_NEAR(told, static_cast<double>(value), 0.07 * static_cast<double>(value) + 0.5);
        EXPECT_LE(index, LatencyBuckets::index(value + 1));
    }
    Recorder recorder(Recorder::Times::kMeasured);
    for (int i = 1; i <= 100; ++i) recorder.processed(std::chrono::microseconds(i));
    const Distribution times = recorder.metrics().processing;
    EXPECT_EQ(times.count, 100U);
    EXPECT_EQ(times.mean, 50500ns);
    EXPECT_EQ(times.max, 100us);
    EXPECT_NEAR(static_cast<double>(times.p50.count()), 51000, 3600);
    EXPECT_NEAR(static_cast<double>(times.p99.count()), 100000, 7000);
}

}  // namespace
}  // namespace riptide
