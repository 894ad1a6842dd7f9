/// Errors as problem documents. Source: RFC 9457.
#pragma once

#include <riptide/error.h>

#include <string_view>

#include "http/refusal.h"
#include "http/response.h"

namespace riptide::http {

/// The answer to a request that failed: its status is that of the table of error classes, and what
/// may succeed later has a Retry-After. `request_id` is repeated in the document.
Response problem(const Error& error, std::string_view request_id);

/// The same for what is no error of an extraction: its class is the status in words ("not-found").
Response problem(const Refusal& refusal, std::string_view request_id);

}  // namespace riptide::http
