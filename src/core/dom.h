/// The page as a flat array of nodes in document order: what every later step reads.
///
/// A node's descendants are the ids right after it up to `end`, so a subtree is a range, a
/// depth-first walk is a loop, and a bottom-up pass is the same loop backwards: no recursion, and
/// memory that is read in order. Scripts, styles, templates, comments and the inside of `<svg>`
/// are left out; JSON-LD is kept aside.
#pragma once

#include <riptide/error.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/parse.h"
#include "lexbor/dom/dom.h"
#include "lexbor/tag/const.h"

namespace riptide::core {

/// Index of a node in document order.
using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xFFFFFFFF;

/// An HTML tag as lexbor numbers it (`LXB_TAG_P`, ...). Text nodes have `LXB_TAG__TEXT`; elements
/// unknown to HTML (custom elements) have `LXB_TAG__UNDEF`.
using Tag = std::uint16_t;

/// An attribute name as lexbor numbers it (`LXB_DOM_ATTR_HREF`, ...), or from `Dom::attribute_id`.
using AttributeId = lxb_dom_attr_id_t;
inline constexpr AttributeId kNoAttribute = 0;

struct Node {
    NodeId parent;            ///< `kNoNode` for the root (`<html>`).
    NodeId end;               ///< One past the last descendant.
    std::uint32_t text_size;  ///< Bytes of a text node; 0 for elements.
    Tag tag;                  ///< `LXB_TAG__UNDEF` for custom elements; AMP's image is an image.
    std::uint16_t depth;      ///< 0 for the root.
    bool blank;               ///< A text node of white space only (ASCII, U+00A0, U+200B, U+FEFF).
    union {
        const char* text;            // of text nodes
        lxb_dom_element_t* element;  // of elements
    };
    [[nodiscard]] bool is_text() const { return tag == LXB_TAG__TEXT; }
    [[nodiscard]] bool is_element() const { return tag != LXB_TAG__TEXT; }
};

/// Read-only once built. Views it hands out live as long as it does.
class Dom {
public:
    /// Parses `html` (UTF-8). Errors are those of `parse_html`.
    static Result<Dom> parse(std::string_view html, Truncations& truncations);

    [[nodiscard]] NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
    [[nodiscard]] const Node& operator[](NodeId id) const { return nodes_[id]; }
    [[nodiscard]] NodeId root() const { return 0; }
    [[nodiscard]] NodeId head() const { return head_; }  ///< `kNoNode` when there is none.
    [[nodiscard]] NodeId body() const { return body_; }  ///< `kNoNode` for framesets.

    /// The tag's name as written in the standard (lower case); for custom elements their own name.
    [[nodiscard]] std::string_view tag_name(NodeId id) const;

    /// The text node's bytes; empty for elements.
    [[nodiscard]] std::string_view text(NodeId id) const {
        const Node& node = nodes_[id];
        return node.is_text() ? std::string_view(node.text, node.text_size) : std::string_view();
    }

    // Children: `for (NodeId c = dom.first_child(n); c != kNoNode; c = dom.next_sibling(c))`.
    [[nodiscard]] NodeId first_child(NodeId id) const {
        return id + 1 < nodes_[id].end ? id + 1 : kNoNode;
    }
    [[nodiscard]] NodeId next_sibling(NodeId id) const {
        const NodeId next = nodes_[id].end;
        const NodeId parent = nodes_[id].parent;
        return parent != kNoNode && next < nodes_[parent].end ? next : kNoNode;
    }
    /// True when `id` is `ancestor` or lies inside it.
    [[nodiscard]] bool contains(NodeId ancestor, NodeId id) const {
        return ancestor <= id && id < nodes_[ancestor].end;
    }

    /// The attribute's value; empty when absent or on text nodes.
    [[nodiscard]] std::string_view attribute(NodeId id, AttributeId name) const;
    [[nodiscard]] bool has_attribute(NodeId id, AttributeId name) const;
    /// The id of a lower-case attribute name that lexbor does not number beforehand ("itemprop");
    /// `kNoAttribute` when no element of the page carries it.
    [[nodiscard]] AttributeId attribute_id(std::string_view name) const;
    [[nodiscard]] std::string_view class_name(NodeId id) const;
    [[nodiscard]] std::string_view id_attribute(NodeId id) const;

    /// The contents of `<script type="application/ld+json">`, in document order.
    [[nodiscard]] const std::vector<std::string_view>& json_ld() const { return json_ld_; }

    /// The text below `id`: runs of white space collapsed to one space, trimmed.
    [[nodiscard]] std::string collapsed_text(NodeId id) const;

    /// What the selectors match, in document order without repeats. Error: `kUnsupportedMode`,
    /// naming the selector that is not valid.
    [[nodiscard]] Result<std::vector<NodeId>> select(
        const std::vector<std::string>& selectors) const;

private:
    Dom() = default;
    void flatten();

    HtmlDocument document_;
    std::vector<Node> nodes_;
    std::vector<std::string_view> json_ld_;
    NodeId head_ = kNoNode;
    NodeId body_ = kNoNode;
};

/// Whether `Dom::select` can read it. Error: `kUnsupportedMode`, naming the selector. Thread-safe.
Result<void> check_selector(const std::string& selector);

}  // namespace riptide::core
