/// The elements that are open at a place of the page, by what they tell of the text inside.
#pragma once

#include <array>
#include <vector>

#include "core/signals.h"

namespace riptide::core {

/// Elements around a block that tell something of it: by tag, by role, and one for each `NameHint`.
enum Kind : std::uint8_t {
    kInNav,
    kInHeader,
    kInFooter,
    kInAside,
    kInForm,
    kInTable,
    kInDataTable,
    kInList,
    kInItem,
    kInDefinitions,
    kInFigure,
    kInArticle,
    kInMain,
    kInSection,
    kInAddress,
    kInQuote,
    kInHeading,
    kInLink,
    kInTime,
    kInControl,
    kInCode,
    kInDetails,
    kInSideRole,
    kInModal,
    kInByline,
    kInConcealed,
    kInUnspoken,
    kInNamed,
};
inline constexpr std::size_t kHints = 24;
inline constexpr std::size_t kKinds = kInNamed + kHints;

/// A tag as a feature: neighbours on the scale are of a kind.
std::uint8_t tag_scale(Tag tag);

/// Closed elements are taken off when they are met, so all of a page is linear.
class OpenKinds {
public:
    explicit OpenKinds(const Dom& dom) : dom_(dom) {}

    /// Elements come in document order.
    void enter(NodeId id, const Signal& signal);

    /// The nearest one around the node `at`, which is not before any node entered; `kNoNode` for
    /// none.
    NodeId nearest(std::size_t kind, NodeId at);

private:
    const Dom& dom_;
    std::array<std::vector<NodeId>, kKinds> open_;
};

}  // namespace riptide::core
