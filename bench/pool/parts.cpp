#include "bench/pool/parts.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

namespace riptide::bench {

std::unique_ptr<InstancePool> make_pool(ExtractorConfig config) {
    config.fallback_isolation = FallbackIsolation::kInProcess;
    Result<std::unique_ptr<InstancePool>> pool = InstancePool::create(config);
    if (!pool) {
        std::fprintf(stderr, "pool_bench: %s\n", pool.error().detail.c_str());
        std::exit(1);
    }
    return std::move(*pool);
}

ExtractorConfig faulty_config() {
    ExtractorConfig config;
    config.component_path = std::string(RIPTIDE_TEST_COMPONENTS) + "/faulty.wasm";
    config.enable_aot_cache = false;
    config.memory_limit = Bytes::mib(64);
    return config;
}

Result<Document> call(const Extractor& extractor, std::string_view bytes,
                      std::chrono::milliseconds timeout) {
    Request request;
    request.bytes = bytes;
    return extractor.extract(request, Deadline::after(timeout));
}

}  // namespace riptide::bench
