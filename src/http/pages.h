/// The routes that are answered at once.
#pragma once

#include <string_view>

#include "http/exchange.h"

namespace riptide::http {

/// GET /livez: the process answers.
Response live(const RequestContext& context, Service& service);
/// GET /readyz: 503 while the server stops, and while no page can be extracted.
Response ready(const RequestContext& context, Service& service);
/// GET /health/pool.
Response pool_health(const RequestContext& context, Service& service);
/// GET /admin/pool/health: JSON, or the dashboard for whom prefers text/html.
Response admin_health(const RequestContext& context, Service& service);
/// GET /metrics.
Response metrics(const RequestContext& context, Service& service);
/// The embedded file of that path, which exists; 304 where the client has it.
Response asset(const RequestContext& context, Service& service);

/// Whether the path is one of a page's files.
bool is_asset(std::string_view path);
/// Whether the request gets the dashboard's page, which is no secret, rather than figures.
bool is_dashboard_page(const RequestContext& context);

}  // namespace riptide::http
