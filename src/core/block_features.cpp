#include "core/block_features.h"

#include <algorithm>
#include <array>
#include <memory>

#include "core/block_clues.h"
#include "core/open_kinds.h"
#include "core/page_clues.h"
#include "core/repeats.h"
#include "core/text_filter.h"
#include "core/text_shape.h"
#include "core/title_match.h"

namespace riptide::core {
namespace {

/// Code points of a text that is a sentence or more.
constexpr std::uint32_t kProseChars = 80;
/// Levels gone up for an element that the title is in, too.
constexpr int kCommonLevels = 24;

class Reader {
public:
    Reader(const Dom& dom, const Signals& signals, const TextBlocks& blocks,
           const Metadata& metadata, const Rulings& rulings)
        : dom_(dom),
          signals_(signals),
          blocks_(blocks),
          metadata_(metadata),
          rulings_(rulings),
          open_(dom),
          body_runs_(blocks.size()),
          chars_(blocks.size()),
          link_chars_(blocks.size()),
          prose_chars_(blocks.size()),
          article_chars_(blocks.size()),
          whole_chars_(blocks.size()),
          out_(kOwnFeatures, kToldFeatures, blocks.size()) {}

    FeatureTable run() {
        measure();
        clues_ = read_block_clues(dom_, signals_, blocks_);
        repeats_ = std::make_unique<Repeats>(find_repeats());
        find_title();
        out_.set_page(survey());
        BlockIndex next = 0;
        for (NodeId n = 0; n < dom_.size() && next < blocks_.size(); ++n) {
            if (dom_[n].is_element()) {
                open_.enter(n, signals_[n]);
                if (dom_[n].tag == LXB_TAG_ARTICLE && signals_[n].visible.chars >= kProseChars) {
                    ++articles_begun_;
                }
            } else if (n == blocks_[next].first) {
                describe(next++);
            }
        }
        out_.set_groups(repeats_->groups());
        return std::move(out_);
    }

private:
    [[nodiscard]] bool is_prose(BlockIndex b) const {
        const TextBlock& block = blocks_[b];
        // Scripts of three bytes a character say in it what others say in two or more.
        return std::max(block.chars, shapes_[b].bytes / 2) >= kProseChars &&
               block.link_chars * 2 < block.chars;
    }

    void measure() {
        shapes_.resize(blocks_.size());
        evidence_.resize(blocks_.size());
        TextFilter topic(1);
        topic.learn(metadata_.title);
        topic.learn(metadata_.description);
        TextFilter body(3);
        body.learn(metadata_.article_body);
        for (BlockIndex b = 0; b < blocks_.size(); ++b) {
            const TextBlock& block = blocks_[b];
            for (NodeId n = block.first; n <= block.last; ++n) {
                if (signals_[n].is(kHidden)) {
                    n = dom_[n].end - 1;
                } else if (dom_[n].is_text() && !dom_[n].blank) {
                    shapes_[b].add(dom_.text(n));
                    evidence_[b].topic.add(topic.count(dom_.text(n)));
                    if (!body.empty()) evidence_[b].body.add(body.count(dom_.text(n)));
                }
            }
            body_runs_.push(evidence_[b].body.known);
            chars_.push(block.chars);
            link_chars_.push(block.link_chars);
            prose_chars_.push(is_prose(b) ? block.chars : 0);
            article_chars_.push(rulings_.article[b] == Ruling::kKept ? block.chars : 0);
            whole_chars_.push(rulings_.whole[b] == Ruling::kKept ? block.chars : 0);
        }
    }

    [[nodiscard]] Repeats find_repeats() const {
        std::vector<std::uint64_t> texts;
        texts.reserve(shapes_.size());
        for (const TextShape& shape : shapes_) texts.push_back(shape.hash);
        return {dom_,
                signals_,
                blocks_,
                texts,
                {.all = chars_, .prose = prose_chars_, .article = article_chars_}};
    }

    void find_title() {
        constexpr double kSame = 0.75;
        constexpr std::uint32_t kMaxHeadingChars = 500;
        title_ = blocks_.size();
        if (metadata_.title.empty()) return;
        NodeId heading = kNoNode;
        for (BlockIndex b = 0; b < blocks_.size(); ++b) {
            const NodeId container = blocks_[b].container;
            const Tag tag = dom_[container].tag;
            if ((tag != LXB_TAG_H1 && tag != LXB_TAG_H2) || container == heading) continue;
            heading = container;
            if (first_heading_ == kNoNode) first_heading_ = b;
            if (signals_[heading].visible.chars > kMaxHeadingChars) continue;
            if (title_similarity(metadata_.title, dom_.collapsed_text(heading)) > kSame) {
                title_ = b;
                return;
            }
        }
    }

