#include "io/http_message.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/ascii.h"
#include "io/decoder.h"

namespace riptide::io {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

tl::unexpected<Error> broken(std::string detail) {
    return fail(ErrorClass::kIo, "the HTTP response is broken: " + std::move(detail));
}

/// Where the blank line ends that follows the first lines of `bytes`; 0 when there is none.
std::size_t header_size(std::string_view bytes) {
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
        if (bytes.substr(at + 1).starts_with("\r\n")) return at + 3;
        if (bytes.substr(at + 1).starts_with('\n')) return at + 2;
    }
    return 0;
}

/// Of a line `chunk-size [chunk-ext]`; empty when it is none.
std::optional<std::uint64_t> chunk_size(std::string_view line) {
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    if (error != std::errc{}) return std::nullopt;
    const std::string_view extension =
        trimmed(line.substr(static_cast<std::size_t>(end - line.data())));
    if (!extension.empty() && !extension.starts_with(';')) return std::nullopt;
    return size;
}

/// The body of a chunked message, which may be cut off anywhere. Empty when its framing does not
/// hold all the way, which tells that the body was stored without its chunks: a text may well begin
/// with what looks like a size.
std::optional<std::string> without_chunks(std::string_view body) {
    std::string out;
    while (!body.empty()) {
        const std::size_t end = body.find("\r\n");
        const std::optional<std::uint64_t> size = chunk_size(body.substr(0, end));
        const bool is_first = out.empty();
        if (!size || (is_first && end == std::string_view::npos)) return std::nullopt;
        if (end == std::string_view::npos) break;
        body.remove_prefix(end + 2);
        if (*size == 0) {
            // What follows the last chunk is no page, unless there was no other.
            if (is_first && !trimmed(body).empty()) return std::nullopt;
            break;
        }
        out.append(body.substr(0, *size));
        if (*size >= body.size()) break;
        body.remove_prefix(*size);
        if (!body.starts_with("\r\n") && body != "\r") return std::nullopt;
        body.remove_prefix(std::min<std::size_t>(body.size(), 2));
    }
    return out;
}

Result<std::string> without_coding(std::string_view coding, std::string body, Bytes limit) {
    if (coding.empty() || ascii_iequals(coding, "identity")) return body;
    if (ascii_iequals(coding, "gzip") || ascii_iequals(coding, "x-gzip")) {
        if (!body.starts_with("\x1f\x8b")) return body;
        return decompress(body, Compression::kGzip, limit);
    }
    if (ascii_iequals(coding, "zstd")) {
        if (!body.starts_with("\x28\xb5\x2f\xfd")) return body;
        return decompress(body, Compression::kZstd, limit);
    }
    if (ascii_iequals(coding, "deflate")) {
        // Servers mean either of two formats by that name.
        Result<std::string> wrapped = decompress(body, Compression::kZlib, limit);
        if (wrapped || wrapped.error().error_class == ErrorClass::kTooLarge) return wrapped;
        Result<std::string> raw = decompress(body, Compression::kRawDeflate, limit);
        if (raw || raw.error().error_class == ErrorClass::kTooLarge) return raw;
        return body.starts_with('<') ? Result<std::string>(std::move(body)) : wrapped;
    }
    if (body.starts_with('<')) return body;
    return broken("its Content-Encoding is not one of gzip, deflate and zstd");
}

/// The codings are undone in the reverse of the order in which they are named.
Result<std::string> without_codings(std::string_view codings, std::string body, Bytes limit) {
    constexpr int kMostCodings = 4;
    for (int i = 0; i < kMostCodings; ++i) {
        const std::size_t comma = codings.rfind(',');
        const std::size_t start = comma == std::string_view::npos ? 0 : comma + 1;
        Result<std::string> undone =
            without_coding(trimmed(codings.substr(start)), std::move(body), limit);
        if (!undone || start == 0) return undone;
        body = std::move(*undone);
        codings = codings.substr(0, comma);
    }
    return broken("it has more than four content codings");
}

}  // namespace

HeaderFields HeaderFields::parse(std::string_view lines) {
    HeaderFields parsed;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const bool folded = line.starts_with(' ') || line.starts_with('\t');
        if (folded && !parsed.fields_.empty()) {
            parsed.fields_.back().second.append(" ").append(trimmed(line));
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        parsed.fields_.emplace_back(trimmed(line.substr(0, colon)),
                                    trimmed(line.substr(colon + 1)));
    }
    return parsed;
}

std::optional<std::string_view> HeaderFields::find(std::string_view name) const {
    for (const auto& [field, value] : fields_) {
        if (ascii_iequals(field, name)) return value;
    }
    return std::nullopt;
}

bool is_html(std::string_view content_type) {
    const std::string_view type = trimmed(content_type.substr(0, content_type.find(';')));
    return ascii_iequals(type, "text/html") || ascii_iequals(type, "application/xhtml+xml");
}

Result<HttpHeader> parse_http_header(std::string_view message) {
    const std::size_t size = header_size(message);
    if (!message.starts_with("HTTP/") || size == 0) {
        return broken("it does not begin with a status line and header fields");
    }
    return HttpHeader{HeaderFields::parse(message.substr(0, size)), size};
}

Result<std::string> decoded_body(const HeaderFields& fields, std::string body, Bytes limit) {
    if (ascii_iequals(fields.find("transfer-encoding").value_or(""), "chunked")) {
        if (auto joined = without_chunks(body)) body = std::move(*joined);
    }
    return without_codings(fields.find("content-encoding").value_or(""), std::move(body), limit);
}

}  // namespace riptide::io
