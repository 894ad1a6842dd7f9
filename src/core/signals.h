/// Measures of every node of a page, taken once and read by all steps of content selection.
///
/// Two passes over the flat tree: forwards for what a node says of itself and inherits, backwards
/// for what its subtree adds up to. Linear in the page.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/dom.h"
#include "core/name_hints.h"
#include "core/tag_traits.h"

namespace riptide::core {

enum SignalFlag : std::uint32_t {
    kHidden = 1U << 0U,           ///< Never read, by the element's own attributes or its tag.
    kPhrasing = 1U << 1U,         ///< The whole subtree is part of a line of text.
    kHasBlock = 1U << 2U,         ///< Something below is a block (`kBlockTag`).
    kDataTable = 1U << 3U,        ///< A table of data rather than of layout.
    kDoubleBreak = 1U << 4U,      ///< Separates paragraphs by two `<br>`s.
    kHashLink = 1U << 5U,         ///< A link inside the page.
    kVideo = 1U << 6U,            ///< An embed that shows a video of a well-known host.
    kBylineMark = 1U << 7U,       ///< Marked up as naming the author.
    kSideRole = 1U << 8U,         ///< ARIA role of what surrounds the content.
    kModal = 1U << 9U,            ///< A dialog in front of the page.
    kHasTableInside = 1U << 10U,  ///< A table with a table inside.
    kConcealed = 1U << 11U,  ///< Not displayed at first, by its style or the attribute `hidden`.
    kUnspoken = 1U << 12U,   ///< Kept from screen readers, and often from sight, too.
};

/// Amounts of a node and all below it. Lengths are in code points, white space collapsed.
struct Amounts {
    std::uint32_t chars = 0;
    /// Tenths of a code point: links inside the page count 3, others 10.
    std::uint32_t link_tenths = 0;
    std::uint32_t commas = 0;

    void add(const Amounts& other) {
        chars += other.chars;
        link_tenths += other.link_tenths;
        commas += other.commas;
    }
    /// Share of the text that is links, 0 to 1.
    [[nodiscard]] double link_density() const {
        return chars == 0 ? 0.0 : static_cast<double>(link_tenths) / (10.0 * chars);
    }
};

struct Signal {
    Amounts visible;  ///< Without what is out of sight below the node.
    std::uint32_t flags = 0;
    std::uint32_t hints = 0;        ///< Of class and id together: `NameHint`.
    std::uint32_t class_print = 0;  ///< Size and ends of the class: a look that tells most apart.
    std::int32_t weight = 0;  ///< Of class and id: -50 to 50; positive names speak for content.

    [[nodiscard]] bool is(SignalFlag flag) const { return (flags & flag) != 0; }
    /// Left alone by the rules; of what is not `kHidden`, the block classifier may choose.
    [[nodiscard]] bool is_out_of_sight() const {
        return (flags & (kHidden | kConcealed | kUnspoken)) != 0;
    }
    [[nodiscard]] bool hints_at(std::uint32_t hint) const { return (hints & hint) != 0; }
};

/// Read-only once built.
class Signals {
public:
    explicit Signals(const Dom& dom);

    /// Whether the page shows next to nothing without scripts, so that what it holds in
    /// `<noscript>`, and what scripts are to show, counts as visible.
    [[nodiscard]] bool is_shell() const { return is_shell_; }

    /// A `<noscript>` of another page: what it says is hidden, its images are the lazy ones.
    [[nodiscard]] bool holds_lazy_images(const Dom& dom, NodeId id) const {
        return dom[id].tag == LXB_TAG_NOSCRIPT && !is_shell_;
    }

    [[nodiscard]] const Signal& operator[](NodeId id) const { return signals_[id]; }

private:
    void read_elements(const Dom& dom);
    void read_attributes(const Dom& dom, NodeId id);
    void sum_up(const Dom& dom);
    void mark_data_tables(const Dom& dom);

    std::vector<Signal> signals_;
    NameHintCache name_hints_;
    bool is_shell_ = false;
    AttributeId hidden_ = kNoAttribute;
    AttributeId role_ = kNoAttribute;
    AttributeId aria_hidden_ = kNoAttribute;
    AttributeId aria_modal_ = kNoAttribute;
    AttributeId itemprop_ = kNoAttribute;
    AttributeId open_ = kNoAttribute;
};

/// Counts the text's code points and commas of any script. White space counts one per run, where a
/// word follows; `pending_space` carries it over from text to text.
Amounts count_text(std::string_view text, bool& pending_space);

}  // namespace riptide::core
