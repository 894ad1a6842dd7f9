#include "http/pages.h"

#include <array>

#include "http/assets.h"
#include "http/negotiation.h"
#include "http/problem.h"
#include "io/metrics_text.h"
#include "io/status_json.h"

#include <boost/json/serialize.hpp>

namespace riptide::http {
namespace {

constexpr std::string_view kDashboard = "/admin/pool/health";
constexpr std::array<std::string_view, 2> kAdminTypes = {"application/json", "text/html"};

Response json(const boost::json::object& object) {
    Response response;
    response.content_type = kApplicationJson;
    response.body = boost::json::serialize(object) + "\n";
    return response;
}

Response text(std::string_view content_type, std::string body) {
    Response response;
    response.content_type = content_type;
    response.body = std::move(body);
    return response;
}

}  // namespace

Response live(const RequestContext&, Service&) { return text(kPlainText, "ok\n"); }

Response ready(const RequestContext& context, Service& service) {
    if (service.is_ready()) return text(kPlainText, "ready\n");
    return problem(Refusal{503, service.is_draining() ? "the service is stopping"
                                                      : "no page can be extracted at the moment"},
                   context.request_id);
}

Response pool_health(const RequestContext&, Service& service) {
    return json(io::health_json(service.pool_figures()));
}

Response admin_health(const RequestContext& context, Service& service) {
    Response response = is_dashboard_page(context) ? asset(context, service)
                                                   : json(io::admin_json(service.status()));
    response.fields.emplace_back("Vary", "Accept");
    return response;
}

Response metrics(const RequestContext&, Service& service) {
    return text("text/plain; version=0.0.4; charset=utf-8", io::metrics_text(service.figures()));
}

Response asset(const RequestContext& context, Service&) {
    const Asset& file = *find_asset(context.head.path);
    Response response = text(file.content_type, std::string(file.body));
    // Weak, because the same file may be sent compressed.
    const std::string tag = "W/" + std::string(file.etag);
    response.fields.emplace_back("ETag", tag);
    response.fields.emplace_back("Cache-Control", "no-cache");
    response.fields.emplace_back("Content-Security-Policy", kPagePolicy);
    response.fields.emplace_back("Referrer-Policy", "no-referrer");
    response.fields.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.fields.emplace_back("X-Frame-Options", "DENY");
    if (context.head.value("If-None-Match").find(file.etag) != std::string_view::npos) {
        response.status = 304;
        response.content_type = {};
        response.body.clear();
    }
    return response;
}

bool is_asset(std::string_view path) {
    return path.starts_with("/assets/") && find_asset(path) != nullptr;
}

bool is_dashboard_page(const RequestContext& context) {
    return context.head.path == kDashboard &&
           choose_media_type(context.head.value("Accept"), kAdminTypes) == 1;
}

}  // namespace riptide::http