    /// What holds for the page as a whole.
    [[nodiscard]] std::vector<std::uint8_t> survey() const {
        std::uint32_t headings[2] = {};
        std::uint32_t prices = 0;
        std::uint32_t cells = 0;
        std::uint32_t code = 0;
        std::uint32_t bytes = 0;
        std::uint32_t paragraphs = 0;
        std::uint32_t prose = 0;
        for (BlockIndex b = 0; b < blocks_.size(); ++b) {
            const Tag tag = dom_[blocks_[b].container].tag;
            if (tag == LXB_TAG_H1 || tag == LXB_TAG_H2) ++headings[0];
            if (tag == LXB_TAG_H3 || tag == LXB_TAG_H4) ++headings[1];
            if (shapes_[b].currencies > 0 && shapes_[b].digits > 0) ++prices;
            if (tag == LXB_TAG_TD) ++cells;
            if (tag == LXB_TAG_PRE) code += blocks_[b].chars;
            if (tag == LXB_TAG_P) paragraphs += blocks_[b].chars;
            if (is_prose(b)) ++prose;
            bytes += shapes_[b].bytes;
        }
        std::uint32_t articles = 0;
        std::uint32_t controls = 0;
        std::uint32_t images = 0;
        std::uint32_t items = 0;
        std::array<std::uint64_t, kHints> named{};
        std::array<NodeId, kHints> named_end{};
        for (NodeId n = 0; n < dom_.size(); ++n) {
            const Tag tag = dom_[n].tag;
            if (tag == LXB_TAG__TEXT) continue;
            if (tag == LXB_TAG_ARTICLE) ++articles;
            if (has_trait(tag, kControlTag)) ++controls;
            if (tag == LXB_TAG_IMG) ++images;
            if (tag == LXB_TAG_LI) ++items;
            if (tag == LXB_TAG_BODY || tag == LXB_TAG_HTML) continue;
            for (std::uint32_t hints = signals_[n].hints; hints != 0; hints &= hints - 1) {
                const auto hint = static_cast<std::size_t>(std::countr_zero(hints));
                if (n < named_end[hint]) continue;
                named_end[hint] = dom_[n].end;
                named[hint] += chars_.over(blocks_.inside(n, dom_[n].end));
            }
        }
        std::vector<std::uint8_t> page = {
            log_scale(static_cast<std::uint32_t>(chars_.all())),
            log_scale(blocks_.size()),
            share_scale(link_chars_.all(), chars_.all()),
            share_scale(prose_chars_.all(), chars_.all()),
            share_scale(article_chars_.all(), chars_.all()),
            share_scale(whole_chars_.all(), chars_.all()),
            log_scale(static_cast<std::uint32_t>(article_chars_.all())),
            share_scale(article_chars_.all(), whole_chars_.all()),
            share_scale(paragraphs, chars_.all()),
            share_scale(code, chars_.all()),
            share_scale(chars_.all(), bytes),
            log_scale(headings[0]),
            log_scale(headings[1]),
            log_scale(prices),
            log_scale(cells),
            log_scale(prose),
            log_scale(articles),
            log_scale(controls),
            log_scale(images),
            log_scale(items),
            static_cast<std::uint8_t>(rulings_.prefers_article ? 1 : 0),
            static_cast<std::uint8_t>(metadata_.is_article_type ? 1 : 0),
            static_cast<std::uint8_t>(metadata_.published.empty() ? 0 : 1),
            static_cast<std::uint8_t>(metadata_.byline.empty() ? 0 : 1)};
        for (const std::size_t hint : kSurveyedHints) {
            page.push_back(share_scale(named[hint], chars_.all()));
        }
        append_address_clues(metadata_.url, page);
        append_json_ld_clues(dom_, page);
        return page;
    }

    void describe(BlockIndex b) {
        RowWriter row(out_, b);
        describe_to_neighbours(b, row);
        describe_self(b, row);
        describe_likeness(b, row);
        describe_place(b, row);
        describe_kinds(b, row);
        describe_scopes(b, row);
    }

