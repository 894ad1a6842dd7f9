#include "load/options.h"

#include <cstdio>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace riptide::load {
namespace {

constexpr std::uint32_t kMostConnections = 10'000;
constexpr double kHighestRate = 200'000;

}  // namespace

Result<std::optional<Options>> parse(int argc, const char* const* argv) {
    Options options;
    std::string server;
    bool allow_remote = false;
    std::uint64_t duration = 10;
    std::uint64_t warm_up = 1;
    std::uint64_t timeout = 30;
    const auto longest = static_cast<std::uint64_t>(kLongest.count());
    CLI::App app(
        "Loads an HTTP server and tells how long answers took. With --rate, requests are due at a "
        "constant rate, and an answer's time counts from when its request was due, so that a "
        "server "
        "that stalls is charged with all who would have come meanwhile.");
    app.add_option("server", server, "HOST:PORT")->required();
    app.add_option("--path", options.path, "What is requested")->capture_default_str();
    app.add_option("--page", options.page_files,
                   "A file that is posted as HTML; several are posted in turn. Without: GET");
    app.add_option("--accept", options.accept, "The header field Accept")->capture_default_str();
    app.add_option("--connections", options.connections, "Connections at once")
        ->check(CLI::Range(std::uint32_t{1}, kMostConnections))
        ->capture_default_str();
    app.add_option("--rate", options.rate, "Requests per second (open loop); 0: closed loop")
        ->check(CLI::Range(0.0, kHighestRate))
        ->capture_default_str();
    app.add_option("--warm-up", warm_up, "Seconds before the measurement")
        ->check(CLI::Range(std::uint64_t{0}, longest))
        ->capture_default_str();
    app.add_option("--duration", duration, "Seconds of the measurement")
        ->check(CLI::Range(std::uint64_t{1}, longest))
        ->capture_default_str();
    app.add_option("--requests", options.requests, "Requests at most")
        ->check(CLI::Range(std::uint64_t{1}, kMostRequests))
        ->capture_default_str();
    app.add_option("--timeout", timeout, "Seconds for one answer")
        ->check(CLI::Range(std::uint64_t{1}, longest))
        ->capture_default_str();
    app.add_option("--pid", options.server_process,
                   "The server's process, whose processor time is then told for each answer")
        ->check(CLI::PositiveNumber);
    app.add_flag("--json", options.as_json, "Reports for a program");
    app.add_flag("--allow-remote", allow_remote, "The server is another machine, and yours");
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        std::fputs(app.help().c_str(), stdout);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        return fail(ErrorClass::kUsage, error.what());
    }
    const auto address = config::parse_address(server);
    if (!address) return fail(ErrorClass::kUsage, "the server is an IP address and a port");
    if (!allow_remote && !config::is_loopback(*address)) {
        return fail(ErrorClass::kUsage,
                    server + " is not this machine; --allow-remote loads it nevertheless");
    }
    options.server = *address;
    options.duration = std::chrono::seconds(duration);
    options.warm_up = std::chrono::seconds(warm_up);
    options.timeout = std::chrono::seconds(timeout);
    return options;
}

}  // namespace riptide::load
