/// Which request is served by what.
#pragma once

#include <memory>
#include <optional>

#include "http/exchange.h"

namespace riptide::http {

/// How a request is served: at once, or by a handler that takes its body. Exactly one of the two.
struct Routed {
    io::HttpRoute route = io::HttpRoute::kOther;
    std::optional<Response> response;
    std::unique_ptr<Handler> handler;
};

/// What is answered at once is the same for HEAD as for GET; the connection leaves the body out.
Routed route(const RequestContext& context, Service& service,
             const std::shared_ptr<Channel>& channel);

}  // namespace riptide::http
