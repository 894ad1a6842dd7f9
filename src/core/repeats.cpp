#include "core/repeats.h"

#include "core/alike.h"

namespace riptide::core {

Repeats::Repeats(const Dom& dom, const Signals& signals, const TextBlocks& blocks,
                 const std::vector<std::uint64_t>& texts, const BlockAmounts& amounts) {
    const std::vector<std::uint64_t> paths = element_paths(dom, signals);
    find_groups(paths, dom, blocks, amounts);
    find_main_group();
    find_templates(paths, dom, blocks, amounts);
    text_counts_.resize(number_equal(texts, text_of_));
    for (const std::uint32_t text : text_of_) ++text_counts_[text];
}

void Repeats::find_groups(const std::vector<std::uint64_t>& paths, const Dom& dom,
                          const TextBlocks& blocks, const BlockAmounts& amounts) {
    std::vector<std::uint64_t> keys(blocks.size());
    for (BlockIndex b = 0; b < blocks.size(); ++b) keys[b] = paths[dom[blocks[b].first].parent];
    groups_.resize(number_equal(keys, group_of_));
    for (BlockIndex b = 0; b < blocks.size(); ++b) {
        Group& group = groups_[group_of_[b]];
        ++group.blocks;
        group.chars += blocks[b].chars;
        group.link_chars += blocks[b].link_chars;
        group.article_chars += static_cast<std::uint32_t>(amounts.article.over({b, b + 1}));
        group.prose_chars += static_cast<std::uint32_t>(amounts.prose.over({b, b + 1}));
    }
}

void Repeats::find_main_group() {
    for (std::uint32_t g = 1; g < groups_.size(); ++g) {
        if (groups_[g].prose_chars > groups_[main_group_].prose_chars) main_group_ = g;
    }
    for (BlockIndex b = 0; b < group_of_.size(); ++b) {
        if (!is_main(b)) continue;
        if (main_.end == 0) main_.begin = b;
        main_.end = b + 1;
    }
}

void Repeats::find_templates(const std::vector<std::uint64_t>& paths, const Dom& dom,
                             const TextBlocks& blocks, const BlockAmounts& amounts) {
    std::vector<NodeId> elements;
    template_of_.resize(dom.size());
    for (BlockIndex b = 0; b < blocks.size(); ++b) {
        for (std::size_t level = 0; level < kLevels; ++level) {
            const NodeId scope = blocks[b].scopes[level];
            if (template_of_[scope] == 0) elements.push_back(scope);
            template_of_[scope] = 1;
        }
    }
    std::vector<std::uint64_t> keys;
    keys.reserve(elements.size());
    for (const NodeId element : elements) keys.push_back(paths[element]);
    std::vector<std::uint32_t> numbers;
    templates_.resize(number_equal(keys, numbers));
    for (std::size_t i = 0; i < elements.size(); ++i) {
        template_of_[elements[i]] = numbers[i];
        Template& made = templates_[numbers[i]];
        ++made.elements;
        const BlockRange range = blocks.inside(elements[i], dom[elements[i]].end);
        made.chars += static_cast<std::uint32_t>(amounts.all.over(range));
    }
}

}  // namespace riptide::core
