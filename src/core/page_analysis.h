/// All that content selection knows of a page before it decides.
#pragma once

#include "core/later_articles.h"
#include "core/rules.h"

namespace riptide::core {

struct PageAnalysis {
    /// The page has a body. `dom` and `metadata` must outlive this.
    PageAnalysis(const Dom& dom, const Metadata& metadata)
        : signals(dom),
          blocks(dom, signals),
          rules(choose_by_rules(dom, signals, metadata)),
          rulings(rule_all(dom, blocks, rules)),
          features(read_features(dom, signals, blocks, metadata, rulings)),
          later_articles(find_later_articles(dom, signals, metadata.title)) {}

    Signals signals;
    TextBlocks blocks;
    RuleChoice rules;
    Rulings rulings;
    FeatureTable features;
    std::vector<NodeId> later_articles;
};

}  // namespace riptide::core
