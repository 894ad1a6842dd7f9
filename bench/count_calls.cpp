// count_calls native|sandbox PAGE CALLS: extracts a page so many times, for tools that count
// instructions (tools/instructions). In the sandbox each call has a store of its own; there is no
// other thread at work.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "bench/measure.h"
#include "core/extract.h"
#include "wasm/slot.h"

namespace {

using riptide::Deadline;
using riptide::ExtractOptions;

void run_native(std::string_view page, int calls) {
    for (int i = 0; i < calls; ++i) {
        if (!riptide::core::extract(page, ExtractOptions{})) std::exit(1);
    }
}

void run_sandbox(std::string_view page, int calls) {
    const riptide::ExtractorConfig config;
    const auto engine =
        riptide::wasm::Engine::create(riptide::wasm::engine_settings(config)).value();
    const auto bytes = riptide::wasm::component_bytes(config).value();
    // Compiling would outweigh the calls.
    const auto cache = riptide::wasm::AotCache::open("").value();
    const auto component = riptide::wasm::Component::load(engine, bytes.view(), &cache).value();
    for (int i = 0; i < calls; ++i) {
        auto slot = riptide::wasm::Slot::create(engine, component).value();
        if (!std::move(slot).call(page, ExtractOptions{}, Deadline::never())) std::exit(1);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: count_calls native|sandbox PAGE CALLS\n");
        return 2;
    }
    const std::string page = riptide::bench::read_page(argv[2]);
    const int calls = std::atoi(argv[3]);
    const std::string_view engine = argv[1];
    engine == "native" ? run_native(page, calls) : run_sandbox(page, calls);
}
