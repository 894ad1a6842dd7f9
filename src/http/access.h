/// Who may use the admin routes.
#pragma once

#include <string_view>

#include "http/exchange.h"

namespace riptide::http {

/// A token that is configured must be there, as `Authorization: Bearer TOKEN` (RFC 6750). Without
/// one, only a loopback listener or one of their own serves admin routes. Refusals: 401; 403 where
/// no token would help; 404 on a listener that has nothing to do with them.
Checked<void> check_admin(const RequestContext& context);

/// Takes as long for texts that differ early as for those that differ late.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace riptide::http
