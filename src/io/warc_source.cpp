#include "io/warc_source.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>

#include "io/byte_reader.h"
#include "io/http_message.h"

namespace riptide::io {
namespace {

constexpr std::string_view kVersion = "WARC/";
constexpr std::size_t kMaxHeader = std::size_t{64} << 10;

Error broken(const std::string& detail) {
    return {ErrorClass::kIo, "the WARC record is broken: " + detail};
}

/// What the header of a record says.
struct WarcHeader {
    HeaderFields fields;
    std::uint64_t length = 0;

    [[nodiscard]] std::string_view of(std::string_view name) const {
        return fields.find(name).value_or("");
    }
    /// Old crawlers put addresses into angle brackets.
    [[nodiscard]] std::string address(std::string_view name) const {
        std::string_view value = of(name);
        if (value.starts_with('<') && value.ends_with('>')) {
            value = value.substr(1, value.size() - 2);
        }
        return std::string(value);
    }
};

class WarcSource final : public RecordSource {
public:
    WarcSource(std::unique_ptr<ByteSource> source, std::shared_ptr<const std::string> name,
               Bytes body_limit, InputWatch& watch)
        : reader_(std::move(source)),
          name_(std::move(name)),
          block_limit_(body_limit.count + kMaxHeader),
          watch_(watch) {}

    std::optional<Record> next() override {
        while (!ended_) {
            Result<std::optional<ArchivedPage>> page = next_page();
            if (!page) {
                if (stream_broken_) ended_ = true;
                return Record{Origin{name_, records_, start_}, std::move(page.error())};
            }
            if (std::optional<ArchivedPage>& found = *page; found) {
                return Record{Origin{name_, records_, start_}, std::move(*found)};
            }
        }
        return std::nullopt;
    }

private:
    /// Empty for a record that is no page, and at the end.
    Result<std::optional<ArchivedPage>> next_page() {
        const Result<bool> found = find_record();
        if (!found) return stream_failed(found.error());
        if (!*found) {
            ended_ = true;
            return std::nullopt;
        }
        const Result<WarcHeader> header = read_header();
        if (!header) {
            lost_ = true;
            return tl::unexpected(header.error());
        }
        return read_block(*header);
    }

    tl::unexpected<Error> stream_failed(Error error) {
        stream_broken_ = true;
        return tl::unexpected(std::move(error));
    }

    /// Passes over the blank lines between records and, when `lost_`, over all up to the next line
    /// that begins one. False at the end.
    Result<bool> find_record() {
        ++records_;
        for (;;) {
            start_ = reader_.offset();
            const Result<std::string_view> start = reader_.peek(kVersion.size());
            if (!start) return tl::unexpected(start.error());
            if (start->empty()) return false;
            if (*start == kVersion) return true;
            const bool blank = start->front() == '\r' || start->front() == '\n';
            if (!blank && !lost_) return true;  // `read_header` says what is wrong
            std::string line;
            const auto skipped = reader_.read_line(line, 0);
            if (!skipped) return tl::unexpected(skipped.error());
        }
    }

    Result<WarcHeader> read_header() {
        lost_ = false;
        std::string line;
        std::string lines;
        const auto version = reader_.read_line(line, kMaxHeader);
        if (!version) return stream_failed(version.error());
        if (!line.starts_with(kVersion)) {
            return tl::unexpected(broken("it does not begin with WARC/ and a version"));
        }
        for (;;) {
            const auto kind = reader_.read_line(line, kMaxHeader - lines.size());
            if (!kind) return stream_failed(kind.error());
            if (*kind == ByteReader::Line::kNone) {
                return tl::unexpected(broken("the input ends within its header"));
            }
            if (*kind == ByteReader::Line::kTooLong) {
                return tl::unexpected(broken("its header is longer than 64 KiB"));
            }
            if (line.empty() || line == "\r") break;
            if (lines.size() + line.size() >= kMaxHeader) {
                return tl::unexpected(broken("its header is longer than 64 KiB"));
            }
            lines.append(line).append("\n");
        }
        WarcHeader header{HeaderFields::parse(lines), 0};
        const std::string_view length = header.of("content-length");
        const auto [end, error] =
            std::from_chars(length.data(), length.data() + length.size(), header.length);
        if (error != std::errc{} || end != length.data() + length.size()) {
            return tl::unexpected(broken("its Content-Length is no whole number"));
        }
        return header;
    }

