// production: extracts the files whose names come on standard input, one a line, as a service
// would: with limits for all that can run out, answers by class of error, a new component on
// SIGHUP, and an end that loses nothing on SIGTERM or ^C.
#include <riptide/helper_program.h>
#include <riptide/instance_pool.h>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <semaphore>
#include <string>
#include <thread>
#include <utility>

namespace {

using namespace std::chrono_literals;

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

/// What comes next: a name on standard input, or a signal. Made before there are other threads, so
/// that these leave the signals to it.
class Events {
public:
    enum class Kind { kName, kReload, kStop };
    struct Event {
        Kind kind;
        std::string name;
    };

    Events() {
        sigset_t signals;
        sigemptyset(&signals);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        signals_ = signalfd(-1, &signals, SFD_CLOEXEC);
    }

    /// Signals come first. The end of the names is a stop.
    Event next() {
        for (;;) {
            const std::size_t line = names_.find('\n');
            pollfd sources[] = {{signals_, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
            poll(sources, std::size(sources), line == std::string::npos ? -1 : 0);
            signalfd_siginfo signal{};
            if (sources[0].revents != 0 && ::read(signals_, &signal, sizeof signal) > 0) {
                return {signal.ssi_signo == SIGHUP ? Kind::kReload : Kind::kStop, {}};
            }
            if (line != std::string::npos) {
                std::string name = names_.substr(0, line);
                names_.erase(0, line + 1);
                return {Kind::kName, std::move(name)};
            }
            char piece[4096];
            const ssize_t size = ::read(STDIN_FILENO, piece, sizeof piece);
            if (size > 0) {
                names_.append(piece, static_cast<std::size_t>(size));
            } else if (names_.empty()) {
                return {Kind::kStop, {}};
            } else {
                names_ += '\n';  // that the last line lacks
            }
        }
    }

private:
    int signals_;
    std::string names_;  // read, and not yet given out
};

}  // namespace

int main(int argc, char** argv) {
    riptide::serve_as_zygote_if_asked(argc, argv);
    Events events;
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

    std::counting_semaphore<> places(2 * config.max_pool_size);
    for (auto event = events.next(); event.kind != Events::Kind::kStop; event = events.next()) {
        if (event.kind == Events::Kind::kReload) {
            // What runs ends with the component that it began with.
            if (const auto reloaded = (*pool)->reload(component); !reloaded) {
                std::fprintf(stderr, "production: %s\n", reloaded.error().detail.c_str());
            }
            continue;
        }
        // No more pages in memory than that: the next one is read when one is done.
        places.acquire();
        riptide::OwnedRequest request;
        request.bytes = read(event.name);
        request.options.outputs = riptide::Outputs::kMarkdown;
        (*pool)->extract_async(std::move(request), riptide::Deadline::never(), {},
                               [path = std::move(event.name), &places](const auto& document) {
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
