// helper_bench [LIST] [PASSES]: what isolation in helper processes costs.
//
// On a tiny page and on the median page of LIST (a path per line, or id, path, URL separated by
// tabs; its pages are ordered by size): in-process and isolated calls taking turns, so that a busy
// spell of the machine hits both, and the median of what each takes. Calls come one at a time, as
// fallbacks do, with a pause that lets the next helper come up; then as fast as they can. Then how
// far past its deadline an endless page is answered, and what the tiny page costs in helpers of a
// program that had grown before. One thread. Prints `key value` lines.
#include <riptide/helper_program.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/measure.h"
#include "pool/helper_extractor.h"
#include "pool/native_extractor.h"

namespace {

using namespace riptide::bench;
using riptide::Deadline;

/// Where helpers come from.
constexpr const char* kForks = "";
constexpr const char* kThisProgram = "/proc/self/exe";

double timed_call(const riptide::Extractor& extractor, const riptide::Request& request) {
    const auto begin = Clock::now();
    if (!extractor.extract(request, Deadline::after(std::chrono::seconds(30)))) {
        std::fprintf(stderr, "helper_bench: a call failed\n");
        std::exit(1);
    }
    return microseconds(Clock::now() - begin);
}

std::unique_ptr<riptide::HelperExtractor> start(riptide::HelperWork work, const char* program) {
    riptide::HelperSettings settings;
    settings.helpers = 2;
    settings.program = program;
    auto extractor = riptide::HelperExtractor::create(settings, work);
    if (!extractor) {
        std::fprintf(stderr, "helper_bench: %s\n", extractor.error().detail.c_str());
        std::exit(1);
    }
    return std::move(*extractor);
}

void compare(const char* name, const std::string& page, int calls, const char* program) {
    const auto helpers = start(riptide::core::extract, program);
    const riptide::NativeExtractor native;
    riptide::Request request;
    request.bytes = page;
    std::vector<double> direct;
    std::vector<double> isolated;
    for (int i = 0; i < calls; ++i) {
        direct.push_back(timed_call(native, request));
        isolated.push_back(timed_call(*helpers, request));
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
    std::vector<double> pressed;
    for (int i = 0; i < calls; ++i) pressed.push_back(timed_call(*helpers, request));
    std::printf("%s.bytes %zu\n", name, page.size());
    std::printf("%s.native_us %.0f\n", name, quantile(direct, 0.5));
    std::printf("%s.helper_us %.0f\n", name, quantile(isolated, 0.5));
    std::printf("%s.helper_p99_us %.0f\n", name, quantile(isolated, 0.99));
    std::printf("%s.extra_us %.0f\n", name, quantile(isolated, 0.5) - quantile(direct, 0.5));
    std::printf("%s.back_to_back_us %.0f\n", name, quantile(pressed, 0.5));
}

riptide::Result<riptide::Document> loop_unless_proof(std::string_view html,
                                                     const riptide::ExtractOptions& options) {
    volatile bool endless = html == "endless";
    while (endless) {
    }
    return riptide::core::extract(html, options);
}

void overshoot() {
    const auto helpers = start(loop_unless_proof, kForks);
    riptide::Request request;
    request.bytes = "endless";
    std::vector<double> past;
    for (int i = 0; i < 200; ++i) {
        const Deadline deadline = Deadline::after(std::chrono::milliseconds(10));
        if (helpers->extract(request, deadline)) std::exit(1);
        past.push_back(microseconds(Clock::now() - deadline.time()) / 1000);
    }
    std::printf("endless.overshoot_p50_ms %.2f\n", quantile(past, 0.5));
    std::printf("endless.overshoot_p99_ms %.2f\n", quantile(past, 0.99));
}

/// Only this one is read: what the program holds when helpers start, their zygote holds too.
std::string median_page(const char* list_path) {
    std::vector<std::pair<std::uintmax_t, std::string>> pages;
    for (const std::string& path : read_paths(list_path)) {
        pages.emplace_back(std::filesystem::file_size(path), path);
    }
    if (pages.empty()) {
        std::fprintf(stderr, "helper_bench: no pages in %s\n", list_path);
        std::exit(1);
    }
    std::ranges::sort(pages);
    return read_page(pages[pages.size() / 2].second);
}

}  // namespace

int main(int argc, char** argv) {
    riptide::serve_as_zygote_if_asked(argc, argv);
    const int calls = argc > 2 ? std::atoi(argv[2]) : 1000;
    const std::string tiny = "<html><head><title>Hi</title></head><body><p>Hello</p></body></html>";
    compare("tiny_page", tiny, calls, kForks);
    if (argc > 1) compare("median_page", median_page(argv[1]), calls, kForks);
    overshoot();
    const std::vector<char> ballast(std::size_t{256} << 20, 'x');
    compare("large_program.forks", tiny, std::min(calls, 100), kForks);
    compare("large_program.runs_itself", tiny, calls, kThisProgram);
    return 0;
}
