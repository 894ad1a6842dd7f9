#include "http/access.h"

#include <algorithm>

#include "config/address.h"
#include "http/characters.h"

namespace riptide::http {
namespace {

constexpr std::string_view kScheme = "Bearer ";

bool carries(std::string_view authorization, std::string_view token) {
    return ascii_iequals(authorization.substr(0, kScheme.size()), kScheme) &&
           equal_in_constant_time(authorization.substr(kScheme.size()), token);
}

}  // namespace

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]);
    }
    return difference == 0;
}

bool is_this_machine(std::string_view host) {
    std::string_view port = host;
    std::string_view name = cut(port, ':');
    if (host.starts_with('[')) {
        const std::size_t end = std::min(host.find(']'), host.size() - 1);
        name = host.substr(1, end - 1);
        port = host.substr(end + 1);
        if (host[end] != ']' || (!port.empty() && port[0] != ':')) return false;
        cut(port, ':');
    }
    if (!std::ranges::all_of(port, is_digit)) return false;
    constexpr std::string_view kLocal = "localhost";
    const std::size_t parent = name.size() - std::min(name.size(), kLocal.size());
    if (ascii_iequals(name.substr(parent), kLocal)) return parent == 0 || name[parent - 1] == '.';
    return config::is_loopback({std::string(name), 0});
}

Checked<void> check_admin(const RequestContext& context) {
    if (context.listener == ListenerRole::kPublic) return refuse(404, "there is no such route");
    const std::string& token = context.settings->service.admin_token;
    if (!token.empty()) {
        if (carries(context.head.value("Authorization"), token)) return {};
        return refuse(401, "this route needs the admin token as a bearer token");
    }
    if (context.is_loopback) {
        if (is_this_machine(context.head.host)) return {};
        return refuse(421,
                      "without RIPTIDE_ADMIN_TOKEN this route is served to those only who ask for "
                      "localhost or a loopback address");
    }
    if (context.listener == ListenerRole::kAdmin) return {};
    return refuse(403,
                  "this route is served on a loopback address, on RIPTIDE_ADMIN_LISTEN, or with "
                  "RIPTIDE_ADMIN_TOKEN");
}

}  // namespace riptide::http
