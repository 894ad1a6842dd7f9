#include "core/explain.h"

#include <algorithm>
#include <string_view>

#include "core/attribution.h"
#include "core/block_model.h"
#include "core/chars.h"
#include "core/choose_blocks.h"
#include "core/feature_names.h"
#include "core/limits.h"

namespace riptide::core {
namespace {

/// Signals told of each block.
constexpr std::size_t kSignals = 5;
/// Bytes of a name in a path.
constexpr std::size_t kMaxNameBytes = 32;

std::string_view first_word(std::string_view names) {
    names = trim_ascii(names);
    const auto* const end = std::find_if(names.begin(), names.end(), is_space);
    return utf8_prefix(names.substr(0, static_cast<std::size_t>(end - names.begin())),
                       kMaxNameBytes);
}

/// "p#lead", "div.story", "li".
std::string step_of(const Dom& dom, NodeId element) {
    std::string step(utf8_prefix(dom.tag_name(element), kMaxNameBytes));
    if (const std::string_view id = first_word(dom.id_attribute(element)); !id.empty()) {
        step.append("#").append(id);
    } else if (const std::string_view name = first_word(dom.class_name(element)); !name.empty()) {
        step.append(".").append(name);
    }
    return step;
}

/// As many steps as there is room for, from the innermost outwards.
std::string path_of(const Dom& dom, NodeId element) {
    constexpr std::string_view kBelow = " > ";
    std::string path = step_of(dom, element);
    for (NodeId at = dom[element].parent; at != kNoNode; at = dom[at].parent) {
        const std::string step = step_of(dom, at);
        if (step.size() + kBelow.size() + path.size() > kMaxExcerptBytes) break;
        path.insert(0, kBelow).insert(0, step);
    }
    return path;
}

std::string beginning_of(const Dom& dom, const Signals& signals, const TextBlock& block) {
    std::string text;
    for (NodeId n = block.first; n <= block.last && text.size() <= kMaxExcerptBytes;) {
        if (signals[n].is(kHidden)) {
            n = dom[n].end;
            continue;
        }
        // White space apart, more than this is not shown.
        append_collapsed(utf8_prefix(dom.text(n), 16 * kMaxExcerptBytes), text);
        ++n;
    }
    text.resize(utf8_prefix(text, kMaxExcerptBytes).size());
    return text;
}

std::vector<ExplainedBlock> list_blocks(const Dom& dom, const Signals& signals,
                                        const TextBlocks& blocks, Truncations& truncations) {
    const BlockIndex count = std::min(blocks.size(), static_cast<BlockIndex>(kMaxListEntries));
    if (count < blocks.size()) truncations.add(Truncation::kOutput);
    std::vector<ExplainedBlock> list(count);
    for (BlockIndex b = 0; b < count; ++b) {
        list[b].path = path_of(dom, blocks[b].container);
        list[b].text = beginning_of(dom, signals, blocks[b]);
    }
    return list;
}

std::uint32_t score_of(std::uint8_t probability) {
    return (probability * kMaxBlockScore + 127) / 255;
}

/// The strongest signals behind blocks' scores.
class SignalReader {
public:
    SignalReader(const FeatureTable& features, const Reconsidered& reconsidered)
        : features_(features), reconsidered_(reconsidered) {}

    /// To be called with each block in order.
    std::vector<BlockSignal> read(BlockIndex b) {
        std::vector<std::uint8_t> values(names_.size());
        for (std::size_t f = 0; f < features_.features(); ++f) values[f] = features_.at(f, b);
        const bool again = next_ < reconsidered_.blocks.size() && reconsidered_.blocks[next_] == b;
        if (!again) return list(first_.of(values), values);
        const Opinions& told = reconsidered_.told[next_++];
        std::copy(told.begin(), told.end(), values.end() - kOpinions);
        return list(second_.of(values), values);
    }

private:
    [[nodiscard]] std::vector<BlockSignal> list(const Weights& weights,
                                                const std::vector<std::uint8_t>& values) const {
        std::vector<BlockSignal> signals;
        for (const Contribution& of : strongest(weights, kSignals)) {
            signals.push_back(
                {names_.name(of.feature), names_.value(of.feature, values[of.feature]), of.weight});
        }
        return signals;
    }

    const FeatureTable& features_;
    const Reconsidered& reconsidered_;
    std::size_t next_ = 0;  // in `reconsidered_`
    FeatureNames names_;
    Attribution first_{kContent};
    BranchedAttribution second_{kSecondOpinion};
};

void explain_choice(const Dom& dom, const Metadata& metadata, Explanation& out,
                    Truncations& truncations) {
    const PageAnalysis page(dom, metadata);
    const BlockChoice choice = choose_blocks(dom, page);
    out.threshold = score_of(choice.verdict.threshold.value);
    out.attempts = page.rules.attempts;
    out.prefers_article = page.rules.prefers_article;
    out.blocks = list_blocks(dom, page.signals, page.blocks, truncations);
    SignalReader signals(page.features, choice.verdict.reconsidered);
    for (BlockIndex b = 0; b < out.blocks.size(); ++b) {
        ExplainedBlock& block = out.blocks[b];
        block.reason = choice.reasons[b];
        block.score = score_of(choice.verdict.probability[b]);
        block.article_ruling = page.rulings.article[b];
        block.whole_ruling = page.rulings.whole[b];
        block.signals = signals.read(b);
    }
    if (page.blocks.size() == 0) return;
    const auto votes = page_type_scores(page.features);
    for (std::size_t type = 0; type < votes.size(); ++type) {
        out.type_votes.push_back({static_cast<PageType>(type), votes[type] * 100 / kLogitUnit});
    }
}

/// A block is in the selection when its first text is.
void explain_selection(const Dom& dom, const Selection& selection, Explanation& out,
                       Truncations& truncations) {
    const Signals signals(dom);
    const TextBlocks blocks(dom, signals);
    out.blocks = list_blocks(dom, signals, blocks, truncations);
    for (const NodeId root : selection.roots) {
        BlockIndex b = blocks.inside(root, dom[root].end).begin;
        for (NodeId n = root; n < dom[root].end && b < out.blocks.size();) {
            if (selection.dropped.contains(n)) {
                n = dom[n].end;
                while (b < out.blocks.size() && blocks[b].first < n) ++b;
                continue;
            }
            if (blocks[b].first == n++) out.blocks[b++].reason = Reason::kSelected;
        }
    }
}

}  // namespace

Explanation explain(const Dom& dom, const Metadata& metadata, const Selection& selection,
                    ExtractionMode mode, Truncations& truncations) {
    Explanation out;
    out.declares_article = metadata.is_article_type;
    out.article_body_bytes = static_cast<std::uint32_t>(metadata.article_body.size());
    for (std::size_t field = 0; field < metadata.origins.size(); ++field) {
        if (const auto& origin = metadata.origins[field]) {
            out.origins.push_back({static_cast<MetadataField>(field), *origin});
        }
    }
    if (dom.body() == kNoNode) return out;
    if (mode == ExtractionMode::kArticle) {
        explain_choice(dom, metadata, out, truncations);
    } else {
        explain_selection(dom, selection, out, truncations);
    }
    return out;
}

}  // namespace riptide::core
