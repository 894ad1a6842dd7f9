#include "core/select.h"
namespace riptide::core {
Selection select_article(const Dom& dom, const Metadata&) { return select_full(dom); }
Selection select_full(const Dom& dom) {
    Selection s(dom);
    if (dom.body() != kNoNode) s.roots.push_back(dom.body());
    return s;
}
Result<Selection> select_custom(const Dom& dom, const std::vector<std::string>& selectors) {
    auto ids = dom.select(selectors);
    if (!ids) return tl::unexpected(ids.error());
    Selection s(dom);
    NodeId end = 0;
    for (NodeId id : *ids) if (id >= end) { s.roots.push_back(id); end = dom[id].end; }
    return s;
}
}
