#include "core/block_clues.h"

#include <algorithm>

#include "core/chars.h"

namespace riptide::core {
namespace {

/// Levels gone up from a medium for the element that holds the block, too.
constexpr int kMediaLevels = 8;
/// Bytes that a caption and an alternative text must share.
constexpr std::size_t kSharedBytes = 16;

bool is_medium(Tag tag) {
    return tag == LXB_TAG_IMG || tag == LXB_TAG_VIDEO || tag == LXB_TAG_IFRAME ||
           tag == LXB_TAG_AUDIO;
}

std::string_view host_of(std::string_view url) {
    const std::size_t slashes = url.find("//");
    if (slashes == std::string_view::npos || slashes > 6) return {};
    url = url.substr(slashes + 2);
    return url.substr(0, url.find_first_of("/?#:"));
}

class Reader {
public:
    Reader(const Dom& dom, const Signals& signals, const TextBlocks& blocks, std::string_view url)
        : dom_(dom), signals_(signals), blocks_(blocks), host_(host_of(url)), out_(blocks.size()) {}

    std::vector<BlockClues> run() {
        BlockIndex next = 0;
        for (NodeId n = 0; n < dom_.size() && next <= blocks_.size(); ++n) {
            if (next < blocks_.size() && n == blocks_[next].first) begin(next++);
            if (dom_[n].is_text()) {
                if (inside_ && !dom_[n].blank) read_text(n);
                continue;
            }
            if (inside_ && n > blocks_[next - 1].last) finish(next - 1);
            if (signals_[n].is(kHidden)) {
                n = dom_[n].end - 1;
                continue;
            }
            enter(n);
        }
        if (inside_) finish(next - 1);
        return std::move(out_);
    }

private:
    void enter(NodeId n) {
        switch (dom_[n].tag) {
            case LXB_TAG_EM:
            case LXB_TAG_I:
                slanted_end_ = std::max(slanted_end_, dom_[n].end);
                break;
            case LXB_TAG_STRONG:
            case LXB_TAG_B:
                strong_end_ = std::max(strong_end_, dom_[n].end);
                break;
            case LXB_TAG_A:
                if (n >= link_end_) {
                    link_end_ = dom_[n].end;
                    read_link(n);
                }
                break;
            default:
                if (is_medium(dom_[n].tag)) {
                    medium_ = n;
                    ++media_;
                }
        }
    }

    void begin(BlockIndex b) {
        if (inside_) finish(b - 1);
        inside_ = true;
        BlockClues& clues = out_[b];
        clues.media_before = log_scale(media_);
        media_ = 0;
        slanted_ = strong_ = 0;
        dashes_ = blocks_[b].first < link_end_ ? open_dashes_ : 0;
        outer_ = blocks_[b].first < link_end_ ? open_outer_ : 0;
        if (medium_ == kNoNode) {
            clues.after_media = 255;
            return;
        }
        const NodeId first = blocks_[b].first;
        clues.after_media = log_scale(first - medium_);
        NodeId at = medium_;
        for (int level = 0; level < kMediaLevels && !dom_.contains(at, first); ++level) {
            at = dom_[at].parent;
        }
        if (dom_.contains(at, first)) {
            clues.media_share = share_scale(blocks_[b].chars, signals_[at].visible.chars);
        }
        clues.repeats_alt = repeats_alt(first) ? 1 : 0;
    }

    void finish(BlockIndex b) {
        inside_ = false;
        const std::uint32_t chars = std::max(blocks_[b].chars, 1U);
        out_[b].slanted = share_scale(slanted_, chars);
        out_[b].strong = share_scale(strong_, chars);
        out_[b].link_dashes = log_scale(dashes_);
        out_[b].outer_links = log_scale(outer_);
    }

    void read_text(NodeId n) {
        if (n < slanted_end_) slanted_ += signals_[n].visible.chars;
        if (n < strong_end_) strong_ += signals_[n].visible.chars;
    }

    void read_link(NodeId n) {
        constexpr std::size_t kMaxBytes = 256;
        const std::string_view href = dom_.attribute(n, LXB_DOM_ATTR_HREF).substr(0, kMaxBytes);
        open_dashes_ = static_cast<std::uint32_t>(std::count(href.begin(), href.end(), '-'));
        const std::string_view host = host_of(href);
        open_outer_ = !host.empty() && host != host_ ? 1 : 0;
        dashes_ = std::max(dashes_, open_dashes_);
        outer_ += open_outer_;
    }

    [[nodiscard]] bool repeats_alt(NodeId text) const {
        const std::string_view alt =
            trim_ascii(dom_.attribute(medium_, LXB_DOM_ATTR_ALT)).substr(0, kSharedBytes);
        return alt.size() == kSharedBytes && trim_ascii(dom_.text(text)).substr(0, alt.size()) == alt;
    }

    const Dom& dom_;
    const Signals& signals_;
    const TextBlocks& blocks_;
    std::string_view host_;
    NodeId slanted_end_ = 0;
    NodeId strong_end_ = 0;
    NodeId link_end_ = 0;
    NodeId medium_ = kNoNode;
    std::uint32_t media_ = 0;
    bool inside_ = false;
    // Of the block that is open, and of the link that is.
    std::uint32_t slanted_ = 0;
    std::uint32_t strong_ = 0;
    std::uint32_t dashes_ = 0;
    std::uint32_t outer_ = 0;
    std::uint32_t open_dashes_ = 0;
    std::uint32_t open_outer_ = 0;
    std::vector<BlockClues> out_;
};

}  // namespace

std::vector<BlockClues> read_block_clues(const Dom& dom, const Signals& signals,
                                         const TextBlocks& blocks, std::string_view url) {
    return Reader(dom, signals, blocks, url).run();
}

}  // namespace riptide::core