    /// `kToldFeatures` of them.
    void describe_to_neighbours(BlockIndex b, RowWriter& row) {
        const TextBlock& block = blocks_[b];
        row.put_log(block.chars);
        row.put_share(block.link_chars, block.chars);
        row.put(tag_scale(dom_[block.container].tag));
        row.put(static_cast<std::uint8_t>(static_cast<unsigned>(rulings_.article[b]) * 4 +
                                          static_cast<unsigned>(rulings_.whole[b])));
        for (BlockIndex distance = 1; distance <= FeatureTable::kReach; ++distance) {
            row.put_flag(b >= distance && repeats_->are_alike(b - distance, b) ? 1 : 0);
        }
    }

    void describe_self(BlockIndex b, RowWriter& row) {
        const TextBlock& block = blocks_[b];
        const TextShape& shape = shapes_[b];
        row.put_log(block.links);
        row.put_log(block.commas);
        row.put_log(shape.words);
        row.put_log(shape.bytes / std::max(shape.words, 1U));
        row.put_share(shape.digits, shape.bytes);
        row.put_share(shape.capitals, shape.words);
        row.put_log(shape.stops);
        row.put_share(std::uint64_t{shape.stops} * 20, shape.words);
        row.put_log(shape.separators);
        row.put(shape.ending());
        row.put_log(shape.signs);
        row.put_log(block.last - block.first);
        row.put(tag_scale(dom_[dom_[block.first].parent].tag));
        row.put_log(dom_[block.container].depth);
        row.put(static_cast<std::uint8_t>(rulings_.article[b]));
        row.put(static_cast<std::uint8_t>(rulings_.whole[b]));
        const Repeats::Group& group = repeats_->group(b);
        row.put_log(group.blocks);
        row.put_log(group.chars);
        row.put_share(group.link_chars, group.chars);
        row.put_share(group.article_chars, group.chars);
        row.put_share(group.chars, chars_.all());
        row.put_log(repeats_->same_texts(b));
        const Evidence& evidence = evidence_[b];
        row.put_log(evidence.topic.known);
        row.put_share(evidence.topic.known, evidence.topic.all);
        row.put_share(evidence.body.known, evidence.body.all);
        row.put_log(static_cast<std::uint32_t>(body_runs_.all()));
        row.put_log(static_cast<std::uint32_t>(metadata_.article_body.size()));
        row.put_share(body_runs_.over({0, b}), body_runs_.all());
        const BlockClues& clues = clues_[b];
        for (const std::uint8_t clue :
             {clues.slanted, clues.strong, clues.after_media, clues.media_share}) {
            row.put(clue);
        }
    }

    void describe_likeness(BlockIndex b, RowWriter& row) {
        for (std::size_t level = 0; level < Repeats::kLevels; ++level) {
            const Repeats::Template& made = repeats_->template_of(blocks_[b].scopes[level]);
            row.put_log(made.elements);
            row.put_share(made.chars, chars_.all());
        }
        const BlockRange main = repeats_->main_range();
        if (repeats_->is_main(b)) latest_main_ = b;
        row.put_flag(repeats_->is_main(b) ? 1 : 0);
        const auto deeper = static_cast<std::int32_t>(dom_[blocks_[b].container].depth) -
                            static_cast<std::int32_t>(dom_[blocks_[main.begin].container].depth);
        row.put(static_cast<std::uint8_t>(128 + std::clamp(deeper, -100, 100)));
        row.put(b < main.begin ? 0 : b < main.end ? 1 : 2);
        row.put_log(latest_main_ == kNoNode ? 0xFFFF : b - latest_main_);
        row.put_log(b < main.end ? main.end - b : 0);
    }

