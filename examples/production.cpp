// production: extracts the files whose names come on standard input, one a line, as a service
// would: with limits for all that can run out, answers by class of error, a new component on
// SIGHUP, and an end that loses nothing on SIGTERM or ^C.
#include <riptide/helper_program.h>
#include <riptide/instance_pool.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <semaphore>
#include <string>
#include <thread>

namespace {

using namespace std::chrono_literals;

volatile std::sig_atomic_t stop_requested = 0;
volatile std::sig_atomic_t reload_requested = 0;

riptide::ExtractorConfig configuration() {
    const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
    riptide::ExtractorConfig config;
    // More calls than processors, so that endless pages do not stop the others.
    config.max_pool_size = 2 * processors + 2;
    config.initial_pool_size = processors;
    // Whoever would wait longer than a caller has patience is refused at once.
    config.queue_length = 16 * config.max_pool_size;
    config.extraction_timeout = 10s;
    // What one page may take: time in the sandbox, memory, bytes.
    config.epoch_timeout = 2s;
    config.memory_limit = riptide::Bytes::mib(128);
    config.body_limit = riptide::Bytes::mib(8);
    // What the sandbox stops is extracted in helper processes; when half of all calls fail by the
    // sandbox's own fault, all pages go there for a while.
    config.enable_fallback = true;
    config.fallback_isolation = riptide::FallbackIsolation::kProcess;
    config.helper_program = "/proc/self/exe";
    config.circuit_breaker_failure_threshold = 50;
    config.circuit_breaker_timeout = 15s;
    return config;
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void print(const std::string& path, const riptide::Result<riptide::Document>& document) {
    if (document) {
        std::printf("%s\t%s\t%u words%s%s\n", path.c_str(),
                    std::string(to_string(document->status)).c_str(), document->word_count,
                    document->fallback_reason.empty() ? "" : "\tnatively: ",
                    document->fallback_reason.c_str());
    } else {
        const riptide::ErrorTraits& error = riptide::traits(document.error().error_class);
        std::printf("%s\t%s\t%s%s\n", path.c_str(), std::string(error.name).c_str(),
                    document.error().detail.c_str(), error.retryable ? "\ttry again later" : "");
    }
    std::fflush(stdout);
}

void on_signal(int signal) {
    if (signal == SIGHUP) {
        reload_requested = 1;
    } else {
        stop_requested = 1;
    }
}

void listen() {
    struct sigaction action{};
    action.sa_handler = on_signal;
    // Without SA_RESTART: a read that waits for the next name ends.
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaction(signal, &action, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
    riptide::serve_as_zygote_if_asked(argc, argv);
    const std::string component = argc > 1 ? argv[1] : "";
    riptide::ExtractorConfig config = configuration();
    config.component_path = component;
    auto pool = riptide::InstancePool::create(config);
    if (!pool) {
        std::fprintf(stderr, "production: %s\n", pool.error().detail.c_str());
        return 1;
    }
    if (const auto health = (*pool)->health(); !health.sandbox_error.empty()) {
        std::fprintf(stderr, "production: degraded, %s\n", health.sandbox_error.c_str());
    }
    listen();

    std::counting_semaphore<> places(2 * config.max_pool_size);
    std::string path;
    while (stop_requested == 0 && std::getline(std::cin, path)) {
        if (reload_requested != 0) {
            reload_requested = 0;
            // What runs ends with the component that it began with.
            if (const auto reloaded = (*pool)->reload(component); !reloaded) {
                std::fprintf(stderr, "production: %s\n", reloaded.error().detail.c_str());
            }
        }
        // No more pages in memory than that: the next one is read when one is done.
        places.acquire();
        riptide::OwnedRequest request;
        request.bytes = read(path);
        request.options.outputs = riptide::Outputs::kMarkdown;
        (*pool)->extract_async(std::move(request), riptide::Deadline::never(), {},
                               [path, &places](const auto& document) {
                                   print(path, document);
                                   places.release();
                               });
    }
    // No page is taken any more; those that were have so long, then they are cancelled.
    (*pool)->shutdown(riptide::Deadline::after(5s));
    const riptide::PerformanceMetrics metrics = (*pool)->metrics();
    std::fprintf(stderr,
                 "production: %llu pages, %llu by the sandbox, %llu natively, %llu failed\n",
                 static_cast<unsigned long long>(metrics.total_extractions),
                 static_cast<unsigned long long>(metrics.successful_extractions),
                 static_cast<unsigned long long>(metrics.fallback_extractions),
                 static_cast<unsigned long long>(metrics.failed_extractions));
    return 0;
}