    Result<std::optional<ArchivedPage>> read_block(const WarcHeader& header) {
        const std::uint64_t end = reader_.offset() + header.length;
        Result<std::optional<ArchivedPage>> begun = begin_page(header);
        if (!begun) return stream_failed(std::move(begun.error()));
        std::optional<ArchivedPage>& page = *begun;
        const std::uint64_t left = end - reader_.offset();
        const bool is_too_large = header.length > block_limit_;
        const bool is_held = page && !is_too_large;
        if (is_held) page->body.reserve(left);
        const Result<std::uint64_t> got =
            is_held ? reader_.read(page->body, left) : reader_.skip(left);
        if (!got) return stream_failed(got.error());
        if (*got < left) {
            return tl::unexpected(broken("the input ends after " +
                                         std::to_string(header.length - left + *got) + " of its " +
                                         std::to_string(header.length) + " bytes"));
        }
        if (page && is_too_large) {
            return fail(ErrorClass::kTooLarge,
                        "the WARC record has " + std::to_string(header.length) +
                            " bytes, more than the body limit; --body-limit MB allows more");
        }
        if (!page) ++watch_.skipped_records;
        return begun;
    }

    /// All but the body, which the reader is before; empty for a record that is no page. Decided by
    /// what comes first in the block, so that large blocks that are no pages are never held.
    Result<std::optional<ArchivedPage>> begin_page(const WarcHeader& header) {
        const std::string_view type = header.of("warc-type");
        const std::string_view content_type = header.of("content-type");
        ArchivedPage page;
        if (type == "resource") {
            page.content_type = content_type;
            if (!is_html(content_type)) return std::nullopt;
        } else if (type == "response" && content_type.starts_with("application/http")) {
            if (auto taken = take_http_header(header.length, page); !taken) {
                return tl::unexpected(std::move(taken.error()));
            }
            if (!page.content_type.empty() && !is_html(page.content_type)) return std::nullopt;
        } else {
            return std::nullopt;
        }
        page.id = header.of("warc-record-id");
        page.url = header.address("warc-target-uri");
        return page;
    }

    /// Of the response in a block of `length` bytes. The error is that of the stream.
    Result<void> take_http_header(std::uint64_t length, ArchivedPage& page) {
        // Few are longer than the first, and what is peeked at may have to be moved.
        for (const std::uint64_t size : {std::size_t{4096}, ByteReader::kMaxPeek}) {
            const Result<std::string_view> start = reader_.peek(std::min(length, size));
            if (!start) return tl::unexpected(start.error());
            Result<HttpHeader> http = parse_http_header(*start);
            if (!http) {
                page.http = tl::unexpected(std::move(http.error()));
                continue;
            }
            page.content_type = http->fields.find("content-type").value_or("");
            page.http = std::move(http->fields);
            return reader_.skip(http->size).map([](std::uint64_t /*taken*/) {});
        }
        return {};
    }

    ByteReader reader_;
    std::shared_ptr<const std::string> name_;
    std::uint64_t block_limit_;
    InputWatch& watch_;
    std::uint64_t records_ = 0;
    std::uint64_t start_ = 0;  ///< Of the current record.
    bool lost_ = false;        ///< The last record's end is not known.
    bool stream_broken_ = false;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<RecordSource> read_warc(std::unique_ptr<ByteSource> source,
                                        std::shared_ptr<const std::string> name, Bytes body_limit,
                                        InputWatch& watch) {
    return std::make_unique<WarcSource>(std::move(source), std::move(name), body_limit, watch);
}

}  // namespace riptide::io
