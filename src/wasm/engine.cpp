#include "wasm/engine.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>

#include "sys/memory.h"
#include "wasm/interrupt.h"

namespace riptide::wasm {
namespace {

/// Addresses for each instance, in bytes.
constexpr std::uint64_t kSlotReservation = std::uint64_t{4} << 30;

/// Address space that Wasmtime reserves for each slot, so that 32-bit accesses need no checks.
/// Core instances, memories and tables are counted apart; a component has one of each that matters,
/// and a core instance or two more of glue.
constexpr std::uint32_t kCoreInstancesPerComponent = 4;
/// Asking the kernel costs the same however much stays resident; clearing it blindly does not.
constexpr std::uint64_t kResidentWithScan = std::uint64_t{32} << 20;
constexpr std::uint64_t kResidentWithoutScan = std::uint64_t{512} << 10;

/// Linux's `struct pm_scan_arg` and its ioctl, spelled out because the headers of older systems
/// lack them.
struct PagemapScanArgument {
    std::uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
    std::uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
};
constexpr unsigned long kPagemapScanRequest = _IOWR('f', 16, PagemapScanArgument);

/// All that compiled code depends on.
wasm_config_t* new_config() {
    wasm_config_t* config = wasm_config_new();
    wasmtime_config_wasm_component_model_set(config, true);
    // One memory, of 32-bit addresses, is what riptide_component_compile knows to rewrite.
    wasmtime_config_wasm_multi_memory_set(config, false);
    wasmtime_config_wasm_memory64_set(config, false);
    wasmtime_config_memory_init_cow_set(config, true);
    wasmtime_config_concurrency_support_set(config, false);
    wasmtime_config_memory_reservation_set(config, kSlotReservation);
    return config;
}

}  // namespace

bool kernel_has_pagemap_scan() {
    const int pagemap = ::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    if (pagemap < 0) return false;
    PagemapScanArgument argument{};
    argument.size = sizeof argument;
    const bool works = ::ioctl(pagemap, kPagemapScanRequest, &argument) >= 0;
    ::close(pagemap);
    return works;
}

std::string EngineSettings::code_settings() const {
    return "interruption=signal reservation=" + std::to_string(kSlotReservation);
}

Bytes EngineSettings::address_space() const { return Bytes{instances * kSlotReservation}; }

EngineSettings engine_settings(const ExtractorConfig& config) {
    const bool scan = kernel_has_pagemap_scan();
    EngineSettings settings{};
    settings.instances = config.max_pool_size + kSpareInstances;
    settings.memory_limit_bytes = config.memory_limit.count / kWasmPage.count * kWasmPage.count;
    settings.keep_resident_bytes =
        config.enable_reuse ? (scan ? kResidentWithScan : kResidentWithoutScan) : 0;
    settings.dirty_pages =
        scan ? EngineSettings::DirtyPages::kAskKernel : EngineSettings::DirtyPages::kAssumeAll;
    return settings;
}

Engine::Engine(EngineHandle engine, const EngineSettings& settings, std::unique_ptr<Ticker> ticker)
    : settings_(settings),
      committed_(std::make_unique<std::atomic<std::uint64_t>>(0)),
      engine_(std::move(engine)),
      ticker_(std::move(ticker)) {}

Result<Engine> Engine::create(const EngineSettings& settings) {
    const Bytes memory = sys::usable_memory();
    if (settings.memory_limit_bytes > memory.count) {
        return fail(ErrorClass::kEngineStart,
                    "one page may take " + std::to_string(settings.memory_limit_bytes >> 20) +
                        " MiB (RIPTIDE_WASM_MEMORY_LIMIT_MB), more than the " +
                        std::to_string(memory.count >> 20) + " MiB that this process may have");
    }
    // Wasmtime's own threads and tables need some room beside the slots.
    rlimit address_space{};
    const std::uint64_t needed = settings.address_space().count;
    if (::getrlimit(RLIMIT_AS, &address_space) == 0 && address_space.rlim_cur != RLIM_INFINITY &&
        address_space.rlim_cur < needed) {
        const std::uint32_t configured = settings.instances - kSpareInstances;
        return fail(
            ErrorClass::kEngineStart,
            "the sandbox needs " + std::to_string(needed >> 30) +
                " GiB of address space (4 GiB for each instance, " + std::to_string(configured) +
                " and " + std::to_string(kSpareInstances) + " to spare), but the limit is " +
                std::to_string(address_space.rlim_cur >> 20) +
                " MiB; raise it (`ulimit -v unlimited`)" +
                (configured > 1 ? " or have fewer instances (RIPTIDE_WASM_INSTANCES_PER_WORKER; "
                                  "of a batch, --jobs)"
                                : ""));
    }
    if (const Result<void> installed = install_interrupt_handler(); !installed) {
        return tl::unexpected(installed.error());
    }
    wasmtime_pooling_allocation_config_t* pool = wasmtime_pooling_allocation_config_new();
    wasmtime_pooling_allocation_config_total_component_instances_set(pool, settings.instances);
    wasmtime_pooling_allocation_config_total_core_instances_set(
        pool, settings.instances * kCoreInstancesPerComponent);
    wasmtime_pooling_allocation_config_total_memories_set(pool, settings.instances);
    wasmtime_pooling_allocation_config_total_tables_set(pool, settings.instances);
    // Stacks are for asynchronous calls, of which there are none; each costs a system call.
    wasmtime_pooling_allocation_config_total_stacks_set(pool, 0);
    wasmtime_pooling_allocation_config_max_memory_size_set(pool, settings.memory_limit_bytes);
    wasmtime_pooling_allocation_config_linear_memory_keep_resident_set(
        pool, settings.keep_resident_bytes);
    wasmtime_pooling_allocation_config_table_keep_resident_set(
        pool, std::min<std::uint64_t>(settings.keep_resident_bytes, kWasmPage.count));
    riptide_pooling_pagemap_scan(pool,
                                 settings.dirty_pages == EngineSettings::DirtyPages::kAskKernel);

    wasm_config_t* config = new_config();
    wasmtime_pooling_allocation_strategy_set(config, pool);
    wasmtime_pooling_allocation_config_delete(pool);

    wasm_engine_t* engine = nullptr;
    if (ErrorHandle error{riptide_engine_new(config, &engine)}; error != nullptr) {
        return fail(
            ErrorClass::kEngineStart,
            "the sandbox's engine cannot start: " + message_of(*error) +
                " (it reserves 4 GiB of address space for each of " +
                std::to_string(settings.instances) +
                " instances, which RIPTIDE_WASM_INSTANCES_PER_WORKER, or --jobs of a batch, makes "
                "fewer)");
    }
    EngineHandle handle(engine);
    Result<std::unique_ptr<Ticker>> ticker = Ticker::start();
    if (!ticker) return tl::unexpected(std::move(ticker.error()));
    return Engine(std::move(handle), settings, std::move(*ticker));
}

Result<EngineHandle> Engine::lone_compiler() {
    wasm_config_t* config = new_config();
    wasmtime_config_parallel_compilation_set(config, false);
    wasm_engine_t* engine = nullptr;
    if (ErrorHandle error{riptide_engine_new(config, &engine)}; error != nullptr) {
        return fail(ErrorClass::kEngineStart, "nothing can be compiled: " + message_of(*error));
    }
    return EngineHandle(engine);
}

}  // namespace riptide::wasm
