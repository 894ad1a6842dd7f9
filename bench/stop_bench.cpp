// stop_bench: how hard the limits are. An endless guest is stopped again and again, and the time
// past its deadline measured, also of guests that leave their work to the host; an allocation bomb
// runs into its memory limit, and the resident memory before and after is compared. The guests are
// the test components, built in with their path.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "sys/file.h"
#include "wasm/slot.h"

namespace {

using namespace riptide::bench;
using riptide::Deadline;
using riptide::wasm::Component;
using riptide::wasm::Engine;
using riptide::wasm::Slot;

double milliseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

Component load(const Engine& engine, const char* name) {
    const std::string path = std::string(RIPTIDE_TEST_COMPONENTS) + "/" + name + ".wasm";
    const auto bytes = riptide::sys::read_file(path, riptide::Bytes::mib(16)).value();
    return Component::load(engine, bytes, nullptr).value();
}

riptide::ErrorClass run(const Engine& engine, const Component& component, std::string_view page,
                        Deadline deadline) {
    Slot slot = Slot::create(engine, component).value();
    const auto result = std::move(slot).call(page, riptide::ExtractOptions{}, deadline);
    if (result) std::exit(1);
    return result.error().error_class;
}

/// Times past the deadline, in milliseconds, sorted.
std::vector<double> overshoots(const Engine& engine, const Component& guest, std::string_view page,
                               int calls) {
    std::vector<double> past;
    for (int i = 0; i < calls; ++i) {
        const Deadline deadline = Deadline::after(std::chrono::milliseconds(10));
        if (run(engine, guest, page, deadline) != riptide::ErrorClass::kTimeout) std::exit(1);
        past.push_back(milliseconds(Clock::now() - deadline.time()));
    }
    std::ranges::sort(past);
    return past;
}

void print_overshoots(const char* guest, const std::vector<double>& past) {
    std::printf("%s.overshoot_p50_ms %.2f\n", guest, past[past.size() / 2]);
    std::printf("%s.overshoot_p99_ms %.2f\n", guest, past[past.size() * 99 / 100]);
    std::printf("%s.overshoot_min_ms %.2f\n", guest, past.front());
}

/// The kinds of tests/components/busy_host.wat.
void busy_host(const Engine& engine) {
    const Component guest = load(engine, "busy_host");
    std::string page;
    for (const char* kind :
         {"fill", "copy", "copy_back", "short_fill", "memory_init", "table_copy", "memory_grow"}) {
        print_overshoots(kind, overshoots(engine, guest, page, 100));
        page += 'x';
    }
}

void bomb(const Engine& engine) {
    const Component guest = load(engine, "bomb");
    const std::size_t before = resident_kib();
    const auto start = Clock::now();
    const riptide::ErrorClass stopped = run(engine, guest, "<p>x", Deadline::never());
    if (stopped != riptide::ErrorClass::kMemoryLimit) std::exit(1);
    std::printf("bomb.stopped_after_ms %.0f\n", milliseconds(Clock::now() - start));
    std::printf("bomb.resident_kib_before %zu\n", before);
    std::printf("bomb.resident_kib_after %zu\n", resident_kib());
}

}  // namespace

int main() {
    const riptide::ExtractorConfig config;
    const Engine engine = Engine::create(riptide::wasm::engine_settings(config)).value();
    print_overshoots("endless", overshoots(engine, load(engine, "endless"), "<p>x", 1000));
    busy_host(engine);
    bomb(engine);
    return 0;
}
