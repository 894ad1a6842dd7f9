// Each accessor of third_party/wasmtime-shim: they cast Wasmtime's C structs, so another layout
// must be noticed here.
#include "wasm/shim.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/wasm/components.h"
#include "wasm/trap.h"

namespace riptide::wasm {
namespace {

TEST(Shim, makes_an_engine_or_says_why_not) {
    wasmtime_pooling_allocation_config_t* pool = wasmtime_pooling_allocation_config_new();
    // Larger than the reservation of a slot: what aborts the process through the plain C API.
    wasmtime_pooling_allocation_config_max_memory_size_set(pool, std::size_t{16} << 30);
    wasm_config_t* config = wasm_config_new();
    wasmtime_pooling_allocation_strategy_set(config, pool);
    wasmtime_pooling_allocation_config_delete(pool);
    wasm_engine_t* engine = nullptr;
    const ErrorHandle error(riptide_engine_new(config, &engine));
    ASSERT_NE(error, nullptr);
    EXPECT_EQ(engine, nullptr);
    EXPECT_FALSE(message_of(*error).empty());

    const ErrorHandle none(riptide_engine_new(wasm_config_new(), &engine));
    EXPECT_EQ(none, nullptr);
    ASSERT_NE(engine, nullptr);
    const EngineHandle owner(engine);
}

TEST(Shim, takes_either_answer_about_pagemap_scan) {
    for (const auto pages :
         {EngineSettings::DirtyPages::kAskKernel, EngineSettings::DirtyPages::kAssumeAll}) {
        EngineSettings settings = engine_settings(small_config());
        settings.dirty_pages = pages;
        const Result<Engine> engine = Engine::create(settings);
        ASSERT_TRUE(engine) << engine.error().detail;
        const Component component =
            Component::load(*engine, component_bytes(small_config()).value().view(), nullptr)
                .value();
        for (int i = 0; i < 3; ++i) {
            Slot slot = Slot::create(*engine, component).value();
            EXPECT_TRUE(std::move(slot).call("<p>x", ExtractOptions{}, Deadline::never()));
        }
    }
}

TEST(Shim, tells_the_trap_code_of_an_error_and_none_of_another) {
    const ErrorHandle plain(wasmtime_error_new("no trap"));
    std::uint8_t code = 0xEE;
    EXPECT_FALSE(riptide_error_trap_code(plain.get(), &code));
    EXPECT_EQ(code, 0xEE);
    const CallLimits untouched;
    EXPECT_EQ(classify(*plain, untouched, ErrorClass::kHost).error_class, ErrorClass::kHost);
    EXPECT_EQ(Sandbox::with("trap").call("x").error().error_class, ErrorClass::kTrap);
    EXPECT_EQ(Sandbox::with("endless").call("x", std::chrono::milliseconds(2)).error().error_class,
              ErrorClass::kTimeout);
}

TEST(Shim, tells_where_in_an_artifact_the_guests_functions_are) {
    for (const char* name : {"endless", "bulk_results"}) {
        const Sandbox sandbox = Sandbox::with(name);
        const std::span<const std::uint8_t> artifact = sandbox.component.artifact();
        const riptide_code_t& code = sandbox.component.code();
        EXPECT_GE(code.begin, artifact.data()) << name;
        EXPECT_GT(code.end, code.begin) << name;
        EXPECT_LE(code.end, artifact.data() + artifact.size()) << name;
        EXPECT_GE(code.trap, code.begin) << name;
        EXPECT_LT(code.trap, code.end) << name;
    }
}

TEST(Shim, limits_a_stores_memory_and_reports_the_peak) {
    const Sandbox sandbox = Sandbox::builtin();
    Slot slot = Slot::create(sandbox.engine, sandbox.component).value();
    const std::uint64_t initial = slot.memory_use().peak_bytes;
    EXPECT_GE(initial, Bytes::mib(1).count);
    std::string large;
    while (large.size() < 150'000) large += "<p>x";
    EXPECT_TRUE(std::move(slot).call(large, ExtractOptions{}, Deadline::never()));
    EXPECT_GT(slot.memory_use().peak_bytes, initial);
    EXPECT_EQ(slot.memory_use().denied_growths, 0U);
}

}  // namespace
}  // namespace riptide::wasm
