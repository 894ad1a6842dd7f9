#include "core/code_language.h"

#include <algorithm>
#include <initializer_list>

#include "core/chars.h"

namespace riptide::core {
namespace {

bool is_name(std::string_view name) {
    constexpr std::size_t kLongest = 32;
    return !name.empty() && name.size() <= kLongest &&
           std::all_of(name.begin(), name.end(), [](char c) {
               const char l = to_lower(c);
               return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' ||
                      c == '_' || c == '.' || c == '#';
           });
}

std::string_view from_class(std::string_view classes,
                            std::initializer_list<std::string_view> prefixes) {
    while (!classes.empty()) {
        const auto* const end = std::find_if(classes.begin(), classes.end(), is_space);
        std::string_view name = classes.substr(0, static_cast<std::size_t>(end - classes.begin()));
        classes.remove_prefix(std::min(name.size() + 1, classes.size()));
        for (const std::string_view prefix : prefixes) {
            if (!name.starts_with(prefix)) continue;
            name.remove_prefix(prefix.size());
            return is_name(name) ? name : std::string_view();
        }
    }
    return {};
}

std::string_view declared_by(const Dom& dom, NodeId element) {
    const std::string_view named =
        from_class(dom.class_name(element), {"language-", "lang-", "highlight-source-"});
    if (!named.empty()) return named;
    for (const std::string_view attribute : {"data-language", "data-lang"}) {
        const std::string_view name = dom.attribute(element, dom.attribute_id(attribute));
        if (is_name(name)) return name;
    }
    return {};
}

}  // namespace

std::string_view code_language(const Dom& dom, NodeId pre) {
    if (pre == kNoNode) return {};
    if (const std::string_view own = declared_by(dom, pre); !own.empty()) return own;
    for (NodeId n = dom.first_child(pre); n != kNoNode; n = dom.next_sibling(n)) {
        if (dom[n].is_text() && dom[n].blank) continue;
        if (dom[n].tag != LXB_TAG_CODE) break;
        const std::string_view inner = declared_by(dom, n);
        if (!inner.empty()) return inner;
        break;
    }
    const NodeId parent = dom[pre].parent;
    if (parent == kNoNode) return {};
    if (const std::string_view outer = declared_by(dom, parent); !outer.empty()) return outer;
    // Pygments knows no language; who calls it says it around what it writes.
    if (dom.class_name(parent) != "highlight" || dom[parent].parent == kNoNode) return {};
    const std::string_view around = from_class(dom.class_name(dom[parent].parent), {"highlight-"});
    return around == "default" || around == "none" ? std::string_view() : around;
}

}  // namespace riptide::core
