#include <riptide/instance_pool.h>

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/load_settings.h"
#include "app/run.h"
#include "app/service_settings.h"
#include "app/service_signals.h"
#include "app/version.h"
#include "http/server.h"
#include "sys/log.h"
#include "sys/supervisor.h"

namespace riptide::app {
namespace {

using sys::LogLevel;

/// How soon memory that a crowd of large pages took goes back to the system.
constexpr std::chrono::seconds kTrimInterval{5};
/// What each of the allocator's heaps keeps of what pages gave back: to get it from the system anew
/// for each request costs more than to read a page into it.
constexpr int kMostKept = 16 << 20;
/// Texts from this size on have memory of their own, which goes back at once; in a heap they would
/// leave holes as they grow.
constexpr int kOwnMemory = 2 << 20;
/// How soon the end of a drain is seen.
constexpr std::chrono::milliseconds kDrainPoll{10};

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

std::string ready_line(const std::vector<config::Address>& addresses) {
    std::string line = "riptide: listening on http://" + config::to_string(addresses.front());
    if (addresses.size() > 1) line += ", admin on http://" + config::to_string(addresses.back());
    return line + "\n";
}

/// What became of requests for pages.
struct Served {
    std::int64_t finished = 0;
    std::int64_t refused = 0;  // for want of room
};

Served served(const io::HttpFigures& figures) {
    Served out;
    for (const io::HttpRoute route : {io::HttpRoute::kExtract, io::HttpRoute::kBatch}) {
        for (const std::uint64_t answers : figures.requests.at(static_cast<std::size_t>(route))) {
            out.finished += static_cast<std::int64_t>(answers);
        }
    }
    const auto refused = [&figures](io::HttpRefusal why) {
        return static_cast<std::int64_t>(figures.refused.at(static_cast<std::size_t>(why)));
    };
    // The former were answered, too; of the latter no request was read.
    out.finished -= refused(io::HttpRefusal::kOverloaded);
    out.refused =
        refused(io::HttpRefusal::kOverloaded) + refused(io::HttpRefusal::kConnectionLimit);
    return out;
}

/// A service from its start to its end, as its signals have it.
class ServiceRun {
public:
    ServiceRun(const CommandLine& line, const ServiceSignals& signals, sys::Log& log,
               InstancePool& pool, http::Service& service, http::Server& server)
        : line_(line),
          signals_(signals),
          log_(log),
          pool_(pool),
          service_(service),
          server_(server) {}

    void until_stopped() const {
        const auto watchdog = sys::watchdog_interval();
        while (true) {
            Deadline next = Deadline::after(kTrimInterval);
            // Twice in each interval, as systemd recommends.
            if (watchdog) next = std::min(next, Deadline::after(*watchdog / 2));
            const ServiceSignal signal = signals_.wait(next);
            if (signal == ServiceSignal::kStop) return;
            if (signal == ServiceSignal::kReload) reload();
            // The allocator would keep it.
            if (service_.page_memory().has_ebbed()) malloc_trim(0);
            if (watchdog && !pool_.health().ticker_is_stuck) sys::notify_supervisor("WATCHDOG=1");
        }
    }

