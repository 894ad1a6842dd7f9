/// One number for the documents of a run; `bench/reference/src/hash.rs` computes the same.
#pragma once

#include <riptide/document.h>

#include <cstdint>
#include <string_view>

namespace riptide::bench {

/// FNV-1a of 64 bits over documents: what the core tells unless it is asked for more, in the order
/// of the contract, numbers as 64 bits in little-endian order, lists and texts after their length.
class DocumentHash {
public:
    void add(const Document& document) {
        number(static_cast<std::uint64_t>(document.status));
        for (const std::string* member :
             {&document.url, &document.canonical_url, &document.title, &document.byline,
              &document.published, &document.modified, &document.language, &document.dir,
              &document.site_name, &document.description, &document.text, &document.markdown,
              &document.html}) {
            text(*member);
        }
        number(document.links.size());
        for (const Link& link : document.links) {
            text(link.url);
            text(link.text);
            text(link.rel);
        }
        number(document.media.size());
        for (const Media& media : document.media) {
            text(media.url);
            number(static_cast<std::uint64_t>(media.kind));
            text(media.alt);
        }
        for (const auto* list : {&document.categories, &document.tags}) {
            number(list->size());
            for (const std::string& entry : *list) text(entry);
        }
        number(document.word_count);
        number(document.reading_time_minutes);
        number(document.quality_score);
        number(static_cast<std::uint64_t>(document.page_type));
        number(document.truncated.size());
        for (const Truncation cut : document.truncated) number(static_cast<std::uint64_t>(cut));
    }

    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    void byte(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3; }
    void number(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8)
            byte(static_cast<unsigned char>(number >> shift));
    }
    void text(std::string_view text) {
        number(text.size());
        for (const char c : text) byte(static_cast<unsigned char>(c));
    }

    std::uint64_t value_ = 0xcbf29ce484222325;
};

}  // namespace riptide::bench
