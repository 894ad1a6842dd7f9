// arm_bench ARM LIST PASSES [--threads N] [--pause-us N]: the pages of LIST (a path per line) by
// one of the ways to run the core, so many times after a first pass that does not count.
//
// native: in process. helper: in helper processes. slot: a store that is made and destroyed in the
// call. pool: an instance pool, whose stores are ready. answer: a pool, and what the service does
// besides transport: it is not told the encoding of a page, and makes JSON of the document. What
// can be configured is, by the environment, as for `riptide`, but an option that is unknown is an
// error. With --pause-us a thread waits between two calls, so that a pool has time to get the next
// store ready. Prints `key value` lines: times as a caller sees them; calls per second of all
// threads; without a pause, processor time of the whole process for each call; resident memory at
// the end; how many documents of the first pass a pool's fallback made; and a hash of them all,
// which is the same for every way.
#include <riptide/instance_pool.h>

#include <unistd.h>

#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/document_hash.h"
#include "bench/measure.h"
#include "config/settings.h"
#include "io/document_fields.h"
#include "pool/helper_extractor.h"
#include "pool/native_extractor.h"
#include "wasm/slot.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace {

using namespace riptide::bench;
using riptide::Deadline;
using riptide::Document;
using riptide::Extractor;
using riptide::ExtractorConfig;
using riptide::Request;
using riptide::Result;

struct Options {
    std::string arm;
    std::string list;
    std::size_t passes = 1;
    std::size_t threads = 1;
    std::chrono::microseconds pause{0};
};

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "arm_bench: %s\n", why.c_str());
    std::exit(1);
}

/// Its pages must be UTF-8.
class ColdStore final : public Extractor {
public:
    static Result<std::unique_ptr<Extractor>> create(const ExtractorConfig& config) {
        auto engine = riptide::wasm::Engine::create(riptide::wasm::engine_settings(config));
        if (!engine) return tl::unexpected(engine.error());
        const auto bytes = riptide::wasm::component_bytes(config);
        if (!bytes) return tl::unexpected(bytes.error());
        auto component = riptide::wasm::Component::load(*engine, bytes->view(), nullptr);
        if (!component) return tl::unexpected(component.error());
        return std::make_unique<ColdStore>(std::move(*engine), std::move(*component));
    }
    ColdStore(riptide::wasm::Engine engine, riptide::wasm::Component component)
        : engine_(std::move(engine)), component_(std::move(component)) {}

    [[nodiscard]] Result<Document> extract(const Request& request,
                                           Deadline deadline) const override {
        auto slot = riptide::wasm::Slot::create(engine_, component_);
        if (!slot) return tl::unexpected(slot.error());
        return std::move(*slot).call(request.bytes, request.options, deadline);
    }

private:
    riptide::wasm::Engine engine_;
    riptide::wasm::Component component_;
};

class Answering final : public Extractor {
public:
    static Result<std::unique_ptr<Extractor>> create(const ExtractorConfig& config) {
        auto pool = riptide::InstancePool::create(config);
        if (!pool) return tl::unexpected(pool.error());
        return std::make_unique<Answering>(std::move(*pool));
    }
    explicit Answering(std::unique_ptr<Extractor> pool) : pool_(std::move(pool)) {}

    [[nodiscard]] Result<Document> extract(const Request& request,
                                           Deadline deadline) const override {
        Request posted = request;
        posted.content_type = "text/html";
        posted.encoding = {};
        Result<Document> document = pool_->extract(posted, deadline);
        std::string json;
        if (document) {
            riptide::io::append_fields(*document, riptide::io::DocumentFields::usual(), json);
        }
        return document;
    }

private:
    std::unique_ptr<Extractor> pool_;
};

ExtractorConfig configuration() {
    riptide::config::Environment environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    const auto settings = riptide::config::resolve(environment, {});
    if (!settings) give_up(settings.error().detail);
    for (const std::string& warning : settings->warnings) give_up(warning);
    return settings->config;
}

