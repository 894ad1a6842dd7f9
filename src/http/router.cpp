#include "http/router.h"

#include <algorithm>
#include <array>

#include "http/access.h"
#include "http/batch_handler.h"
#include "http/document_answer.h"
#include "http/extract_handler.h"
#include "http/negotiation.h"
#include "http/pages.h"
#include "http/problem.h"

namespace riptide::http {
namespace {

enum class Methods : std::uint8_t { kGet, kPost };
enum class Access : std::uint8_t { kAnybody, kPublicOnly, kAdmin };

using Answer = Response (*)(const RequestContext&, Service&);
using MakeHandler = Checked<std::unique_ptr<Handler>> (*)(const RequestContext&, Service&,
                                                          std::shared_ptr<Channel>);

struct Row {
    std::string_view path;
    io::HttpRoute route;
    Methods methods;
    Access access;
    Answer answer;
    MakeHandler make_handler;
};

constexpr std::array kRows = {
    Row{"/extract", io::HttpRoute::kExtract, Methods::kPost, Access::kPublicOnly, nullptr,
        make_extract_handler},
    Row{"/extract/batch", io::HttpRoute::kBatch, Methods::kPost, Access::kPublicOnly, nullptr,
        make_batch_handler},
    Row{"/livez", io::HttpRoute::kLivez, Methods::kGet, Access::kAnybody, live, nullptr},
    Row{"/readyz", io::HttpRoute::kReadyz, Methods::kGet, Access::kAnybody, ready, nullptr},
    Row{"/health/pool", io::HttpRoute::kPoolHealth, Methods::kGet, Access::kAnybody, pool_health,
        nullptr},
    Row{"/admin/pool/health", io::HttpRoute::kAdmin, Methods::kGet, Access::kAdmin, admin_health,
        nullptr},
    Row{"/metrics", io::HttpRoute::kMetrics, Methods::kGet, Access::kAdmin, metrics, nullptr},
    Row{"/openapi.json", io::HttpRoute::kOpenapi, Methods::kGet, Access::kPublicOnly, asset,
        nullptr},
    Row{"/", io::HttpRoute::kPage, Methods::kGet, Access::kPublicOnly, asset, nullptr},
};
constexpr Row kAssetRow{"/assets/", io::HttpRoute::kPage, Methods::kGet, Access::kAnybody, asset,
                        nullptr};

const Row* find_row(std::string_view path) {
    const auto* found = std::ranges::find(kRows, path, &Row::path);
    if (found != kRows.end()) return &*found;
    return is_asset(path) ? &kAssetRow : nullptr;
}

Response allowed(std::string_view methods) {
    Response response;
    response.status = 204;
    response.fields.emplace_back("Allow", methods);
    return response;
}

std::string_view allow(Methods methods) {
    return methods == Methods::kPost ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
}

bool is_allowed(Method method, Methods methods) {
    if (methods == Methods::kPost) return method == Method::post;
    return method == Method::get || method == Method::head;
}

Checked<void> check_access(const Row& row, const RequestContext& context) {
    if (row.access == Access::kPublicOnly && context.listener == ListenerRole::kAdmin) {
        return refuse(404, "the admin listener has no such route");
    }
    // The page of the dashboard tells nothing of the pool; what it loads does.
    if (row.access == Access::kAdmin && !is_dashboard_page(context)) return check_admin(context);
    if (row.access == Access::kAdmin && context.listener == ListenerRole::kPublic) {
        return refuse(404, "there is no such route");
    }
    return {};
}

bool is_within_rate(const RequestContext& context, Service& service) {
    const std::uint32_t limit = context.settings->service.rate_limit;
    return limit == 0 || service.rate_limiter().admit(context.client, limit, context.first_byte);
}

void refuse_with(Routed& routed, const Refusal& refusal, const RequestContext& context,
                 Service& service) {
    routed.response = problem(refusal, context.request_id);
    if (refusal.status == 429) service.counters().refused(io::HttpRefusal::kRateLimit);
    if (refusal.status == 401) {
        service.counters().refused(io::HttpRefusal::kUnauthorized);
        routed.response->fields.emplace_back("WWW-Authenticate", "Bearer realm=\"riptide\"");
    }
}

}  // namespace

Routed route(const RequestContext& context, Service& service,
             const std::shared_ptr<Channel>& channel) {
    Routed routed;
    const RequestHead& head = context.head;
    if (head.path == "*") {
        routed.response = allowed("GET, HEAD, POST, OPTIONS");
        return routed;
    }
    const Row* row = find_row(head.path);
    if (row == nullptr) {
        refuse_with(routed, {404, "there is no such route"}, context, service);
        return routed;
    }
    routed.route = row->route;
    if (Checked<void> checked = check_access(*row, context); !checked) {
        refuse_with(routed, checked.error(), context, service);
    } else if (head.method == Method::options) {
        routed.response = allowed(allow(row->methods));
    } else if (!is_allowed(head.method, row->methods)) {
        const std::string methods(allow(row->methods));
        refuse_with(routed, {405, "the route takes " + methods}, context, service);
        routed.response->fields.emplace_back("Allow", methods);
    } else if (row->make_handler != nullptr && !is_within_rate(context, service)) {
        refuse_with(routed, {429, "this client makes more requests than it may"}, context, service);
    } else if (row->make_handler != nullptr) {
        Checked<std::unique_ptr<Handler>> made = row->make_handler(context, service, channel);
        if (made) {
            routed.handler = std::move(*made);
        } else {
            refuse_with(routed, made.error(), context, service);
        }
    } else {
        routed.response = row->answer(context, service);
        if (accepts_gzip(head.value("Accept-Encoding"))) {
            compress(*routed.response, GzipUse::kAccepted);
        }
    }
    return routed;
}

}  // namespace riptide::http
