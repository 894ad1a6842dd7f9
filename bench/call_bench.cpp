// call_bench [LIST] [PASSES]: what one call costs, and how the sandbox compares with native code.
//
// On a tiny page: the median of each step of a call (store and instance, call, teardown), and of
// the whole. On the pages of LIST (a path per line, or id, path, URL separated by tabs): native and
// sandboxed calls taking turns page by page, whole calls with teardown, so that a busy spell of the
// machine hits both. One thread. Prints `key value` lines.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "core/extract.h"
#include "wasm/slot.h"

namespace {

using namespace riptide::bench;

struct Sandbox {
    riptide::wasm::Engine engine;
    riptide::wasm::Component component;
};

Sandbox start() {
    const riptide::ExtractorConfig config;
    auto engine = riptide::wasm::Engine::create(riptide::wasm::engine_settings(config)).value();
    const auto bytes = riptide::wasm::component_bytes(config).value();
    auto component = riptide::wasm::Component::load(engine, bytes.view(), nullptr).value();
    return {std::move(engine), std::move(component)};
}

/// Returns how much linear memory the call had.
std::uint64_t call(const Sandbox& sandbox, std::string_view page,
                   const riptide::ExtractOptions& options) {
    auto slot = riptide::wasm::Slot::create(sandbox.engine, sandbox.component).value();
    if (!std::move(slot).call(page, options, riptide::Deadline::after(std::chrono::seconds(30)))) {
        std::fprintf(stderr, "call_bench: a call failed\n");
        std::exit(1);
    }
    return slot.memory_use().peak_bytes;
}

void tiny_page(const Sandbox& sandbox) {
    constexpr std::string_view kPage =
        "<html><head><title>Hi</title></head><body><p>Hello</p></body></html>";
    const riptide::ExtractOptions options;
    std::vector<double> make;
    std::vector<double> run;
    std::vector<double> drop;
    std::vector<double> whole;
    for (int i = 0; i < 20'000; ++i) {
        const auto begin = Clock::now();
        Clock::time_point made;
        Clock::time_point called;
        {
            auto slot = riptide::wasm::Slot::create(sandbox.engine, sandbox.component).value();
            made = Clock::now();
            const auto deadline = riptide::Deadline::after(std::chrono::seconds(30));
            if (!std::move(slot).call(kPage, options, deadline)) std::exit(1);
            called = Clock::now();
        }
        const auto end = Clock::now();
        make.push_back(microseconds(made - begin));
        run.push_back(microseconds(called - made));
        drop.push_back(microseconds(end - called));
        whole.push_back(microseconds(end - begin));
    }
    std::printf("tiny_page.make_us %.1f\n", quantile(make, 0.5));
    std::printf("tiny_page.call_us %.1f\n", quantile(run, 0.5));
    std::printf("tiny_page.drop_us %.1f\n", quantile(drop, 0.5));
    std::printf("tiny_page.whole_us %.1f\n", quantile(whole, 0.5));
    std::printf("tiny_page.whole_p99_us %.1f\n", quantile(whole, 0.99));
}

void compare(const Sandbox& sandbox, const std::vector<std::string>& pages, int passes) {
    riptide::ExtractOptions options;
    options.outputs = riptide::Outputs::kText;
    std::vector<double> ratios;
    double native_total = 0;
    double wasm_total = 0;
    std::uint64_t memory = 0;
    for (int pass = 0; pass <= passes; ++pass) {
        double native_time = 0;
        double wasm_time = 0;
        for (const std::string& page : pages) {
            const auto begin = Clock::now();
            if (!riptide::core::extract(page, options)) continue;
            const auto between = Clock::now();
            memory += call(sandbox, page, options);
            native_time += microseconds(between - begin);
            wasm_time += microseconds(Clock::now() - between);
        }
        if (pass == 0) continue;  // warms up
        native_total += native_time;
        wasm_total += wasm_time;
        ratios.push_back(wasm_time / native_time);
    }
    const double calls = static_cast<double>(pages.size()) * passes;
    std::printf("pages %zu\n", pages.size());
    std::printf("pages.native_us %.0f\n", native_total / calls);
    std::printf("pages.wasm_us %.0f\n", wasm_total / calls);
    std::printf(
        "pages.wasm_memory_kib %.0f\n",
        static_cast<double>(memory) / 1024 / static_cast<double>(pages.size()) / (passes + 1));
    std::printf("pages.ratio_median %.2f\n", quantile(ratios, 0.5));
}

}  // namespace

int main(int argc, char** argv) {
    const Sandbox sandbox = start();
    tiny_page(sandbox);
    if (argc < 2) return 0;
    const std::vector<std::string> pages = read_pages(argv[1]);
    if (pages.empty()) {
        std::fprintf(stderr, "call_bench: no pages in %s\n", argv[1]);
        return 1;
    }
    compare(sandbox, pages, argc > 2 ? std::atoi(argv[2]) : 5);
}
