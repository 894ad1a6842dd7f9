#include "pool/document_wire.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "core/limits.h"

namespace riptide {
namespace {

enum class Kind : std::uint8_t { kDocument, kError };

// One description of each record serves both directions: `visit` hands its fields, in order, to a
// writer or to a reader.

template <typename Archive, typename Value>
void visit_link(Archive& archive, Value& link) {
    archive(link.url);
    archive(link.text);
    archive(link.rel);
}

template <typename Archive, typename Value>
void visit_media(Archive& archive, Value& media) {
    archive(media.url);
    archive(media.kind, MediaKind::kEmbed);
    archive(media.alt);
}

template <typename Archive, typename Value>
void visit_block(Archive& archive, Value& block) {
    archive(block.path);
    archive(block.text);
    archive(block.reason, Reason::kNotSelected);
    archive(block.score);
    archive(block.article_ruling, Ruling::kKept);
    archive(block.whole_ruling, Ruling::kKept);
    archive.list(block.signals, [](auto& a, auto& signal) {
        a(signal.name);
        a(signal.value);
        a(signal.weight);
    });
}

template <typename Archive, typename Value>
void visit_explanation(Archive& archive, Value& explanation) {
    archive.list(explanation.type_votes, [](auto& a, auto& vote) {
        a(vote.page_type, PageType::kOther);
        a(vote.weight);
    });
    archive(explanation.threshold);
    archive.list(explanation.attempts, [](auto& a, auto& chars) { a(chars); });
    archive(explanation.prefers_article);
    archive(explanation.declares_article);
    archive(explanation.article_body_bytes);
    archive.list(explanation.origins, [](auto& a, auto& found) {
        a(found.field, MetadataField::kTags);
        a(found.origin, Origin::kAddress);
    });
    archive.list(explanation.blocks, [](auto& a, auto& block) { visit_block(a, block); });
}

template <typename Archive, typename Value>
void visit_document(Archive& archive, Value& document) {
    archive(document.status, Status::kEmpty);
    archive(document.url);
    archive(document.canonical_url);
    archive(document.title);
    archive(document.byline);
    archive(document.published);
    archive(document.modified);
    archive(document.language);
    archive(document.dir);
    archive(document.site_name);
    archive(document.description);
    archive(document.text);
    archive(document.markdown);
    archive(document.html);
    archive.list(document.links, [](auto& a, auto& link) { visit_link(a, link); });
    archive.list(document.media, [](auto& a, auto& media) { visit_media(a, media); });
    archive.list(document.categories, [](auto& a, auto& name) { a(name); });
    archive.list(document.tags, [](auto& a, auto& name) { a(name); });
    archive(document.word_count);
    archive(document.reading_time_minutes);
    archive(document.quality_score);
    archive(document.page_type, PageType::kOther);
    archive.list(document.truncated, [](auto& a, auto& cut) { a(cut, Truncation::kOutput); });
    archive(document.tei);
    archive.optional(document.explanation,
                     [](auto& a, auto& explanation) { visit_explanation(a, explanation); });
}

template <typename Archive, typename Value>
void visit_options(Archive& archive, Value& options) {
    archive(options.url);
    archive(options.mode, ExtractionMode::kCustom);
    archive.list(options.selectors, [](auto& a, auto& selector) { a(selector); });
}

class Writer {
public:
    void operator()(std::uint32_t number) {
        std::array<char, sizeof number> bytes{};
        std::memcpy(bytes.data(), &number, sizeof number);
        out_.append(bytes.data(), bytes.size());
    }
    void operator()(std::int32_t number) { (*this)(static_cast<std::uint32_t>(number)); }
    void operator()(bool flag) { byte(flag ? 1 : 0); }
    void operator()(const std::string& text) {
        (*this)(static_cast<std::uint32_t>(text.size()));
        out_ += text;
    }
    template <typename Enum>
    void operator()(Enum value, Enum) {
        byte(static_cast<std::uint8_t>(value));
    }
    template <typename T, typename Visit>
    void list(const std::vector<T>& values, Visit visit) {
        (*this)(static_cast<std::uint32_t>(values.size()));
        for (const T& value : values) visit(*this, value);
    }
    template <typename T, typename Visit>
    void optional(const std::optional<T>& value, Visit visit) {
        (*this)(value.has_value());
        if (value) visit(*this, *value);
    }
    void byte(std::uint8_t value) { out_ += static_cast<char>(value); }
    void reserve(std::size_t size) { out_.reserve(size); }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

/// Stops at the first thing that is wrong; what is read after that is empty.
class Reader {
public:
    Reader(std::string_view bytes, std::size_t max_entries)
        : rest_(bytes), max_entries_(max_entries) {}

