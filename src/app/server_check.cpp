#include "app/server_check.h"

#include <algorithm>
#include <ctime>

#include "app/version.h"
#include "io/metrics_text.h"
#include "pool/canary.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace riptide::app {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kClockTolerance{5};

class Check {
public:
    Check(const http::ServerUrl& server, const std::string& token,
          std::chrono::milliseconds patience)
        : server_(server), token_(token), patience_(patience) {}

    Finding liveness();
    Finding readiness();
    Finding health();
    Finding canary();
    Finding metrics();
    Finding version_match();
    [[nodiscard]] Finding clock() const;

private:
    Result<http::ClientResponse> get(std::string path, std::string token) {
        http::ClientRequest request;
        request.path = std::move(path);
        request.bearer_token = std::move(token);
        return http::fetch(server_, request, Deadline::after(patience_));
    }

    const http::ServerUrl& server_;
    const std::string& token_;
    const std::chrono::milliseconds patience_;
    std::string date_;
    std::time_t asked_at_ = 0;
    std::string exposition_;
};

std::string status_of(const http::ClientResponse& response) {
    return "status " + std::to_string(response.status);
}

/// The object that the text is; empty when it is none.
json::object object_of(const std::string& text) {
    boost::system::error_code error;
    json::value value = json::parse(text, error);
    return !error && value.is_object() ? std::move(value.as_object()) : json::object();
}

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

/// What a problem document says of itself, or the status.
std::string complaint(const http::ClientResponse& response) {
    const std::string detail = text_of(object_of(response.body), "detail");
    return detail.empty() ? status_of(response) : status_of(response) + ": " + detail;
}

Finding Check::liveness() {
    asked_at_ = std::time(nullptr);
    const auto response = get("/livez", "");
    if (!response) return {"answers", false, response.error().detail};
    date_ = response->date;
    return {"answers", response->status == 200, status_of(*response)};
}

Finding Check::readiness() {
    const auto response = get("/readyz", "");
    if (!response) return {"ready", false, response.error().detail};
    return {"ready", response->status == 200,
            response->status == 200 ? "takes requests" : complaint(*response)};
}

Finding Check::health() {
    const auto response = get("/health/pool", "");
    if (!response) return {"health", false, response.error().detail};
    const json::object status = object_of(response->body);
    const std::string level = text_of(status, "level");
    if (level.empty()) return {"health", false, complaint(*response)};
    return {"health", level == "healthy" || level == "degraded", level};
}

Finding Check::canary() {
    http::ClientRequest request;
    request.method = "POST";
    request.path = "/extract?mode=full";
    request.accept = "application/json";
    request.content_type = "text/html; charset=utf-8";
    request.body = kCanaryPage;
    const std::string name(kSandboxCanary);
    const auto start = std::chrono::steady_clock::now();
    const auto response = http::fetch(server_, request, Deadline::after(patience_));
    if (!response) return {name, false, response.error().detail};
    if (response->status != 200) return {name, false, complaint(*response)};
    const json::object document = object_of(response->body);
    if (!is_canary_text(text_of(document, "text"))) {
        return {name, false, "a page was extracted, but its text is wrong"};
    }
    if (text_of(document, "engine") != "wasm") {
        return {name, false,
                "a page was extracted, but natively: " + text_of(document, "fallback_reason")};
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    return {name, true, "request to document in " + std::to_string(took.count()) + " us"};
}

Finding Check::metrics() {
    const auto response = get("/metrics", token_);
    if (!response) return {"metrics", false, response.error().detail};
    if (response->status == 401 || response->status == 403) {
        return {"metrics", false,
                complaint(*response) + " (RIPTIDE_ADMIN_TOKEN must be that of the server)"};
    }
    if (response->status == 404) {
        return {"metrics", false, "not served here; look at the admin listener"};
    }
    exposition_ = response->body;
    std::size_t missing = 0;
    for (const io::MetricSpec& metric : io::metric_catalogue()) {
        const std::string line = "\n# TYPE " + std::string(metric.name) + " ";
        if (exposition_.find(line) == std::string::npos) ++missing;
    }
    const std::size_t all = io::metric_catalogue().size();
    return {"metrics", missing == 0,
            std::to_string(all - missing) + " of " + std::to_string(all) + " metrics"};
}

Finding Check::version_match() {
    constexpr std::string_view kBefore = "\nriptide_build_info{version=\"";
    const std::size_t found = exposition_.find(kBefore);
    if (found == std::string::npos) return {"version", false, "not told"};
    const std::size_t begin = found + kBefore.size();
    const std::string theirs = exposition_.substr(begin, exposition_.find('"', begin) - begin);
    const bool same = theirs == version();
    return {"version", same,
            same ? theirs : theirs + ", while this program is " + std::string(version())};
}

Finding Check::clock() const {
    std::tm parts{};
    if (strptime(date_.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts) == nullptr) {
        return {"clock", false, "the server tells no date"};
    }
    const auto ahead = std::chrono::seconds(timegm(&parts) - asked_at_);
    const bool close = std::chrono::abs(ahead) <= kClockTolerance;
    return {"clock", close,
            close ? "that of this machine"
                  : std::to_string(ahead.count()) + " s ahead of this machine's"};
}

}  // namespace

std::vector<Finding> check_server(const http::ServerUrl& server, const std::string& admin_token,
                                  std::chrono::milliseconds patience) {
    Check check(server, admin_token, patience);
    std::vector<Finding> findings = {check.liveness()};
    if (!findings.front().works) return findings;
    findings.push_back(check.readiness());
    findings.push_back(check.health());
    findings.push_back(check.metrics());
    findings.push_back(check.version_match());
    findings.push_back(check.clock());
    findings.push_back(check.canary());
    return findings;
}

}  // namespace riptide::app
