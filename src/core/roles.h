/// What each HTML element is to the block model.
#pragma once

#include <array>
#include <cstdint>

#include "core/dom.h"

namespace riptide::core {

enum class Role : std::uint8_t {
    kInline,  ///< No meaning of its own; its content flows on.
    kBlock,   ///< Its content stands on lines of its own.
    kSkip,    ///< Its content is not shown as text.
    kStrong,
    kEmphasis,
    kDeleted,
    kCode,
    kSub,
    kSup,
    kAnchor,
    kQuotation,  ///< `<q>`
    kRuby,       ///< `<rt>`
    kMath,
    kBreak,
    kImage,
    kPlayer,  ///< `<video>` and `<audio>`
    kEmbed,   ///< `<iframe>`, `<embed>` and `<object>`
    kNoScript,
    kParagraph,
    kHeading,
    kList,
    kItem,
    kDefinitions,
    kTerm,
    kDescription,
    kQuote,
    kFigure,
    kFigureCaption,
    kPreformatted,
    kTable,
    kTableCaption,
    kRowGroup,
    kRow,
    kCell,
    kRule,
};

/// The role of elements with this tag; `kInline` for those unknown to HTML.
Role role_of(Tag tag);

}  // namespace riptide::core
