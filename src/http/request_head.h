/// The head of an HTTP/1.1 request, as those see it who serve the request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/verb.hpp>

namespace riptide::http {

using Method = boost::beast::http::verb;

struct RequestHead {
    Method method = Method::unknown;
    std::string path;   ///< As it came, percent-encoding included; "*" for the server itself.
    std::string query;  ///< Without the question mark.
    /// Whom the client means, as it came, with its port: the target's where that is a URL, else the
    /// Host field's. Empty where HTTP/1.0 names nobody.
    std::string host;
    boost::beast::http::fields fields;

    std::optional<std::uint64_t> content_length;
    bool is_chunked = false;
    bool keeps_alive = true;         ///< The client is ready for another request.
    bool expects_continue = false;   ///< The client waits for 100 before it sends the body.
    bool understands_chunks = true;  ///< HTTP/1.1, not 1.0.

    /// The value of the field of that name, without white space at its ends; empty when there is
    /// none. Any case. Where the request has several lines of it, they are joined with commas
    /// (`add_field`).
    [[nodiscard]] std::string_view value(std::string_view name) const { return fields[name]; }
    [[nodiscard]] bool has_body() const { return is_chunked || content_length.value_or(0) > 0; }
};

}  // namespace riptide::http
