// Bytes to a document in both engines: the same document, or the same class of error.
#include <riptide/instance_pool.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "pool/native_extractor.h"

namespace {

const riptide::InstancePool& sandbox() {
    static const std::unique_ptr<riptide::InstancePool> kSandbox = [] {
        riptide::ExtractorConfig config;
        config.max_pool_size = 1;
        config.enable_aot_cache = false;
        config.enable_fallback = false;
        return riptide::InstancePool::create(config).value();
    }();
    return *kSandbox;
}

[[noreturn]] void disagree(const char* what) {
    std::fprintf(stderr, "the engines disagree: %s\n", what);
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const riptide::NativeExtractor kNative;
    riptide::Request request;
    request.bytes = {reinterpret_cast<const char*>(data), size};
    request.options.url = "https://example.com/a/page.html";
    request.options.outputs =
        riptide::Outputs::usual() | riptide::Outputs::kTei | riptide::Outputs::kExplanation;
    const auto native = kNative.extract(request, riptide::Deadline::never());
    auto wasm = sandbox().extract(request, riptide::Deadline::after(std::chrono::seconds(20)));
    if (native.has_value() != wasm.has_value()) {
        disagree(native ? wasm.error().detail.c_str() : native.error().detail.c_str());
    }
    if (!native) {
        if (native.error().error_class != wasm.error().error_class) disagree("error class");
        return 0;
    }
    wasm->engine = native->engine;
    if (!(*native == *wasm)) disagree("document");
    return 0;
}
