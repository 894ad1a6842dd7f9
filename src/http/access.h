/// Who may use the admin routes.
#pragma once

#include <string_view>

#include "http/exchange.h"

namespace riptide::http {

/// A token that is configured must be there, as `Authorization: Bearer TOKEN` (RFC 6750). Without
/// one, only a loopback listener or one of their own serves admin routes, and on loopback the
/// client must mean this machine (`is_this_machine`): a browser here may have been led to it by a
/// foreign page whose name came to point here. Refusals: 401; 403 where no token would help; 404 on
/// a listener that has nothing to do with them; 421 for another name.
Checked<void> check_admin(const RequestContext& context);

/// Whether a host, with or without a port, is this machine whoever resolves names: "localhost", a
/// name below it, or the literal of a loopback address.
bool is_this_machine(std::string_view host);

/// Takes as long for texts that differ early as for those that differ late.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace riptide::http