Result<std::unique_ptr<Extractor>> start(const std::string& arm, const ExtractorConfig& config) {
    if (arm == "native") return std::make_unique<riptide::NativeExtractor>(config.body_limit);
    if (arm == "helper") {
        return riptide::HelperExtractor::create(riptide::helper_settings(config));
    }
    if (arm == "slot") return ColdStore::create(config);
    if (arm == "answer") return Answering::create(config);
    return riptide::InstancePool::create(config);
}

Document call(const Extractor& extractor, const std::string& page) {
    Request request;
    request.bytes = page;
    request.encoding = "utf-8";
    auto document = extractor.extract(request, Deadline::after(std::chrono::seconds(30)));
    if (!document) give_up("a call failed: " + document.error().detail);
    return std::move(*document);
}

/// Microseconds of each call, all threads together taking the pages in turn.
std::vector<double> measure(const Extractor& extractor, const std::vector<std::string>& pages,
                            const Options& options) {
    const std::size_t total = options.passes * pages.size();
    std::atomic<std::size_t> next{0};
    std::vector<double> times(total);
    const auto work = [&] {
        for (std::size_t at = next++; at < total; at = next++) {
            // Awake: waking up would be part of the next call.
            const auto resume = Clock::now() + options.pause;
            while (Clock::now() < resume) {
            }
            const auto begin = Clock::now();
            call(extractor, pages[at % pages.size()]);
            times[at] = microseconds(Clock::now() - begin);
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < options.threads; ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
    return times;
}

Options parse(int argc, char** argv) {
    Options options;
    std::uint32_t pause_us = 0;
    CLI::App app("Measures one way to run the core.");
    app.add_option("arm", options.arm)
        ->required()
        ->check(CLI::IsMember({"native", "helper", "slot", "pool", "answer"}));
    app.add_option("list", options.list)->required();
    app.add_option("passes", options.passes)->required()->check(CLI::PositiveNumber);
    app.add_option("--threads", options.threads)->check(CLI::Range(1, 1024));
    app.add_option("--pause-us", pause_us);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::exit(app.exit(error) == 0 ? 0 : 2);
    }
    options.pause = std::chrono::microseconds(pause_us);
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    const auto begin = Clock::now();
    // Before the pages are read: helpers are forks of what the process is by then.
    const auto extractor = start(options.arm, configuration());
    if (!extractor) give_up(extractor.error().detail);
    const double start_us = microseconds(Clock::now() - begin);
    const std::vector<std::string> pages = read_pages(options.list.c_str());
    if (pages.empty()) give_up("no pages in " + options.list);

    DocumentHash hash;
    std::size_t fallbacks = 0;
    for (const std::string& page : pages) {
        const Document document = call(**extractor, page);
        hash.add(document);
        if (!document.fallback_reason.empty()) ++fallbacks;
    }
    const double processor = processor_time_us();
    const auto from = Clock::now();
    std::vector<double> times = measure(**extractor, pages, options);
    const double took = microseconds(Clock::now() - from);
    const double used = processor_time_us() - processor;
    const auto calls = static_cast<double>(times.size());
    double sum = 0;
    for (const double time : times) sum += time;

    std::printf("start_ms %.2f\n", start_us / 1000);
    std::printf("calls %zu\n", times.size());
    std::printf("call_us.mean %.2f\n", sum / calls);
    std::printf("call_us.p50 %.2f\n", quantile(times, 0.5));
    std::printf("call_us.p99 %.2f\n", quantile(times, 0.99));
    std::printf("per_s %.1f\n", calls * 1e6 / took);
    if (options.pause.count() == 0) std::printf("cpu_us %.2f\n", used / calls);
    std::printf("fallbacks %zu\n", fallbacks);
    std::printf("resident_kib %zu\n", resident_kib());
    std::printf("hash %016" PRIx64 "\n", hash.value());
    return 0;
}
