#include "http/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "http/characters.h"

namespace riptide::http {
namespace {

constexpr std::string_view kEndOfLine = "\r\n";
constexpr std::array<std::string_view, 9> kMethods = {"GET",    "HEAD",  "POST",  "OPTIONS", "PUT",
                                                      "DELETE", "PATCH", "TRACE", "CONNECT"};

/// What the fields say about framing, before it is judged.
struct Framing {
    std::size_t hosts = 0;
    std::size_t lengths = 0;
    std::size_t codings = 0;
};

std::string_view cut_line(std::string_view& rest) {
    const std::size_t end = rest.find(kEndOfLine);
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + kEndOfLine.size());
    return line;
}

Checked<void> parse_method(std::string_view name, RequestHead& head) {
    if (!is_token(name)) return refuse(400, "the request does not begin with a method");
    const auto* known = std::ranges::find(kMethods, name);
    if (known == kMethods.end()) return refuse(501, "the method is not one that HTTP knows");
    head.method_name = name;
    head.method = static_cast<Method>(
        std::min<std::ptrdiff_t>(known - kMethods.begin(), static_cast<int>(Method::kOther)));
    return {};
}

Checked<void> parse_version(std::string_view version, RequestHead& head) {
    const bool is_version = version.size() == 8 && version.starts_with("HTTP/") &&
                            is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
    if (!is_version) return refuse(400, "the request line does not end with a version of HTTP");
    if (version[5] != '1') return refuse(505, "the version must be HTTP/1.1 or HTTP/1.0");
    head.understands_chunks = version[7] != '0';
    head.keeps_alive = head.understands_chunks;
    return {};
}

/// The rest of an absolute URL after its authority.
std::string_view without_origin(std::string_view target) {
    constexpr std::array<std::string_view, 2> kSchemes = {"http://", "https://"};
    for (const std::string_view scheme : kSchemes) {
        if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        const std::size_t path = target.find_first_of("/?");
        if (path == std::string_view::npos) return "/";
        return target.substr(path);
    }
    return target;
}

Checked<void> parse_target(std::string_view target, RequestHead& head) {
    if (target.size() > kMaxTarget) {
        return refuse(414,
                      "the request target is longer than " + std::to_string(kMaxTarget) + " bytes");
    }
    const bool is_plain = std::ranges::all_of(
        target, [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '\\'; });
    std::string_view rest = without_origin(target);
    head.path = cut(rest, '?');
    head.query = rest;
    const bool is_server = target == "*" && head.method == Method::kOptions;
    const bool is_authority = head.method_name == "CONNECT";
    const bool is_path = head.path.starts_with('/') || (head.path.empty() && target != head.path);
    if (!is_plain || (!is_path && !is_server && !is_authority)) {
        return refuse(400, "the request target is neither a path nor a URL");
    }
    if (head.path.empty()) head.path = "/";
    return {};
}

Checked<void> parse_request_line(std::string_view line, RequestHead& head) {
    const std::string_view method = cut(line, ' ');
    if (Checked<void> checked = parse_method(method, head); !checked) return checked;
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) {
        if (line.size() > kMaxTarget) return refuse(414, "the request target is too long");
        return refuse(400, "the request line has no version of HTTP");
    }
    if (Checked<void> checked = parse_version(line.substr(space + 1), head); !checked) {
        return checked;
    }
    return parse_target(line.substr(0, space), head);
}

bool is_host(std::string_view host) {
    return std::ranges::all_of(host, [](char c) {
        return is_alphanumeric(c) ||
               std::string_view("-._~:[]%!$&'()*+;=").find(c) != std::string_view::npos;
    });
}

Checked<void> parse_length(std::string_view value, RequestHead& head) {
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    if (error != std::errc() || end != value.data() + value.size()) {
        return refuse(400, "Content-Length is not one number of bytes");
    }
    head.content_length = length;
    return {};
}

void note_connection(std::string_view value, RequestHead& head) {
    for_each_member(value, [&head](std::string_view option) {
        if (equal_ignoring_case(option, "close")) {
            head.keeps_alive = false;
        } else if (equal_ignoring_case(option, "keep-alive") && !head.understands_chunks) {
            head.keeps_alive = true;
        }
    });
}

