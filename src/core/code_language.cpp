#include "core/code_language.h"

#include <algorithm>

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

std::string_view from_class(std::string_view classes) {
    while (!classes.empty()) {
        const auto* const end = std::find_if(classes.begin(), classes.end(), is_space);
        std::string_view name = classes.substr(0, static_cast<std::size_t>(end - classes.begin()));
        classes.remove_prefix(std::min(name.size() + 1, classes.size()));
        constexpr std::string_view kPrefixes[] = {"language-", "lang-", "highlight-source-"};
        for (const std::string_view prefix : kPrefixes) {
            if (!name.starts_with(prefix)) continue;
            name.remove_prefix(prefix.size());
            return is_name(name) ? name : std::string_view();
        }
    }
    return {};
}

}  // namespace

std::string_view code_language(const Dom& dom, NodeId pre) {
    if (pre == kNoNode) return {};
    if (const std::string_view own = from_class(dom.class_name(pre)); !own.empty()) return own;
    for (NodeId n = dom.first_child(pre); n != kNoNode; n = dom.next_sibling(n)) {
        if (dom[n].is_text() && dom[n].blank) continue;
        if (dom[n].tag != LXB_TAG_CODE) break;
        const std::string_view inner = from_class(dom.class_name(n));
        if (!inner.empty()) return inner;
        break;
    }
    const NodeId parent = dom[pre].parent;
    return parent == kNoNode ? std::string_view() : from_class(dom.class_name(parent));
}

}  // namespace riptide::core
