#include "core/render_links.h"

#include <algorithm>
#include <set>

#include "core/chars.h"
#include "core/limits.h"

namespace riptide::core {
namespace {

/// FNV-1a: orders what is compared, so that long common beginnings are not read again and again.
std::uint64_t hash(std::string_view text, std::uint64_t seed) {
    std::uint64_t value = seed ^ 0xCBF29CE484222325ULL;
    for (const char c : text) {
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return value;
}

/// Collects entries that differ, up to the caps.
template <typename Entry>
class Collector {
public:
    explicit Collector(Truncations& truncations) : truncations_(truncations) {}

    /// False once the caps are reached. `key` beside the URL tells entries apart.
    bool add(Entry entry, std::uint64_t key, std::size_t bytes) {
        bytes_ += bytes + kEntryBytes;
        if (bytes_ > kMaxOutputBytes) return cut();
        const std::pair<std::uint64_t, std::size_t> id(hash(entry.url, key), entries_.size());
        for (auto same = seen_.lower_bound({id.first, 0});
             same != seen_.end() && same->first == id.first; ++same) {
            if (is_repeated(entries_[same->second], entry)) return true;
        }
        if (entries_.size() == kMaxListEntries) return cut();
        seen_.insert(id);
        entries_.push_back(std::move(entry));
        return true;
    }

    std::vector<Entry> take() { return std::move(entries_); }

private:
    /// Counted for each entry beside its strings: the same number on every platform.
    static constexpr std::size_t kEntryBytes = 64;

    static bool is_repeated(const Link& a, const Link& b) {
        return a.url == b.url && a.text == b.text;
    }
    static bool is_repeated(const Media& a, const Media& b) {
        return a.url == b.url && a.kind == b.kind;
    }
    bool cut() {
        truncations_.add(Truncation::kOutput);
        return false;
    }

    Truncations& truncations_;
    std::vector<Entry> entries_;
    std::set<std::pair<std::uint64_t, std::size_t>> seen_;
    std::size_t bytes_ = 0;
};

/// What stands inside each link: text, else the alternative texts of images.
std::vector<std::string> link_texts(const Dom& dom, const Blocks& model) {
    struct Both {
        std::string text;
        std::string alt;
    };
    std::vector<Both> found(model.links.size());
    for (const Block& block : model.blocks) {
        if (!block.is_leaf()) continue;
        for (std::uint32_t r = block.run_begin; r < block.run_end; ++r) {
            const Run& run = model.runs[r];
            const std::uint32_t link = model.spans[run.span].link;
            if (link == kNone) continue;
            Both& both = found[link];
            // A link may go on in the next block: a space keeps the words apart.
            const bool begins =
                r == block.run_begin || model.spans[model.runs[r - 1].span].link != link;
            if (run.kind == RunKind::kImage) {
                if (!both.alt.empty()) both.alt += ' ';
                append_line(dom.attribute(model.media[run.begin].node, LXB_DOM_ATTR_ALT), both.alt);
                continue;
            }
            if (begins && !both.text.empty()) both.text += ' ';
            both.text += model.text_of(run.begin, run.end);
        }
    }
    std::vector<std::string> out(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        append_line(found[i].text, out[i]);
        if (out[i].empty()) append_line(found[i].alt, out[i]);
    }
    return out;
}

}  // namespace

std::vector<Link> list_links(const Dom& dom, const Blocks& model, Truncations& truncations) {
    std::vector<std::string> texts = link_texts(dom, model);
    Collector<Link> out(truncations);
    for (std::size_t i = 0; i < model.links.size(); ++i) {
        Link link;
        link.url = model.url_of(model.links[i]);
        link.text = std::move(texts[i]);
        append_line(dom.attribute(model.links[i].node, LXB_DOM_ATTR_REL), link.rel);
        std::transform(link.rel.begin(), link.rel.end(), link.rel.begin(), to_lower);
        const std::uint64_t key = hash(link.text, 0);
        const std::size_t bytes = link.url.size() + link.text.size() + link.rel.size();
        if (!out.add(std::move(link), key, bytes)) break;
    }
    return out.take();
}

std::vector<Media> list_media(const Dom& dom, const Blocks& model, Truncations& truncations) {
    Collector<Media> out(truncations);
    for (const Target& target : model.media) {
        Media media{std::string(model.url_of(target)), target.kind, {}};
        append_line(dom.attribute(target.node, LXB_DOM_ATTR_ALT), media.alt);
        if (media.alt.empty() && target.kind == MediaKind::kEmbed) {
            append_line(dom.attribute(target.node, LXB_DOM_ATTR_TITLE), media.alt);
        }
        const std::size_t bytes = media.url.size() + media.alt.size();
        if (!out.add(std::move(media), static_cast<std::uint64_t>(target.kind), bytes)) break;
    }
    return out.take();
}

}  // namespace riptide::core
