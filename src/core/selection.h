/// What of a page is kept: the interface between choosing content and rendering it.
#pragma once

#include <riptide/document.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "core/dom.h"

namespace riptide::core {

/// A set of nodes of one page.
class NodeSet {
public:
    explicit NodeSet(NodeId size) : bits_((size + 63) / 64) {}
    void insert(NodeId id) { bits_[id / 64] |= std::uint64_t{1} << (id % 64); }
    void erase(NodeId id) { bits_[id / 64] &= ~(std::uint64_t{1} << (id % 64)); }
    [[nodiscard]] bool contains(NodeId id) const { return (bits_[id / 64] >> (id % 64) & 1) != 0; }

private:
    std::vector<std::uint64_t> bits_;
};

struct Selection {
    explicit Selection(const Dom& dom) : dropped(dom.size()) {}

    /// Subtrees that hold the content: disjoint, in document order. None: the page has no content.
    std::vector<NodeId> roots;
    /// Nodes inside the roots that are left out, with everything below them.
    NodeSet dropped;
    /// What `<noscript>` holds is content like any other: scripts were to make the rest.
    bool shows_noscript = false;
    /// The kind of the page, where the block classifier chose.
    std::optional<PageType> page_type;
    /// F1 that the block classifier expects of the choice, in percent; 0 where it did not choose.
    std::uint32_t expected_f1 = 0;

    /// Nothing in the node is read as text: it is left out, or a `<noscript>` that is read for its
    /// images alone.
    [[nodiscard]] bool is_silent(const Dom& dom, NodeId id) const {
        return dropped.contains(id) || (dom[id].tag == LXB_TAG_NOSCRIPT && !shows_noscript);
    }
};

}  // namespace riptide::core