/// Fields that mean something to the connection itself.
Checked<void> note_field(const Field& field, RequestHead& head, Framing& framing) {
    if (equal_ignoring_case(field.name, "Host")) {
        ++framing.hosts;
        if (!is_host(field.value)) return refuse(400, "Host is not a host");
    } else if (equal_ignoring_case(field.name, "Content-Length")) {
        ++framing.lengths;
        return parse_length(field.value, head);
    } else if (equal_ignoring_case(field.name, "Transfer-Encoding")) {
        ++framing.codings;
        head.is_chunked = true;
        if (!equal_ignoring_case(field.value, "chunked")) {
            return refuse(501, "the only transfer coding is chunked");
        }
    } else if (equal_ignoring_case(field.name, "Connection")) {
        note_connection(field.value, head);
    } else if (equal_ignoring_case(field.name, "Expect")) {
        head.expects_continue = head.understands_chunks;
        if (!equal_ignoring_case(field.value, "100-continue")) {
            return refuse(417, "the only expectation that can be met is 100-continue");
        }
    }
    return {};
}

Checked<Field> parse_field(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') {
        return refuse(400, "a header field is folded over several lines");
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return refuse(400, "a header field has no proper name");
    }
    const Field field{line.substr(0, colon), trim(line.substr(colon + 1))};
    if (!std::ranges::all_of(field.value, is_field_character)) {
        return refuse(400, "a header field has control characters");
    }
    return field;
}

Checked<void> judge(const Framing& framing, const RequestHead& head) {
    if (framing.hosts > 1) return refuse(400, "Host is given more than once");
    if (framing.hosts == 0 && head.understands_chunks) return refuse(400, "Host is missing");
    if (framing.lengths > 1) return refuse(400, "Content-Length is given more than once");
    if (framing.codings > 1) return refuse(400, "Transfer-Encoding is given more than once");
    if (framing.codings > 0 && framing.lengths > 0) {
        return refuse(400, "both Content-Length and Transfer-Encoding are given");
    }
    if (framing.codings > 0 && !head.understands_chunks) {
        return refuse(400, "HTTP/1.0 has no Transfer-Encoding");
    }
    return {};
}

}  // namespace

std::string_view RequestHead::value(std::string_view name) const {
    const auto found = std::ranges::find_if(
        fields, [name](const Field& field) { return equal_ignoring_case(field.name, name); });
    return found == fields.end() ? std::string_view() : found->value;
}

HeadScanner::Verdict HeadScanner::scan(std::string_view bytes) {
    while (true) {
        const std::size_t end = bytes.find('\n', scanned_);
        if (end == std::string_view::npos) {
            scanned_ = bytes.size();
            return Verdict::kIncomplete;
        }
        if (end == line_start_ || bytes[end - 1] != '\r') return Verdict::kMalformed;
        const bool is_empty = end - 1 == line_start_;
        scanned_ = line_start_ = end + 1;
        if (is_empty) return Verdict::kComplete;
    }
}

Checked<RequestHead> parse_head(std::string_view bytes) {
    RequestHead head;
    Framing framing;
    if (Checked<void> checked = parse_request_line(cut_line(bytes), head); !checked) {
        return tl::unexpected(std::move(checked.error()));
    }
    head.fields.reserve(16);
    for (std::string_view line = cut_line(bytes); !line.empty(); line = cut_line(bytes)) {
        if (head.fields.size() == kMaxFields) {
            return refuse(431,
                          "there are more than " + std::to_string(kMaxFields) + " header fields");
        }
        const Checked<Field> field = parse_field(line);
        if (!field) return tl::unexpected(field.error());
        if (Checked<void> noted = note_field(*field, head, framing); !noted) {
            return tl::unexpected(std::move(noted.error()));
        }
        head.fields.push_back(*field);
    }
    if (Checked<void> checked = judge(framing, head); !checked) {
        return tl::unexpected(std::move(checked.error()));
    }
    return head;
}

}  // namespace riptide::http
