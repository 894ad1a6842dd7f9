/// What `<meta>` and `<link>` elements say, wherever in the page they stand.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/dom.h"

namespace riptide::core {

enum class MetaField : std::uint8_t {
    kTitle,
    kDescription,
    kAuthor,
    kPublished,
    kModified,
    kSiteName,
    kTwitterSite,
    kSection,
    kTag,
    kKeywords,
    kType,
    kLocale,
    kContentLanguage,
    kUrl,
    kCount
};

/// Collects the `<meta>` and `<link>` elements it is shown, in document order. Constant time per
/// element, but for the length of its names.
class MetaTags {
public:
    explicit MetaTags(const Dom& dom);

    /// Takes a `<meta>` or a `<link>`.
    void add(NodeId id);

    /// The value of the most trusted convention (by rank, then the first one); empty without any.
    /// Views into the page.
    [[nodiscard]] std::string_view best(MetaField field) const;
    /// All values of the most trusted convention, at most 100.
    [[nodiscard]] std::vector<std::string_view> all(MetaField field) const;
    /// `<link rel=canonical href>`; empty without one.
    [[nodiscard]] std::string_view canonical() const { return canonical_; }

private:
    struct Slot {
        std::uint8_t rank = 0xFF;  // the lower, the more trusted
        std::vector<std::string_view> values;
    };
    void take_names(std::string_view names, std::string_view content);
    void take(std::string_view name, std::string_view content);

    void put(MetaField field, std::uint8_t rank, std::string_view content);

    const Dom& dom_;
    AttributeId name_;
    AttributeId property_;
    AttributeId itemprop_;
    std::array<Slot, static_cast<std::size_t>(MetaField::kCount)> slots_;
    std::string_view canonical_;
};

/// One of the words of an attribute that lists words parted by white space, in any case.
bool has_word(std::string_view list, std::string_view lower_case_word);

}  // namespace riptide::core
