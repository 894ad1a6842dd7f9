/// Content selection by rules: the article that scoring finds, and what may be content of the page
/// as a whole. The block classifier weighs what they say.
#pragma once

#include <optional>
#include <vector>

#include "core/block_features.h"
#include "core/score.h"
#include "core/wide.h"

namespace riptide::core {

struct RuleChoice {
    explicit RuleChoice(const Dom& dom) : removed(dom.size()), whole{Selection(dom)} {}

    std::optional<Choice> article;  ///< Cleaned.
    NodeSet removed;                ///< Left out before the article was scored.
    std::uint32_t article_chars = 0;
    std::vector<std::uint32_t> attempts;  ///< Code points that each attempt chose.
    WideSelection whole;
    bool prefers_article = false;  ///< The page is little more than the article.
};

/// The page has a body. Linear in the page.
RuleChoice choose_by_rules(const Dom& dom, const Signals& signals, const Metadata& metadata);

/// What the choice says of each block.
Rulings rule_all(const Dom& dom, const TextBlocks& blocks, const RuleChoice& choice);

}  // namespace riptide::core
