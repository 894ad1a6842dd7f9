/// What repeats among the blocks of a page: blocks built alike, texts said again, and elements made
/// from one template.
#pragma once

#include <cstdint>
#include <vector>

#include "core/feature_table.h"
#include "core/text_blocks.h"

namespace riptide::core {

/// Of each block, in code points.
struct BlockAmounts {
    const PrefixSums& all;
    const PrefixSums& prose;    ///< Of sentences.
    const PrefixSums& article;  ///< Of what the rules keep as the article.
};

/// Read-only once built.
class Repeats {
public:
    /// Blocks whose containers have the same `element_paths`; amounts in code points.
    struct Group {
        std::uint32_t blocks = 0;
        std::uint32_t chars = 0;
        std::uint32_t link_chars = 0;
        std::uint32_t article_chars = 0;
        std::uint32_t prose_chars = 0;
    };
    /// Scopes of blocks that have the same `element_paths`.
    struct Template {
        std::uint32_t elements = 0;
        std::uint32_t chars = 0;
    };
    /// Scopes of a block that templates are looked for of.
    static constexpr std::size_t kLevels = 3;

    /// `texts` are hashes of the blocks' texts. Linear in the page, but for sorting the blocks.
    Repeats(const Dom& dom, const Signals& signals, const TextBlocks& blocks,
            const std::vector<std::uint64_t>& texts, const BlockAmounts& amounts);

    [[nodiscard]] const Group& group(BlockIndex block) const { return groups_[group_of_[block]]; }
    [[nodiscard]] bool are_alike(BlockIndex a, BlockIndex b) const {
        return group_of_[a] == group_of_[b];
    }
    /// By block, the number of its group.
    [[nodiscard]] const std::vector<std::uint32_t>& groups() const { return group_of_; }
    /// Blocks with the text of this one.
    [[nodiscard]] std::uint32_t same_texts(BlockIndex block) const {
        return text_counts_[text_of_[block]];
    }
    [[nodiscard]] const Template& template_of(NodeId scope) const {
        return templates_[template_of_[scope]];
    }

    /// The group that holds most prose.
    [[nodiscard]] bool is_main(BlockIndex block) const { return group_of_[block] == main_group_; }
    /// From its first block to its last.
    [[nodiscard]] BlockRange main_range() const { return main_; }

private:
    void find_groups(const std::vector<std::uint64_t>& paths, const Dom& dom,
                     const TextBlocks& blocks, const BlockAmounts& amounts);
    void find_main_group();
    void find_templates(const std::vector<std::uint64_t>& paths, const Dom& dom,
                        const TextBlocks& blocks, const BlockAmounts& amounts);

    std::vector<std::uint32_t> group_of_;
    std::vector<Group> groups_;
    std::vector<std::uint32_t> text_of_;
    std::vector<std::uint32_t> text_counts_;
    std::vector<std::uint32_t> template_of_;  ///< By node.
    std::vector<Template> templates_;
    std::uint32_t main_group_ = 0;
    BlockRange main_;
};

}  // namespace riptide::core
