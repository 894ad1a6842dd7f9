#include "io/document_fields.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace riptide::io {
namespace {

void append_nullable(std::string_view text, std::string& out) {
    if (text.empty()) {
        out += "null";
    } else {
        append_json(text, out);
    }
}

template <typename Values, typename Append>
void append_array(const Values& values, std::string& out, const Append& append) {
    out += '[';
    bool first = true;
    for (const auto& value : values) {
        if (!first) out += ',';
        first = false;
        append(value);
    }
    out += ']';
}

void append_texts(const std::vector<std::string>& texts, std::string& out) {
    append_array(texts, out, [&](const std::string& text) { append_json(text, out); });
}

void append_links(const std::vector<Link>& links, std::string& out) {
    append_array(links, out, [&](const Link& link) {
        append_nullable(link.url, out += "{\"url\":");
        append_nullable(link.text, out += ",\"text\":");
        append_nullable(link.rel, out += ",\"rel\":");
        out += '}';
    });
}

void append_media(const std::vector<Media>& media, std::string& out) {
    append_array(media, out, [&](const Media& item) {
        append_nullable(item.url, out += "{\"url\":");
        append_json(to_string(item.kind), out += ",\"kind\":");
        append_nullable(item.alt, out += ",\"alt\":");
        out += '}';
    });
}

struct Field {
    std::string_view name;
    Outputs needs;
    void (*append)(const Document&, std::string&);
};

template <std::string Document::* kMember>
void text_of(const Document& document, std::string& out) {
    append_nullable(document.*kMember, out);
}
template <std::vector<std::string> Document::* kMember>
void texts_of(const Document& document, std::string& out) {
    append_texts(document.*kMember, out);
}
template <std::uint32_t Document::* kMember>
void number_of(const Document& document, std::string& out) {
    out += std::to_string(document.*kMember);
}
template <auto kMember>
void name_of(const Document& document, std::string& out) {
    append_json(to_string(document.*kMember), out);
}

constexpr std::size_t kFields = 27;
constexpr std::array<Field, kFields> kTable = {{
    {"status", Outputs::none(), name_of<&Document::status>},
    {"url", Outputs::none(), text_of<&Document::url>},
    {"canonical_url", Outputs::none(), text_of<&Document::canonical_url>},
    {"title", Outputs::none(), text_of<&Document::title>},
    {"byline", Outputs::none(), text_of<&Document::byline>},
    {"published", Outputs::none(), text_of<&Document::published>},
    {"modified", Outputs::none(), text_of<&Document::modified>},
    {"language", Outputs::none(), text_of<&Document::language>},
    {"dir", Outputs::none(), text_of<&Document::dir>},
    {"site_name", Outputs::none(), text_of<&Document::site_name>},
    {"description", Outputs::none(), text_of<&Document::description>},
    {"text", Outputs::kText, text_of<&Document::text>},
    {"markdown", Outputs::kMarkdown, text_of<&Document::markdown>},
    {"html", Outputs::kHtml, text_of<&Document::html>},
    {"tei", Outputs::kTei, text_of<&Document::tei>},
    {"links", Outputs::kLinks,
     [](const Document& d, std::string& out) { append_links(d.links, out); }},
    {"media", Outputs::kMedia,
     [](const Document& d, std::string& out) { append_media(d.media, out); }},
    {"categories", Outputs::none(), texts_of<&Document::categories>},
    {"tags", Outputs::none(), texts_of<&Document::tags>},
    {"word_count", Outputs::none(), number_of<&Document::word_count>},
    {"reading_time_minutes", Outputs::none(), number_of<&Document::reading_time_minutes>},
    {"quality_score", Outputs::none(), number_of<&Document::quality_score>},
    {"page_type", Outputs::none(), name_of<&Document::page_type>},
    {"truncated", Outputs::none(),
     [](const Document& d, std::string& out) {
         append_array(d.truncated, out, [&](Truncation cut) { append_json(to_string(cut), out); });
     }},
    {"engine", Outputs::none(), name_of<&Document::engine>},
    {"fallback_reason", Outputs::none(), text_of<&Document::fallback_reason>},
    {"encoding", Outputs::none(), text_of<&Document::encoding>},
}};

constexpr std::uint32_t bit(std::size_t index) { return std::uint32_t{1} << index; }

constexpr bool is_escaped(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

/// Whether JSON has one of the eight bytes in `word` escaped: each subtraction sets the high bit of
/// a byte that is below its bound, where the byte itself has not set it (Anderson, "Bit Twiddling
/// Hacks": hasless).
constexpr bool has_escaped(std::uint64_t word) {
    constexpr std::uint64_t kEach = 0x0101010101010101;
    const auto below = [](std::uint64_t bytes, std::uint64_t bound) {
        return (bytes - kEach * bound) & ~bytes & kEach * 0x80;
    };
    return (below(word, 0x20) | below(word ^ kEach * '"', 1) | below(word ^ kEach * '\\', 1)) != 0;
}

/// The offset of the first byte that JSON has escaped, at `from` or after it, or the size.
std::size_t find_escaped(std::string_view utf8, std::size_t from) {
    for (std::uint64_t word = 0; from + sizeof word <= utf8.size(); from += sizeof word) {
        std::memcpy(&word, utf8.data() + from, sizeof word);
        if (has_escaped(word)) break;
    }
    while (from < utf8.size() && !is_escaped(utf8[from])) ++from;
    return from;
}

}  // namespace

DocumentFields DocumentFields::with(Outputs outputs) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < kFields; ++i) {
        const Outputs needs = kTable[i].needs;
        if ((needs.bits() & outputs.bits()) == needs.bits()) bits |= bit(i);
    }
    return DocumentFields(bits);
}