    void operator()(std::uint32_t& number) {
        const std::string_view bytes = take(sizeof number);
        if (good_) std::memcpy(&number, bytes.data(), sizeof number);
    }
    void operator()(std::int32_t& number) {
        std::uint32_t bits = 0;
        (*this)(bits);
        number = static_cast<std::int32_t>(bits);
    }
    void operator()(bool& flag) {
        const std::uint8_t value = byte();
        if (value > 1) good_ = false;
        flag = good_ && value == 1;
    }
    void operator()(std::string& text) {
        std::uint32_t size = 0;
        (*this)(size);
        const std::string_view bytes = take(size);
        if (first_invalid_utf8(bytes) != bytes.size()) good_ = false;
        if (good_) text = bytes;
    }
    template <typename Enum>
    void operator()(Enum& value, Enum last) {
        const std::uint8_t number = byte();
        if (number > static_cast<std::uint8_t>(last)) good_ = false;
        if (good_) value = static_cast<Enum>(number);
    }
    template <typename T, typename Visit>
    void list(std::vector<T>& values, Visit visit) {
        std::uint32_t size = 0;
        (*this)(size);
        if (size > max_entries_) good_ = false;
        for (std::uint32_t i = 0; good_ && i < size; ++i) visit(*this, values.emplace_back());
    }
    template <typename T, typename Visit>
    void optional(std::optional<T>& value, Visit visit) {
        bool is_there = false;
        (*this)(is_there);
        if (is_there) visit(*this, value.emplace());
    }
    std::uint8_t byte() {
        const std::string_view bytes = take(1);
        return good_ ? static_cast<std::uint8_t>(bytes.front()) : 0;
    }
    /// All was there and right, and nothing follows.
    [[nodiscard]] bool finished() const { return good_ && rest_.empty(); }

private:
    std::string_view take(std::size_t size) {
        if (!good_ || size > rest_.size()) {
            good_ = false;
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    std::string_view rest_;
    std::size_t max_entries_;  // of each list
    bool good_ = true;
};

std::size_t text_bytes(const Document& document) {
    return document.text.size() + document.markdown.size() + document.html.size() +
           document.tei.size();
}

bool keeps_its_promises(const Explanation& explanation) {
    return explanation.threshold <= kMaxBlockScore &&
           std::ranges::all_of(explanation.blocks, [](const ExplainedBlock& block) {
               return block.score <= kMaxBlockScore && block.path.size() <= kMaxExcerptBytes &&
                      block.text.size() <= kMaxExcerptBytes;
           });
}

/// What a `Document` promises beyond the types of its fields.
bool keeps_its_promises(const Document& document) {
    const std::vector<Truncation>& cuts = document.truncated;
    if (document.explanation && !keeps_its_promises(*document.explanation)) return false;
    return document.quality_score <= 100 &&
           std::ranges::adjacent_find(cuts, std::ranges::greater_equal()) == cuts.end();
}

/// The core's own errors, and that memory ran out; the rest are told by the host alone.
bool is_for_a_helper_to_tell(ErrorClass error_class) {
    return error_class == ErrorClass::kInvalidHtml || error_class == ErrorClass::kParseError ||
           error_class == ErrorClass::kResourceLimit ||
           error_class == ErrorClass::kUnsupportedMode ||
           error_class == ErrorClass::kInternalError || error_class == ErrorClass::kMemoryLimit;
}

}  // namespace

std::string encode_options(const ExtractOptions& options) {
    Writer writer;
    visit_options(writer, options);
    for (const Outputs::Bit bit : Outputs::kBits) writer.byte(options.outputs.has(bit) ? 1 : 0);
    return writer.take();
}

std::optional<ExtractOptions> decode_options(std::string_view bytes) {
    Reader reader(bytes, std::numeric_limits<std::size_t>::max());
    ExtractOptions options;
    visit_options(reader, options);
    options.outputs = Outputs::none();
    for (const Outputs::Bit bit : Outputs::kBits) {
        if (reader.byte() != 0) options.outputs = options.outputs | bit;
    }
    if (!reader.finished()) return std::nullopt;
    return options;
}

std::string encode_result(const Result<Document>& result) {
    Writer writer;
    if (result) {
        constexpr std::size_t kUsualRest = std::size_t{4} << 10;
        writer.reserve(text_bytes(*result) + kUsualRest);
        writer.byte(static_cast<std::uint8_t>(Kind::kDocument));
        visit_document(writer, *result);
    } else {
        writer.byte(static_cast<std::uint8_t>(Kind::kError));
        writer(result.error().error_class, ErrorClass::kIo);
        writer(result.error().detail);
    }
    return writer.take();
}

std::optional<Result<Document>> decode_result(std::string_view bytes) {
    Reader reader(bytes, core::kMaxListEntries);
    const std::uint8_t kind = reader.byte();
    if (kind == static_cast<std::uint8_t>(Kind::kDocument)) {
        Document document;
        visit_document(reader, document);
        if (!reader.finished() || !keeps_its_promises(document)) return std::nullopt;
        return document;
    }
    Error error{ErrorClass::kInternalError, {}};
    reader(error.error_class, ErrorClass::kIo);
    reader(error.detail);
    if (kind != static_cast<std::uint8_t>(Kind::kError) || !reader.finished() ||
        !is_for_a_helper_to_tell(error.error_class)) {
        return std::nullopt;
    }
    return Result<Document>(tl::unexpected(std::move(error)));
}

}  // namespace riptide
