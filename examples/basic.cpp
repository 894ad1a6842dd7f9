// basic FILE...: extracts pages through an instance pool, all at once.
#include <riptide/instance_pool.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <latch>
#include <string>

namespace {

std::string read(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void report(const std::string& name, const riptide::Result<riptide::Document>& document) {
    if (!document) {
        std::printf("%s: %.*s: %s\n", name.c_str(),
                    static_cast<int>(riptide::traits(document.error().error_class).name.size()),
                    riptide::traits(document.error().error_class).name.data(),
                    document.error().detail.c_str());
        return;
    }
    std::printf("%s: \"%s\", %u words, engine %.*s\n", name.c_str(), document->title.c_str(),
                document->word_count, static_cast<int>(riptide::to_string(document->engine).size()),
                riptide::to_string(document->engine).data());
}

}  // namespace

int main(int argc, char** argv) {
    using namespace std::chrono_literals;

    riptide::ExtractorConfig config;
    config.max_pool_size = 2;
    config.epoch_timeout = 2s;

    // Early in the program: the helpers of the native fallback are forked here.
    auto pool = riptide::InstancePool::create(config);
    if (!pool) {
        std::fprintf(stderr, "basic: %s\n", pool.error().detail.c_str());
        return 1;
    }

    std::latch done(argc - 1);
    for (int i = 1; i < argc; ++i) {
        riptide::OwnedRequest request;
        request.bytes = read(argv[i]);
        request.options.outputs = riptide::Outputs::kMarkdown;
        (*pool)->extract_async(std::move(request), riptide::Deadline::after(10s), {},
                               [&done, name = std::string(argv[i])](const auto& document) {
                                   report(name, document);
                                   done.count_down();
                               });
    }
    done.wait();

    const riptide::PerformanceMetrics metrics = (*pool)->metrics();
    const riptide::PoolHealthStatus health = (*pool)->health();
    std::printf("%llu pages, %llu from the sandbox, health %.*s\n",
                static_cast<unsigned long long>(metrics.total_extractions),
                static_cast<unsigned long long>(metrics.successful_extractions),
                static_cast<int>(riptide::to_string(health.level).size()),
                riptide::to_string(health.level).data());
    (*pool)->shutdown(riptide::Deadline::after(5s));
    return 0;
}