Result<DocumentFields> DocumentFields::named(std::string_view names) {
    std::uint32_t bits = bit(0);
    while (true) {
        const std::size_t comma = names.find(',');
        const std::string_view name = names.substr(0, comma);
        const auto* const field = std::ranges::find(kTable, name, &Field::name);
        if (field == kTable.end()) {
            std::string known;
            for (const Field& each : kTable)
                known.append(known.empty() ? "" : ",").append(each.name);
            return fail(ErrorClass::kUsage, "\"" + std::string(name.substr(0, 100)) +
                                                "\" is not a field of a document; these are " +
                                                known);
        }
        bits |= bit(static_cast<std::size_t>(field - kTable.begin()));
        if (comma == std::string_view::npos) return DocumentFields(bits);
        names.remove_prefix(comma + 1);
    }
}

Outputs DocumentFields::outputs() const {
    Outputs outputs = Outputs::none();
    for (std::size_t i = 0; i < kFields; ++i) {
        if (has(i)) outputs = outputs | kTable[i].needs;
    }
    return outputs;
}

std::vector<std::string_view> document_field_names() {
    std::vector<std::string_view> names;
    for (const Field& field : kTable) names.push_back(field.name);
    return names;
}

void append_fields(const Document& document, DocumentFields fields, std::string& out) {
    bool first = true;
    for (std::size_t i = 0; i < kFields; ++i) {
        if (!fields.has(i)) continue;
        out.append(first ? "\"" : ",\"").append(kTable[i].name).append("\":");
        kTable[i].append(document, out);
        first = false;
    }
}

void append_json(std::string_view utf8, std::string& out) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (std::size_t begin = 0;;) {
        const std::size_t end = find_escaped(utf8, begin);
        out.append(utf8, begin, end - begin);
        if (end == utf8.size()) break;
        const char c = utf8[end];
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if (c == '\n') {
            out += "\\n";
        } else {
            const auto byte = static_cast<unsigned char>(c);
            (out += "\\u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
        }
        begin = end + 1;
    }
    out += '"';
}

}  // namespace riptide::io
