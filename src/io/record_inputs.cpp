#include "io/record_inputs.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "io/byte_reader.h"
#include "io/decompressed_source.h"
#include "io/jsonl_source.h"
#include "io/page_tree.h"
#include "io/warc_source.h"

namespace riptide::io {
namespace {

/// Gives its first bytes again.
class Replayed final : public ByteSource {
public:
    Replayed(std::string start, std::unique_ptr<ByteSource> source)
        : start_(std::move(start)), source_(std::move(source)) {}
    Result<std::size_t> read(std::span<char> into) override {
        if (used_ == start_.size()) return source_->read(into);
        const std::size_t count = start_.copy(into.data(), into.size(), used_);
        used_ += count;
        return count;
    }

private:
    std::string start_;
    std::size_t used_ = 0;
    std::unique_ptr<ByteSource> source_;
};

InputFormat format_of_name(std::string_view name) {
    for (const std::string_view suffix : {".gz", ".zst"}) {
        if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
    }
    for (const std::string_view suffix : {".jsonl", ".ndjson", ".json"}) {
        if (name.ends_with(suffix)) return InputFormat::kJsonl;
    }
    if (name.ends_with(".warc")) return InputFormat::kWarc;
    for (const std::string_view suffix : {".html", ".htm", ".xhtml"}) {
        if (name.ends_with(suffix)) return InputFormat::kHtml;
    }
    return InputFormat::kAuto;
}

constexpr std::string_view kWarcStart = "WARC/";

/// Without the spaces and the byte order mark before it.
std::string_view content_of(std::string_view start) {
    const std::size_t first = start.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    return start.substr(std::min(first, start.size()));
}

InputFormat format_of_bytes(std::string_view start) {
    const std::string_view content = content_of(start);
    if (content.starts_with(kWarcStart)) return InputFormat::kWarc;
    return content.starts_with('<') ? InputFormat::kHtml : InputFormat::kJsonl;
}

/// No more than tells the format, so that the first line of a pipe waits for no other.
Result<std::string> read_start(ByteSource& source) {
    std::string start(512, '\0');
    std::size_t size = 0;
    while (size < start.size()) {
        const Result<std::size_t> count = source.read(std::span(start).subspan(size));
        if (!count) return tl::unexpected(count.error());
        size += *count;
        const std::string_view content = content_of(std::string_view(start).substr(0, size));
        const bool may_be_warc =
            content.size() < kWarcStart.size() && kWarcStart.starts_with(content);
        if (*count == 0 || !may_be_warc) break;
    }
    start.resize(size);
    return start;
}

/// A whole stream as one page.
class StreamedPage final : public RecordSource {
public:
    StreamedPage(std::unique_ptr<ByteSource> source, std::shared_ptr<const std::string> name,
                 Bytes body_limit)
        : reader_(std::move(source)), name_(std::move(name)), limit_(body_limit) {}
    std::optional<Record> next() override {
        if (done_) return std::nullopt;
        done_ = true;
        ArchivedPage page;
        page.content_type = "text/html";
        page.id = *name_;
        Record record{Origin{name_, 1, 0}, {}};
        const Result<std::uint64_t> size = reader_.read(page.body, limit_.count + 1);
        if (size) {
            record.content = std::move(page);
        } else {
            record.content = size.error();
        }
        return record;
    }

private:
    ByteReader reader_;
    std::shared_ptr<const std::string> name_;
    Bytes limit_;
    bool done_ = false;
};

class Inputs final : public RecordSource {
public:
    Inputs(std::vector<std::string> paths, InputFormat format, Bytes body_limit, InputWatch& watch)
        : paths_(std::move(paths)), format_(format), body_limit_(body_limit), watch_(watch) {}

    std::optional<Record> next() override {
        for (;;) {
            if (current_) {
                if (std::optional<Record> record = current_->next()) return record;
                current_.reset();
            }
            if (opened_ == paths_.size()) return std::nullopt;
            const std::string& path = paths_[opened_++];
            Result<std::unique_ptr<RecordSource>> source = open(path);
            if (!source) {
                return Record{Origin{std::make_shared<std::string>(path), 0, 0},
                              std::move(source.error())};
            }
            current_ = std::move(*source);
        }
    }

private:
    Result<std::unique_ptr<RecordSource>> open(const std::string& path) {
        struct stat status{};
        if (path != "-" && stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
            return read_page_tree(path, watch_);
        }
        InputFormat format = format_ == InputFormat::kAuto ? format_of_name(path) : format_;
        if (format == InputFormat::kHtml && path != "-") return read_page_file(path, watch_);
        Result<std::unique_ptr<FileSource>> file = FileSource::open(path, watch_);
        if (!file) return tl::unexpected(std::move(file.error()));
        std::unique_ptr<ByteSource> bytes = decompressed(std::move(*file));
        if (format == InputFormat::kAuto) {
            Result<std::string> start = read_start(*bytes);
            if (!start) return tl::unexpected(std::move(start.error()));
            format = format_of_bytes(*start);
            bytes = std::make_unique<Replayed>(std::move(*start), std::move(bytes));
        }
        auto name = std::make_shared<const std::string>(path);
        if (format == InputFormat::kWarc) {
            return read_warc(std::move(bytes), std::move(name), body_limit_, watch_);
        }
        if (format == InputFormat::kJsonl) {
            return read_jsonl(std::move(bytes), std::move(name), body_limit_);
        }
        return std::make_unique<StreamedPage>(std::move(bytes), std::move(name), body_limit_);
    }