    void drain() const {
        const auto settings = service_.settings();
        const auto start = Deadline::Clock::now();
        const Deadline deadline = Deadline::after(settings->service.drain_timeout);
        sys::notify_supervisor("STOPPING=1");
        log_.write(LogLevel::kInfo, "draining");
        const Served before = served(service_.counters().figures());
        server_.drain();
        while (!server_.is_drained() && !deadline.passed(Deadline::Clock::now())) {
            const Deadline poll = std::min(deadline, Deadline::after(kDrainPoll));
            if (signals_.wait(poll) == ServiceSignal::kStop) break;
        }
        const io::HttpFigures figures = service_.counters().figures();
        const Served after = served(figures);
        log_.write(figures.open_connections == 0 ? LogLevel::kInfo : LogLevel::kWarning, "stopped",
                   {{"took", Deadline::Clock::now() - start},
                    {"requests_finished", after.finished - before.finished},
                    {"requests_refused", after.refused - before.refused},
                    {"requests_cut", std::int64_t{figures.requests_in_flight}},
                    {"connections_cut", std::int64_t{figures.open_connections}}});
        server_.stop();
        pool_.shutdown(Deadline::at(Deadline::Clock::now()));
    }

private:
    void reload() const {
        sys::notify_supervisor("RELOADING=1\nMONOTONIC_USEC=" +
                               std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(
                                                  Deadline::Clock::now().time_since_epoch())
                                                  .count()));
        const Result<config::Settings> fresh = load_settings(line_, Reading::kAgain);
        Result<Reload> reload = fresh ? reload_settings(*service_.settings(), *fresh)
                                      : Result<Reload>(tl::unexpected(fresh.error()));
        if (fresh) {
            for (const std::string& warning : fresh->warnings) {
                log_.write(LogLevel::kWarning, "configuration",
                           {{"warning", std::string_view(warning)}});
            }
        }
        if (!reload) {
            log_.write(LogLevel::kError, "the configuration stays as it was",
                       {{"error", std::string_view(reload.error().detail)}});
        } else {
            apply(std::move(*reload));
        }
        sys::notify_supervisor("READY=1");
    }

    void apply(Reload reload) const {
        const std::string component = reload.settings.extractor.component_path;
        // First, so that a component that cannot be loaded changes nothing.
        if (const Result<void> loaded = pool_.reload(component); !loaded) {
            log_.write(LogLevel::kError, "the configuration stays as it was",
                       {{"error", std::string_view(loaded.error().detail)}});
            return;
        }
        log_.write(LogLevel::kInfo, "component loaded",
                   {{"component", component.empty() ? std::string_view("built-in")
                                                    : std::string_view(component)}});
        log_.set_least(reload.settings.service.log_level);
        service_.replace_settings(std::move(reload.settings));
        log_.write(LogLevel::kInfo, "configuration loaded",
                   {{"applied", std::string_view(joined(reload.applied))},
                    {"needs_restart", std::string_view(joined(reload.needs_restart))}});
    }

    const CommandLine& line_;
    const ServiceSignals& signals_;
    sys::Log& log_;
    InstancePool& pool_;
    http::Service& service_;
    http::Server& server_;
};

}  // namespace

Result<ExitCode> run_serve(const CommandLine& line, const config::Settings& settings,
                           Output& output) {
    mallopt(M_TRIM_THRESHOLD, kMostKept);
    mallopt(M_MMAP_THRESHOLD, kOwnMemory);
    Result<http::ServiceSettings> in_force = service_settings(settings);
    if (!in_force) return tl::unexpected(std::move(in_force.error()));
    const ServiceSignals signals;
    const Result<std::unique_ptr<InstancePool>> pool = InstancePool::create(in_force->extractor);
    if (!pool) return tl::unexpected(pool.error());
    const Result<std::unique_ptr<sys::Log>> logging =
        sys::Log::start(STDERR_FILENO, in_force->service.log_level, in_force->service.log_format);
    if (!logging) return tl::unexpected(logging.error());
    sys::Log& log = **logging;
    if (const std::string problem = (*pool)->health().sandbox_error; !problem.empty()) {
        log.write(LogLevel::kError, "the sandbox cannot start; pages are extracted natively",
                  {{"error", std::string_view(problem)}});
    }
    http::Service service(**pool, log, std::string(version()), std::move(*in_force));
    const Result<std::unique_ptr<http::Server>> server = http::Server::start(service);
    if (!server) return tl::unexpected(server.error());
    // Who reads neither this line nor its end of the pipe is served all the same.
    (void)output.write(ready_line((*server)->addresses()));
    sys::notify_supervisor("READY=1");
    log.write(LogLevel::kInfo, "ready",
              {{"address", std::string_view(config::to_string((*server)->addresses().front()))}});
    const ServiceRun run(line, signals, log, **pool, service, **server);
    run.until_stopped();
    run.drain();
    return ExitCode::kOk;
}

}  // namespace riptide::app
