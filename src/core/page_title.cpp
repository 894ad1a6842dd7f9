#include "core/page_title.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/chars.h"
#include "core/plain_text.h"

namespace riptide::core {
namespace {

/// Bytes of a title.
constexpr std::size_t kMaxTitle = 1'000;
/// Nodes of a heading looked at for a link, and for parts of its own.
constexpr NodeId kHeadingNodes = 20;

class HeadingReader {
public:
    HeadingReader(const Dom& dom, const UrlResolver& urls, TitleSources& sources)
        : dom_(dom), urls_(urls), sources_(sources) {}

    /// A heading with a kicker or an appendix may have its title in a part of its own.
    void read(const std::vector<NodeId>& ids, HeadingRank rank) {
        for (const NodeId id : ids) {
            std::string text = text_of(id);
            if (text.empty()) continue;
            if (names_site(id)) {
                sources_.sites.push_back(std::move(text));
                continue;
            }
            text = cut_known_site(text, sources_.sites, sources_.host).title;
            sources_.headings.push_back({std::move(text), id, rank});
            const NodeId end = std::min(dom_[id].end, id + kHeadingNodes);
            for (NodeId part = id + 1; part < end && rank == HeadingRank::kMain; ++part) {
                if (dom_[part].blank) continue;
                text = text_of(part);
                if (text.empty()) continue;
                sources_.headings.push_back({std::move(text), id, HeadingRank::kPart});
            }
        }
    }

private:
    std::string text_of(NodeId id) const { return plain_text(heading_text(dom_, id), kMaxTitle); }

    /// The heading is called the site's, or is, or holds, a link to the site's front page.
    bool names_site(NodeId heading) const {
        if (sources_.host.empty()) return false;
        if (is_called_site(heading)) return true;
        const NodeId parent = dom_[heading].parent;
        if (parent != kNoNode && is_called_site(parent)) return true;
        const NodeId begin = parent != kNoNode && dom_[parent].tag == LXB_TAG_A ? parent : heading;
        const NodeId end = std::min(dom_[heading].end, heading + kHeadingNodes);
        for (NodeId id = begin; id < end; ++id) {
            if (dom_[id].tag != LXB_TAG_A) continue;
            const std::string href = urls_.resolve(dom_.attribute(id, LXB_DOM_ATTR_HREF));
            return is_front_page(href) && host_of(href) == sources_.host;
        }
        return false;
    }

    bool is_called_site(NodeId id) const {
        for (const std::string_view name : {dom_.class_name(id), dom_.id_attribute(id)}) {
            for (const std::string_view part :
                 {"site-title", "site-name", "site-desc", "sitename", "sitetitle"}) {
                if (ascii_icontains(name.substr(0, kMaxTitle), part)) return true;
            }
        }
        return false;
    }

    const Dom& dom_;
    const UrlResolver& urls_;
    TitleSources& sources_;
};

}  // namespace

ChosenTitle find_title(const Dom& dom, const PageHints& hints, const UrlResolver& urls,
                       TitleSources sources) {
    if (is_front_page(urls.document_url())) {
        sources.sites.clear();
        sources.host = {};
    }
    HeadingReader reader(dom, urls, sources);
    reader.read(hints.headings, HeadingRank::kMain);
    reader.read(hints.second_headings, HeadingRank::kMinor);
    return choose_title(sources);
}

}  // namespace riptide::core
