#include "core/signals.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/bytes.h"
#include "core/chars.h"

namespace riptide::core {
namespace {

/// The commas of the world's scripts.
bool is_comma(char32_t c) {
    switch (c) {
        case U',':
        case U'\u060C':
        case U'\u2E32':
        case U'\u2E34':
        case U'\u2E41':
        case U'\uFE10':
        case U'\uFE11':
        case U'\uFE50':
        case U'\uFF0C':
            return true;
        default:
            return false;
    }
}

bool is_side_role(std::string_view role) {
    constexpr std::string_view kRoles[] = {"menu",  "menubar",     "complementary", "navigation",
                                           "alert", "alertdialog", "dialog"};
    return std::ranges::find(kRoles, role) != std::end(kRoles);
}

bool is_video_address(std::string_view value) {
    constexpr std::string_view kHosts[] = {"//www.youtube.com",    "//youtube.com",
                                           "youtube-nocookie.com", "player.vimeo.com",
                                           "dailymotion.com",      "v.qq.com",
                                           "bilibili.com",         "player.twitch.tv",
                                           "//archive.org",        "upload.wikimedia.org"};
    return std::ranges::any_of(kHosts, [value](std::string_view host) {
        return value.find(host) != std::string_view::npos;
    });
}

/// Whether a `style` attribute gives the property this value, or one that begins so.
bool declares(std::string_view style, std::string_view property, std::string_view value) {
    for (std::size_t colon = style.find(':'); colon != std::string_view::npos;
         colon = style.find(':', colon + 1)) {
        const std::string_view before = trim_ascii(style.substr(0, colon));
        if (before.size() < property.size()) continue;
        const std::size_t begin = before.size() - property.size();
        if (!ascii_iequals(before.substr(begin), property)) continue;
        if (begin > 0 && before[begin - 1] == '-') continue;  // another property's name ends so
        const std::string_view after = trim_ascii(style.substr(colon + 1));
        if (ascii_iequals(after.substr(0, value.size()), value)) return true;
    }
    return false;
}

std::string_view value_of(const lxb_dom_attr_t& attribute) {
    if (attribute.value == nullptr || attribute.value->data == nullptr) return {};
    return {reinterpret_cast<const char*>(attribute.value->data), attribute.value->length};
}

/// Code points outside of links.
std::uint32_t own_chars(const Amounts& amounts) {
    return amounts.chars - std::min(amounts.chars, amounts.link_tenths / 10);
}

/// Less visible text than this, without links, and the page is an empty shell for scripts to fill.
constexpr std::uint32_t kScriptedPageChars = 200;

/// Hidden text of this length, in blocks and not mostly links, is more than a label or a left-over:
/// a panel that opens, a tab, the part of an article for subscribers.
constexpr std::uint32_t kPanelChars = 250;
/// Of siblings together.
constexpr std::uint32_t kPanelsChars = 1000;
constexpr double kMaxPanelLinkDensity = 0.5;

std::uint32_t span_of(const Dom& dom, NodeId cell, AttributeId name) {
    const std::string_view value = trim_ascii(dom.attribute(cell, name));
    std::uint32_t span = 1;
    std::from_chars(value.data(), value.data() + value.size(), span);
    return span == 0 || span > 1000 ? 1 : span;
}

}  // namespace

Amounts count_text(std::string_view text, bool& pending_space) {
    Amounts amounts;
    bool pending = pending_space;
    // All but the ASCII that is only counted.
    constexpr ByteSet kTelling = ByteSet::where(
        [](char c) { return is_space(c) || c == ',' || static_cast<unsigned char>(c) >= 0x80; });
    for (std::size_t i = 0;;) {
        if (const std::size_t end = kTelling.find(text, i); end > i) {
            amounts.chars += static_cast<std::uint32_t>(end - i) + (pending ? 1 : 0);
            pending = false;
            i = end;
        }
        if (i == text.size()) break;
        if (is_space(text[i])) {
            pending = true;
            ++i;
            continue;
        }
        if (text[i] == ',') {
            ++amounts.commas;
            ++i;
        } else if (const std::size_t space = space_size(text, i); space > 0) {
            i += space;
            pending = true;
            continue;
        } else if (is_comma(next_code_point(text, i))) {
            ++amounts.commas;
        }
        amounts.chars += pending ? 2 : 1;
        pending = false;
    }
    pending_space = pending;
    return amounts;
}

Signals::Signals(const Dom& dom) : signals_(dom.size()) {
    hidden_ = dom.attribute_id("hidden");
    role_ = dom.attribute_id("role");
    aria_hidden_ = dom.attribute_id("aria-hidden");
    aria_modal_ = dom.attribute_id("aria-modal");
    itemprop_ = dom.attribute_id("itemprop");
    open_ = dom.attribute_id("open");
    read_elements(dom);
    sum_up(dom);
    const NodeId body = dom.body();
    if (body != kNoNode && own_chars(signals_[body].visible) < kScriptedPageChars) {
        // A page made by scripts may tell all of it in <noscript>, or show it when they have run.
        is_shell_ = true;
        signals_.assign(dom.size(), Signal{});
        read_elements(dom);
        sum_up(dom);
    }
    mark_data_tables(dom);
}

void Signals::read_elements(const Dom& dom) {
    bool pending_space = false;
    NodeId broken = kNoNode;  // the parent whose latest content is a <br>
    for (NodeId n = 0; n < dom.size(); ++n) {
        const Node& node = dom[n];
        Signal& signal = signals_[n];
        if (node.is_text()) {
            signal.flags = kPhrasing;
            if (node.blank) {
                pending_space = true;
                continue;
            }
            signal.visible = count_text(dom.text(n), pending_space);
            broken = kNoNode;
            continue;
        }
        read_attributes(dom, n);
        if (has_trait(node.tag, kPhrasingTag) || has_trait(node.tag, kWrapperTag)) {
            signal.flags |= kPhrasing;
        }
        if (signal.is(kHidden)) {
            n = node.end - 1;
            continue;
        }
        if (node.tag == LXB_TAG_BR) {
            if (broken == node.parent) signals_[node.parent].flags |= kDoubleBreak;
            broken = node.parent;
        } else {
            broken = kNoNode;
        }
    }
}

void Signals::read_attributes(const Dom& dom, NodeId id) {
    Signal& signal = signals_[id];
    const Tag tag = dom[id].tag;
    if (tag == LXB_TAG_HEAD || (tag == LXB_TAG_NOSCRIPT && !is_shell_)) {
        signal.flags |= kHidden;
    }
    const auto weigh = [this, &signal](std::string_view name) {
        const std::uint32_t hints = name_hints_(name);
        signal.hints |= hints;
        signal.weight +=
            ((hints & kPositiveName) != 0 ? 25 : 0) - ((hints & kNegativeName) != 0 ? 25 : 0);
    };
    bool closed = tag == LXB_TAG_DIALOG;
    const lxb_dom_attr_t* attribute = dom[id].element->first_attr;
    for (; attribute != nullptr; attribute = attribute->next) {
        const AttributeId name = attribute->node.local_name;
        const std::string_view value = value_of(*attribute);
        if (name == LXB_DOM_ATTR_CLASS || name == LXB_DOM_ATTR_ID) {
            weigh(value);
            if (name == LXB_DOM_ATTR_CLASS && !value.empty()) {
                signal.class_print = static_cast<std::uint32_t>(value.size()) << 16U |
                                     static_cast<unsigned char>(value.front()) << 8U |
                                     static_cast<unsigned char>(value.back());
            }
        } else if (name == LXB_DOM_ATTR_STYLE) {
            if (declares(value, "display", "none")) signal.flags |= kConcealed;
            if (declares(value, "visibility", "hidden")) {
                signal.flags |= is_shell_ ? kConcealed : kHidden;
            }
        } else if (name == hidden_) {
            signal.flags |= kConcealed;
        } else if (name == LXB_DOM_ATTR_HREF) {
            if (value.size() > 1 && value[0] == '#') signal.flags |= kHashLink;
        } else if (name == LXB_DOM_ATTR_REL) {
            if (value == "author") signal.flags |= kBylineMark;
        } else if (name == role_) {
            if (is_side_role(value)) signal.flags |= kSideRole;
        } else if (name == aria_hidden_) {
            // The fall-back image of a formula is shown although it is not read aloud.
            if (value == "true" && !ascii_icontains(dom.class_name(id), "fallback-image")) {
                signal.flags |= kUnspoken;
            }
        } else if (name == open_) {
            closed = false;
        } else if (name == aria_modal_) {
            if (value == "true") signal.flags |= kModal;
        } else if (name == itemprop_) {
            if (value.find("author") != std::string_view::npos) signal.flags |= kBylineMark;
        }
        if (has_trait(tag, kEmbedTag) && is_video_address(value)) signal.flags |= kVideo;
    }
    if (closed) signal.flags |= kHidden;
}

void Signals::sum_up(const Dom& dom) {
    std::vector<std::uint32_t> concealed(dom.size());  // what children conceal, in code points
    for (NodeId n = dom.size(); n-- > 1;) {
        const Node& node = dom[n];
        Signal& signal = signals_[n];
        Signal& parent = signals_[node.parent];
        if (!signal.is(kPhrasing) && has_trait(dom[node.parent].tag, kWrapperTag)) {
            parent.flags &= ~static_cast<std::uint32_t>(kPhrasing);
        }
        if (node.tag == LXB_TAG_A) {
            signal.visible.link_tenths = signal.visible.chars * (signal.is(kHashLink) ? 3 : 10);
        }
        // A short one only asks for scripts.
        if (node.tag == LXB_TAG_NOSCRIPT && signal.visible.chars < kScriptedPageChars) {
            signal.flags |= kHidden;
        }
        if (signal.is(kConcealed)) {
            if (!signal.is(kHasBlock) || signal.visible.link_density() > kMaxPanelLinkDensity) {
                signal.flags |= kHidden;
            } else if (!is_shell_) {
                concealed[node.parent] += signal.visible.chars;
            } else if (signal.visible.chars < kPanelChars) {
                signal.flags |= kHidden;
            }
        }
        if (is_shell_) signal.flags &= ~static_cast<std::uint32_t>(kConcealed | kUnspoken);
        if (has_trait(node.tag, kBlockTag)) parent.flags |= kHasBlock;
        if (signal.is_out_of_sight()) continue;
        parent.flags |= signal.flags & kHasBlock;
        parent.visible.add(signal.visible);
    }
    for (NodeId n = 1; n < dom.size(); ++n) {
        Signal& signal = signals_[n];
        if (signal.is(kConcealed) && signal.visible.chars < kPanelChars &&
            concealed[dom[n].parent] < kPanelsChars) {
            signal.flags |= kHidden;
        }
    }
}

void Signals::mark_data_tables(const Dom& dom) {
    struct Open {
        NodeId table;
        std::uint32_t rows = 0;
        std::uint32_t columns = 0;
        std::uint32_t row_columns = 0;
        bool layout = false;
        bool data = false;
        bool nests = false;
    };
    std::vector<Open> open;
    const auto close = [this](const Open& table) {
        Signal& signal = signals_[table.table];
        if (table.nests) signal.flags |= kHasTableInside;
        if (table.layout) return;
        const bool large =
            !table.nests && table.columns > 1 && table.rows > 1 &&
            (table.rows >= 10 || table.columns > 4 || table.rows * table.columns > 10);
        if (table.data || large) signal.flags |= kDataTable;
    };
    const AttributeId summary = dom.attribute_id("summary");
    const AttributeId datatable = dom.attribute_id("datatable");
    const AttributeId row_span = dom.attribute_id("rowspan");
    const AttributeId column_span = dom.attribute_id("colspan");
    for (NodeId n = 0; n < dom.size(); ++n) {
        while (!open.empty() && n >= dom[open.back().table].end) {
            close(open.back());
            open.pop_back();
        }
        const Tag tag = dom[n].tag;
        if (tag == LXB_TAG_TABLE) {
            if (!open.empty()) open.back().nests = true;
            Open table{.table = n};
            table.layout =
                dom.attribute(n, role_) == "presentation" || dom.attribute(n, datatable) == "0";
            table.data = !dom.attribute(n, summary).empty();
            open.push_back(table);
        }
        if (open.empty()) continue;
        Open& inner = open.back();
        if (has_trait(tag, kTableSignTag) ||
            (tag == LXB_TAG_CAPTION && dom.first_child(n) != kNoNode)) {
            for (std::size_t i = open.size(); i-- > 0 && !open[i].data;) open[i].data = true;
        } else if (tag == LXB_TAG_TR) {
            inner.rows += span_of(dom, n, row_span);
            inner.row_columns = 0;
        }
        if (tag == LXB_TAG_TD || tag == LXB_TAG_TH) {
            inner.row_columns += span_of(dom, n, column_span);
            if (inner.row_columns > inner.columns) inner.columns = inner.row_columns;
        }
    }
    while (!open.empty()) {
        close(open.back());
        open.pop_back();
    }
}

}  // namespace riptide::core