    std::vector<std::string> paths_;
    InputFormat format_;
    Bytes body_limit_;
    InputWatch& watch_;
    std::size_t opened_ = 0;
    std::unique_ptr<RecordSource> current_;
};

Result<std::string> read_page(const std::string& path, Bytes limit) {
    struct stat status{};
    if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        return fail(ErrorClass::kIo, "is not a regular file");
    }
    InputWatch unwatched;
    Result<std::unique_ptr<FileSource>> file = FileSource::open(path, unwatched);
    if (!file) return tl::unexpected(std::move(file.error()));
    ByteReader reader(decompressed(std::move(*file)));
    std::string bytes;
    const Result<std::uint64_t> size = reader.read(bytes, limit.count + 1);
    if (!size) return tl::unexpected(size.error());
    return bytes;
}

/// From what a record holds; names, identifiers and addresses are bytes there, JSON is UTF-8.
struct Taken {
    const OwnedRequest& defaults;
    Bytes body_limit;
    const InputWatch& watch;

    RecordRequest operator()(Error& error) const {
        return {nullptr, tl::unexpected(std::move(error))};
    }
    RecordRequest operator()(PageFile& file) const {
        return {boost::json::value(valid_utf8(file.name)),
                with_bytes(read_page(file.path, body_limit))};
    }
    RecordRequest operator()(JsonLine& line) const {
        Result<PageRequest> page = parse_page_request(line.text, defaults.options);
        if (!page) return {request_id(line.text), tl::unexpected(std::move(page.error()))};
        if (page->request.encoding.empty()) page->request.encoding = defaults.encoding;
        if (!page->path.empty()) {
            Result<std::string> bytes = watch.is_own(page->path)
                                            ? fail(ErrorClass::kUsage, "is one that the run writes")
                                            : read_page(page->path, body_limit);
            if (!bytes) {
                bytes.error().detail = "the file of \"path\" " + bytes.error().detail;
                return {std::move(page->id), tl::unexpected(std::move(bytes.error()))};
            }
            page->request.bytes = std::move(*bytes);
        }
        return {std::move(page->id), std::move(page->request)};
    }
    RecordRequest operator()(ArchivedPage& page) const {
        boost::json::value id =
            page.id.empty() ? boost::json::value(nullptr) : boost::json::value(valid_utf8(page.id));
        OwnedRequest request = defaults;
        if (!page.url.empty()) request.options.url = valid_utf8(page.url);
        request.content_type = valid_utf8(page.content_type);
        Result<std::string> body = page.http.and_then([&](const HeaderFields& fields) {
            return decoded_body(fields, std::move(page.body), body_limit);
        });
        if (!body) return {std::move(id), tl::unexpected(std::move(body.error()))};
        request.bytes = std::move(*body);
        return {std::move(id), std::move(request)};
    }

    [[nodiscard]] Result<OwnedRequest> with_bytes(Result<std::string> bytes) const {
        if (!bytes) return tl::unexpected(std::move(bytes.error()));
        OwnedRequest request = defaults;
        request.bytes = std::move(*bytes);
        return request;
    }
};

}  // namespace

std::unique_ptr<RecordSource> read_inputs(std::vector<std::string> paths, InputFormat format,
                                          Bytes body_limit, InputWatch& watch) {
    return std::make_unique<Inputs>(std::move(paths), format, body_limit, watch);
}

std::optional<std::uint64_t> size_of_inputs(const std::vector<std::string>& paths,
                                            const std::vector<sys::FileIdentity>& own_files,
                                            const std::atomic<bool>& stop) {
    InputWatch pages;
    pages.own_files = own_files;
    std::uint64_t files = 0;
    for (const std::string& path : paths) {
        struct stat status{};
        if (path == "-" || stat(path.c_str(), &status) != 0) return std::nullopt;
        if (S_ISDIR(status.st_mode)) {
            const std::unique_ptr<RecordSource> tree = read_page_tree(path, pages);
            while (tree->next()) {
                if (stop) return std::nullopt;
            }
        } else if (S_ISREG(status.st_mode)) {
            files += static_cast<std::uint64_t>(status.st_size);
        } else {
            return std::nullopt;
        }
    }
    return files + pages.bytes_read;
}

RecordRequest request_of(Record record, const OwnedRequest& defaults, Bytes body_limit,
                         const InputWatch& watch) {
    return std::visit(Taken{defaults, body_limit, watch}, record.content);
}

}  // namespace riptide::io
