#include "http/strictness.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "http/characters.h"

namespace riptide::http {
namespace {

using boost::beast::http::field;

constexpr std::size_t kMaxExtension = 1024;
/// What `boost::beast::http::fields` can hold of one name or value.
constexpr std::size_t kMaxText = 65533;
/// Fields with one value. Another reader could go by the last of them, and we by the first.
constexpr std::array kSingle = {field::host, field::content_length, field::content_type,
                                field::authorization};

/// Cuts scheme and authority off an absolute URL: the authority; nothing of any other target.
std::optional<std::string_view> cut_origin(std::string_view& target) {
    constexpr std::array<std::string_view, 2> kSchemes = {"http://", "https://"};
    for (const std::string_view scheme : kSchemes) {
        if (!ascii_iequals(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        const std::size_t size = std::min(target.find_first_of("/?"), target.size());
        const std::string_view authority = target.substr(0, size);
        target.remove_prefix(size);
        return authority;
    }
    return std::nullopt;
}

bool is_host(std::string_view host) {
    return std::ranges::all_of(host, [](char c) {
        return is_ascii_alphanumeric(c) ||
               std::string_view("-._~:[]%!$&'()*+;=").find(c) != std::string_view::npos;
    });
}

}  // namespace

Checked<void> read_target(std::string_view target, RequestHead& head) {
    if (target.size() > kMaxTarget) {
        return refuse(414,
                      "the request target is longer than " + std::to_string(kMaxTarget) + " bytes");
    }
    const bool is_plain = std::ranges::all_of(
        target, [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '\\'; });
    std::string_view query = target;
    const std::optional<std::string_view> authority = cut_origin(query);
    const std::string_view path = cut(query, '?');
    const bool is_server = target == "*" && head.method == Method::options;
    const bool is_tunnel = head.method == Method::connect;
    const bool is_path = path.starts_with('/');
    const bool is_url =
        authority && !authority->empty() && is_host(*authority) && (is_path || path.empty());
    if (!is_plain || (authority ? !is_url : !is_path && !is_server && !is_tunnel)) {
        return refuse(400, "the request target is neither a path nor a URL");
    }
    head.path = path.empty() ? "/" : path;
    head.query = query;
    head.host = authority.value_or("");
    return {};
}

bool is_folded(std::string_view name, std::string_view value) {
    const char* text = name.data() + name.size() + 1;  // after the colon
    while (*text == ' ' || *text == '\t') ++text;
    return text != value.data();
}

Checked<void> add_field(std::string_view name, std::string_view value,
                        boost::beast::http::fields& fields) {
    std::string joined(value);
    if (const auto before = fields.find(name); before != fields.end()) {
        if (std::ranges::find(kSingle, before->name()) != kSingle.end()) {
            return refuse(400, std::string(to_string(before->name())) + " is given more than once");
        }
        joined = std::string(before->value()).append(", ").append(value);
    }
    if (name.size() > kMaxText || joined.size() > kMaxText) {
        return refuse(431, "a header field is longer than " + std::to_string(kMaxText) + " bytes");
    }
    fields.set(name, joined);
    return {};
}

Checked<void> check_fields(const RequestHead& head) {
    const boost::beast::http::fields& fields = head.fields;
    const bool has_host = fields.count(field::host) > 0;
    if (!has_host && head.understands_chunks) return refuse(400, "Host is missing");
    if (!is_host(fields[field::host])) return refuse(400, "Host is not a host");
    if (!std::ranges::all_of(fields[field::content_length], is_digit)) {
        return refuse(400, "Content-Length is not one number of bytes");
    }
    // The parser itself refuses a second coding after chunked, and a length beside it.
    if (fields.count(field::transfer_encoding) > 0) {
        if (!ascii_iequals(fields[field::transfer_encoding], "chunked")) {
            return refuse(501, "the only transfer coding is chunked");
        }
        if (!head.understands_chunks) return refuse(400, "HTTP/1.0 has no Transfer-Encoding");
    }
    if (fields.count(field::expect) > 0 && !ascii_iequals(fields[field::expect], "100-continue")) {
        return refuse(417, "the only expectation that can be met is 100-continue");
    }
    return {};
}

bool may_begin_chunk(std::string_view input, bool is_first) {
    constexpr std::string_view kEndOfLine = "\r\n";
    const std::string_view end_of_last = is_first ? "" : kEndOfLine;
    if (input.size() <= end_of_last.size()) return end_of_last.starts_with(input);
    if (!input.starts_with(end_of_last)) return false;
    input.remove_prefix(end_of_last.size());
    const auto* size_end = std::ranges::find_if(input, [](char c) { return hex_value(c) < 0; });
    const std::string_view rest(size_end, input.end());
    return size_end != input.begin() &&
           (rest.starts_with(';') || kEndOfLine.starts_with(rest.substr(0, kEndOfLine.size())));
}

Checked<void> check_chunk_extension(std::string_view extension) {
    if (extension.size() > kMaxExtension) return refuse(400, "a chunk's extension is too long");
    if (!extension.empty() && extension.front() != ';') {
        return refuse(400, "a chunk's size is followed by white space");
    }
    if (!std::ranges::all_of(extension, is_field_character)) {
        return refuse(400, "a chunk's extension has control characters");
    }
    return {};
}

std::uint16_t status_of_bad_version(std::string_view input) {
    cut(input, ' ');  // the method
    cut(input, ' ');  // the target
    const std::string_view version = input.substr(0, 8);
    const bool is_version = version.size() == 8 && version.starts_with("HTTP/") &&
                            is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
    // After these two, something else is wrong with the line.
    const bool is_taken = version == "HTTP/1.0" || version == "HTTP/1.1";
    return is_version && !is_taken ? 505 : 400;
}

}  // namespace riptide::http