    void describe_place(BlockIndex b, RowWriter& row) {
        row.put_share(b, blocks_.size());
        row.put_share(chars_.over({0, b}), chars_.all());
        row.put_log(blocks_.size() - b);
        row.put_share(article_chars_.over({0, b}), article_chars_.all());
        row.put_share(prose_chars_.over({0, b}), prose_chars_.all());
        // Before, at or after the title.
        constexpr BlockIndex kFar = 100;
        const BlockIndex title = title_ < blocks_.size() ? title_ : first_heading_;
        std::uint32_t from_title = 0;
        if (title < blocks_.size()) {
            from_title =
                b >= title ? 128 + std::min(b - title, kFar) : 127 - std::min(title - b, kFar);
        }
        row.put(static_cast<std::uint8_t>(from_title));
        row.put_flag(b == title_ ? 1 : 0);
        row.put_log(articles_begun_);
        const Tag tag = dom_[blocks_[b].container].tag;
        if (tag == LXB_TAG_H1) ++main_headings_;
        row.put_log(main_headings_);
        // How much of the page the nearest element holds that the title is in, too.
        NodeId common = dom_.root();
        if (title < blocks_.size()) {
            common = blocks_[b].container;
            for (int level = 0; level < kCommonLevels && common != dom_.root() &&
                                !dom_.contains(common, blocks_[title].first);
                 ++level) {
                common = dom_[common].parent;
            }
        }
        row.put_share(chars_.over(inside(common)), chars_.all());
        if (has_trait(tag, kHeadingTag)) {
            heading_ = b;
            heading_tag_ = tag;
        }
        row.put_log(heading_ == kNoNode ? 0xFFFF : b - heading_);
        row.put(tag_scale(heading_tag_));
    }

    void describe_kinds(BlockIndex b, RowWriter& row) {
        const NodeId at = blocks_[b].first;
        const std::uint32_t depth = dom_[at].depth;
        for (std::size_t kind = 0; kind < kKinds; ++kind) {
            const NodeId nearest = open_.nearest(kind, at);
            row.put(nearest == kNoNode ? 0
                                       : static_cast<std::uint8_t>(
                                             64 - std::min(depth - dom_[nearest].depth, 63U)));
        }
        // How much of the page they hold.
        for (const std::size_t kind : kMeasuredKinds) {
            const NodeId nearest = open_.nearest(kind, at);
            const BlockRange range = nearest == kNoNode ? BlockRange{} : inside(nearest);
            row.put_share(chars_.over(range), chars_.all());
        }
    }

    [[nodiscard]] BlockRange inside(NodeId element) const {
        return blocks_.inside(element, dom_[element].end);
    }

    void describe_scopes(BlockIndex b, RowWriter& row) {
        for (std::size_t i = 0; i < kScopes; ++i) {
            const NodeId scope = blocks_[b].scopes[i];
            const BlockRange range = inside(scope);
            const std::uint64_t chars = chars_.over(range);
            row.put_log(static_cast<std::uint32_t>(chars));
            row.put_log(range.size());
            row.put_share(link_chars_.over(range), chars);
            row.put_share(prose_chars_.over(range), chars);
            row.put_share(article_chars_.over(range), chars);
            row.put_share(chars, chars_.all());
            row.put_log(static_cast<std::uint32_t>(chars / std::max(range.size(), 1U)));
            row.put(tag_scale(dom_[scope].tag));
            row.put(static_cast<std::uint8_t>(128 + signals_[scope].weight));
        }
    }

    const Dom& dom_;
    const Signals& signals_;
    const TextBlocks& blocks_;
    const Metadata& metadata_;
    const Rulings& rulings_;
    OpenKinds open_;
    PrefixSums body_runs_;
    PrefixSums chars_;
    PrefixSums link_chars_;
    PrefixSums prose_chars_;
    PrefixSums article_chars_;
    PrefixSums whole_chars_;
    struct Evidence {
        TextFilter::Count topic;  ///< Words of title and description.
        TextFilter::Count body;   ///< Runs of words of schema.org's `articleBody`.
    };
    std::vector<TextShape> shapes_;
    std::vector<Evidence> evidence_;
    std::vector<BlockClues> clues_;
    std::unique_ptr<Repeats> repeats_;
    BlockIndex latest_main_ = kNoNode;
    BlockIndex title_ = 0;
    BlockIndex first_heading_ = kNoNode;
    BlockIndex heading_ = kNoNode;
    Tag heading_tag_ = 0;
    std::uint32_t articles_begun_ = 0;
    std::uint32_t main_headings_ = 0;
    FeatureTable out_;
};

}  // namespace

FeatureTable read_features(const Dom& dom, const Signals& signals, const TextBlocks& blocks,
                           const Metadata& metadata, const Rulings& rulings) {
    return Reader(dom, signals, blocks, metadata, rulings).run();
}

}  // namespace riptide::core
