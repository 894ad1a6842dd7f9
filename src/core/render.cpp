#include "core/render.h"
#include "core/chars.h"
namespace riptide::core {
Rendering render(const Dom& dom, const Selection& s, const UrlResolver&, Outputs, Truncations&) {
    Rendering r;
    for (NodeId root : s.roots) {
        for (NodeId n = root; n < dom[root].end;) {
            if (s.dropped.contains(n)) { n = dom[n].end; continue; }
            if (dom[n].is_text()) { append_collapsed(dom.text(n), r.text); }
            else if (dom[n].tag == LXB_TAG_P || dom[n].tag == LXB_TAG_DIV || dom[n].tag == LXB_TAG_LI || dom[n].tag==LXB_TAG_BR || dom[n].tag==LXB_TAG_TD) r.text += "\n";
            ++n;
        }
        r.text += "\n";
    }
    r.word_count = r.text.empty() ? 0 : 1;
    return r;
}
}
