// count_calls native|sandbox|scalar|pool PAGE CALLS: extracts a page so many times, for
// tools/count, which counts the instructions of `riptide_counted` and of what it calls.
//
// native: the core. sandbox: a call in a store of its own, which is made and destroyed; no thread
// but the ticker is at work. scalar: the same with the guest that has no SIMD. pool: as a caller of
// a pool sees it that has a store ready.
#include <riptide/instance_pool.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "bench/measure.h"
#include "core/extract.h"
#include "wasm/slot.h"

/// The one name that tools/count knows.
extern "C" [[gnu::noinline]] void riptide_counted(const std::function<bool()>& call) {
    if (!call()) std::exit(1);
}

namespace {

using riptide::Deadline;
using riptide::ExtractOptions;

/// Calls before the ones that count: they fill the allocators and the memory of the slots.
constexpr int kWarmUp = 3;

void run(int calls, const std::function<void()>& prepare, const std::function<bool()>& call) {
    for (int i = 0; i < kWarmUp; ++i) {
        prepare();
        if (!call()) std::exit(1);
    }
    for (int i = 0; i < calls; ++i) {
        prepare();
        riptide_counted(call);
    }
}

void run_native(std::string_view page, int calls) {
    run(calls, [] {}, [&] { return riptide::core::extract(page, ExtractOptions{}).has_value(); });
}

void run_guest(const riptide::ExtractorConfig& config, std::string_view page, int calls) {
    const auto engine =
        riptide::wasm::Engine::create(riptide::wasm::engine_settings(config)).value();
    const auto bytes = riptide::wasm::component_bytes(config).value();
    // Compiling would outweigh the calls.
    const auto cache = riptide::wasm::AotCache::open("").value();
    const auto component = riptide::wasm::Component::load(engine, bytes.view(), &cache).value();
    run(
        calls, [] {},
        [&] {
            auto slot = riptide::wasm::Slot::create(engine, component).value();
            return std::move(slot).call(page, ExtractOptions{}, Deadline::never()).has_value();
        });
}

void run_sandbox(std::string_view page, int calls) { run_guest({}, page, calls); }

void run_scalar(std::string_view page, int calls) {
    riptide::ExtractorConfig config;
    config.enable_simd = false;
    run_guest(config, page, calls);
}

void run_pool(std::string_view page, int calls) {
    riptide::ExtractorConfig config;
    config.enable_fallback = false;
    const auto pool = riptide::InstancePool::create(config).value();
    const auto is_ready = [](const riptide::PooledInstance& instance) {
        return instance.state == riptide::InstanceState::kReady;
    };
    riptide::Request request;
    request.bytes = page;
    run(
        calls,
        [&] {
            while (!std::ranges::any_of(pool->instances(), is_ready)) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        },
        [&] { return pool->extract(request, Deadline::never()).has_value(); });
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view engine = argc == 4 ? argv[1] : "";
    const auto run_engine = engine == "native"    ? run_native
                            : engine == "sandbox" ? run_sandbox
                            : engine == "scalar"  ? run_scalar
                            : engine == "pool"    ? run_pool
                                                  : nullptr;
    if (run_engine == nullptr) {
        std::fprintf(stderr, "usage: count_calls native|sandbox|scalar|pool PAGE CALLS\n");
        return 2;
    }
    const std::string page = riptide::bench::read_page(argv[2]);
    run_engine(page, std::atoi(argv[3]));
}
