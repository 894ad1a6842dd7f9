#include "app/diagnosis.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "app/engine.h"
#include "pool/canary.h"
#include "pool/helper_extractor.h"
#include "wasm/engine.h"
#include "wasm/probe.h"

namespace riptide::app {
namespace {

Finding cpu() {
#if defined(__x86_64__)
    __builtin_cpu_init();
    std::string found;
    if (__builtin_cpu_supports("sse4.1")) found += " SSE4.1";
    if (__builtin_cpu_supports("avx")) found += " AVX";
    if (__builtin_cpu_supports("avx2")) found += " AVX2";
    const bool enough = __builtin_cpu_supports("sse4.1") != 0;
    return {"cpu simd", enough,
            enough ? "x86-64 with" + found
                   : "no SSE4.1; RIPTIDE_WASM_ENABLE_SIMD=false runs the scalar component"};
#elif defined(__aarch64__)
    return {"cpu simd", true, "aarch64 with NEON"};
#else
    return {"cpu simd", false, "unknown machine; RIPTIDE_WASM_ENABLE_SIMD=false may help"};
#endif
}

std::optional<Bytes> address_space_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    return Bytes{limit.rlim_cur};
}

Finding fallback(const ExtractorConfig& config) {
    constexpr std::string_view kName = "isolated fallback";
    if (!config.enable_fallback) {
        return {std::string(kName), false, "switched off (RIPTIDE_WASM_ENABLE_FALLBACK)"};
    }
    const auto helpers = HelperExtractor::create(helper_settings(config));
    return helpers ? Finding{std::string(kName), true, "helper processes run under seccomp"}
                   : Finding{std::string(kName), false, helpers.error().detail};
}

Finding canary(std::string_view name, EngineChoice choice, const ExtractorConfig& config) {
    const auto start = std::chrono::steady_clock::now();
    Request request;
    request.bytes = kCanaryPage;
    request.options.mode = ExtractionMode::kFull;
    request.options.outputs = Outputs::kText;
    const Result<Document> document =
        start_engine(choice, config, 1, FallbackStart::kWithPool)
            .and_then([&](const std::unique_ptr<Extractor>& engine) {
                return engine->extract(request, Deadline::after(config.extraction_timeout));
            });
    if (!document) return {std::string(name), false, document.error().detail};
    if (!is_canary_text(document->text)) {
        return {std::string(name), false, "a page was extracted, but its text is wrong"};
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    return {std::string(name), true,
            "start to document in " + std::to_string(took.count()) + " us"};
}

}  // namespace

Finding address_space(std::optional<Bytes> limit, const ExtractorConfig& config) {
    constexpr std::string_view kName = "address space";
    if (!limit) return {std::string(kName), true, "unlimited"};
    const Bytes reserved = wasm::engine_settings(config).address_space();
    const std::string found =
        "limited to " + std::to_string(limit->count >> 20) + " MiB (ulimit -v)";
    const std::string pages = std::to_string(config.max_pool_size) + " pages at once";
    if (*limit > reserved) {
        return {std::string(kName), true, found + ", enough for " + pages};
    }
    return {std::string(kName), false,
            found + "; for " + pages + " the sandbox reserves " +
                std::to_string(reserved.count >> 30) +
                " GiB, which cost no memory: lift the limit, or lower "
                "RIPTIDE_WASM_INSTANCES_PER_WORKER"};
}

std::vector<Finding> diagnose(const ExtractorConfig& config) {
    std::vector<Finding> findings = {cpu(), address_space(address_space_limit(), config)};
    for (wasm::SandboxProbe& probe : wasm::probe_sandbox(config)) {
        findings.push_back({std::move(probe.name), probe.works, std::move(probe.detail)});
    }
    findings.push_back(fallback(config));
    findings.push_back(canary("canary without sandbox", EngineChoice::kNative, config));
    findings.push_back(canary(kSandboxCanary, EngineChoice::kWasm, config));
    return findings;
}

bool main_job_works(const std::vector<Finding>& findings) {
    const auto found = std::ranges::find(findings, kSandboxCanary, &Finding::name);
    return found != findings.end() && found->works;
}

}  // namespace riptide::app
