#include "core/dom.h"

#include <algorithm>
#include <limits>

#include "core/chars.h"
#include "core/limits.h"
#include "core/raw_text.h"
#include "core/streamed.h"
#include "lexbor/css/css.h"
#include "lexbor/selectors/selectors.h"

namespace riptide::core {
namespace {

std::string_view view(const lxb_char_t* data, std::size_t size) {
    return data == nullptr ? std::string_view()
                           : std::string_view(reinterpret_cast<const char*>(data), size);
}

/// Elements whose inside is no part of the page's content.
bool is_opaque(const lxb_dom_node_t& node) {
    switch (node.local_name) {
        case LXB_TAG_SCRIPT:
        case LXB_TAG_STYLE:
        case LXB_TAG_TEMPLATE:
        case LXB_TAG_SVG:
            return true;
        default:
            return false;
    }
}

Tag tag_of(lxb_dom_element_t& element) {
    const lxb_tag_id_t id = element.node.local_name;
    if (id < LXB_TAG__LAST_ENTRY) return static_cast<Tag>(id);
    std::size_t size = 0;
    const lxb_char_t* name = lxb_dom_element_local_name(&element, &size);
    return static_cast<Tag>(view(name, size) == "amp-img" ? Tag{LXB_TAG_IMG} : Tag{LXB_TAG__UNDEF});
}

tl::unexpected<Error> no_memory_for_selectors() {
    return fail(ErrorClass::kResourceLimit, "no memory for the selectors");
}

/// With a parser of its own: its memory goes with the list that it makes.
class ParsedSelector {
public:
    static Result<ParsedSelector> parse(const std::string& selector) {
        ParsedSelector parsed;
        parsed.parser_.reset(lxb_css_parser_create());
        if (lxb_css_parser_init(parsed.parser_.get(), nullptr) != LXB_STATUS_OK) {
            return no_memory_for_selectors();
        }
        parsed.list_.reset(lxb_css_selectors_parse(
            parsed.parser_.get(), reinterpret_cast<const lxb_char_t*>(selector.data()),
            selector.size()));
        if (parsed.list_ == nullptr || parsed.parser_->status != LXB_STATUS_OK) {
            return fail(ErrorClass::kUnsupportedMode,
                        "\"" + selector + "\" is not a valid CSS selector");
        }
        return parsed;
    }
    [[nodiscard]] const lxb_css_selector_list_t* list() const { return list_.get(); }

private:
    struct ParserDeleter {
        void operator()(lxb_css_parser_t* parser) const { lxb_css_parser_destroy(parser, true); }
    };
    struct ListDeleter {
        void operator()(lxb_css_selector_list_t* list) const {
            lxb_css_selector_list_destroy_memory(list);
        }
    };
    std::unique_ptr<lxb_css_parser_t, ParserDeleter> parser_;
    std::unique_ptr<lxb_css_selector_list_t, ListDeleter> list_;
};

}  // namespace

Result<Dom> Dom::parse(std::string_view html, Truncations& truncations) {
    Result<HtmlDocument> document = parse_html(html, truncations);
    if (!document) return tl::unexpected(document.error());
    Dom dom;
    dom.document_ = std::move(*document);
    place_streamed(*dom.document_, html);
    // Pages have a node for every 20 to 40 bytes; what is reserved and not used is never touched.
    constexpr std::size_t kBytesPerNode = 16;
    dom.nodes_.reserve(std::min(kMaxNodes, html.size() / kBytesPerNode + kBytesPerNode));
    dom.flatten();
    if (dom.nodes_.empty()) return fail(ErrorClass::kParseError, "the parser made no document");
    return dom;
}

void Dom::flatten() {
    lxb_dom_node_t* root = lxb_dom_interface_node(document_->dom_document.element);
    if (root == nullptr) return;
    NodeId parent = kNoNode;
    std::uint16_t depth = 0;
    lxb_dom_node_t* at = root;
    while (at != nullptr) {
        bool descend = false;
        if (at->type == LXB_DOM_NODE_TYPE_ELEMENT) {
            auto* element = lxb_dom_interface_element(at);
            if (at->local_name == LXB_TAG_SCRIPT && is_json_ld(element) &&
                at->first_child != nullptr) {
                const auto& data = lxb_dom_interface_character_data(at->first_child)->data;
                json_ld_.push_back(view(data.data, data.length));
            }
            const bool opaque = is_opaque(*at);
            if (!opaque || at->local_name == LXB_TAG_SVG) {
                const auto id = static_cast<NodeId>(nodes_.size());
                Node node{};
                node.parent = parent;
                node.end = id + 1;
                node.tag = tag_of(*element);
                node.depth = depth;
                node.element = element;
                // The one place of a node that is free for users holds a pointer.
                // NOLINTNEXTLINE(performance-no-int-to-ptr)
                at->user = reinterpret_cast<void*>(static_cast<std::uintptr_t>(id));
                nodes_.push_back(node);
                if (at->local_name == LXB_TAG_HEAD && head_ == kNoNode) head_ = id;
                if (at->local_name == LXB_TAG_BODY && body_ == kNoNode) body_ = id;
                descend = !opaque && at->first_child != nullptr;
                if (descend) {
                    parent = id;
                    if (depth < std::numeric_limits<std::uint16_t>::max()) ++depth;
                }
            }
        } else if (at->type == LXB_DOM_NODE_TYPE_TEXT) {
            const auto& data = lxb_dom_interface_character_data(at)->data;
            Node node{};
            node.parent = parent;
            node.end = static_cast<NodeId>(nodes_.size()) + 1;
            node.text_size = static_cast<std::uint32_t>(data.length);
            node.tag = LXB_TAG__TEXT;
            node.depth = depth;
            node.blank = is_blank(view(data.data, data.length));
            node.text = reinterpret_cast<const char*>(data.data);
            if (data.length > 0) nodes_.push_back(node);
        }
        if (descend) {
            at = at->first_child;
            continue;
        }
        while (at != root && at->next == nullptr) {
            at = at->parent;
            nodes_[parent].end = static_cast<NodeId>(nodes_.size());
            parent = nodes_[parent].parent;
            depth = parent == kNoNode ? 0 : static_cast<std::uint16_t>(nodes_[parent].depth + 1);
        }
        at = at == root ? nullptr : at->next;
    }
}

std::string_view Dom::tag_name(NodeId id) const {
    const Node& node = nodes_[id];
    if (node.is_text()) return {};
    std::size_t size = 0;
    const lxb_char_t* name = lxb_dom_element_local_name(node.element, &size);
    return view(name, size);
}

std::string_view Dom::attribute(NodeId id, AttributeId name) const {
    const Node& node = nodes_[id];
    if (node.is_text() || name == kNoAttribute) return {};
    const lxb_dom_attr_t* attr = lxb_dom_element_attr_by_id(node.element, name);
    if (attr == nullptr || attr->value == nullptr) return {};
    return view(attr->value->data, attr->value->length);
}

bool Dom::has_attribute(NodeId id, AttributeId name) const {
    const Node& node = nodes_[id];
    return node.is_element() && name != kNoAttribute &&
           lxb_dom_element_attr_by_id(node.element, name) != nullptr;
}

AttributeId Dom::attribute_id(std::string_view name) const {
    lexbor_hash_t* const names = document_->dom_document.attrs;
    // Those with a constant are not among them.
    if (lexbor_dobject_allocated(names->entries) == 0) return kNoAttribute;
    const lxb_dom_attr_data_t* data = lxb_dom_attr_data_by_local_name(
        names, reinterpret_cast<const lxb_char_t*>(name.data()), name.size());
    return data == nullptr ? kNoAttribute : data->attr_id;
}

std::string_view Dom::class_name(NodeId id) const {
    const Node& node = nodes_[id];
    if (node.is_text() || node.element->attr_class == nullptr) return {};
    const lexbor_str_t* value = node.element->attr_class->value;
    return value == nullptr ? std::string_view() : view(value->data, value->length);
}

std::string_view Dom::id_attribute(NodeId id) const {
    const Node& node = nodes_[id];
    if (node.is_text() || node.element->attr_id == nullptr) return {};
    const lexbor_str_t* value = node.element->attr_id->value;
    return value == nullptr ? std::string_view() : view(value->data, value->length);
}

std::string Dom::collapsed_text(NodeId id) const {
    std::string out;
    for (NodeId n = id; n < nodes_[id].end; ++n) {
        if (nodes_[n].is_text()) append_collapsed(text(n), out);
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

Result<void> check_selector(const std::string& selector) {
    return ParsedSelector::parse(selector).map([](const ParsedSelector& /*valid*/) {});
}

Result<std::vector<NodeId>> Dom::select(const std::vector<std::string>& selectors) const {
    struct SelectorsDeleter {
        void operator()(lxb_selectors_t* engine) const { lxb_selectors_destroy(engine, true); }
    };
    std::unique_ptr<lxb_selectors_t, SelectorsDeleter> engine(lxb_selectors_create());
    if (lxb_selectors_init(engine.get()) != LXB_STATUS_OK) return no_memory_for_selectors();
    std::vector<NodeId> found;
    for (const std::string& selector : selectors) {
        const Result<ParsedSelector> parsed = ParsedSelector::parse(selector);
        if (!parsed) return tl::unexpected(parsed.error());
        const auto collect = [](lxb_dom_node_t* node, lxb_css_selector_specificity_t,
                                void* context) -> lxb_status_t {
            const auto id = static_cast<NodeId>(reinterpret_cast<std::uintptr_t>(node->user));
            static_cast<std::vector<NodeId>*>(context)->push_back(id);
            return LXB_STATUS_OK;
        };
        const lxb_status_t status = lxb_selectors_find(
            engine.get(), lxb_dom_interface_node(document_.get()), parsed->list(), collect, &found);
        if (status != LXB_STATUS_OK) {
            return fail(ErrorClass::kUnsupportedMode,
                        "the selector \"" + selector + "\" cannot be evaluated");
        }
    }
    // Opaque elements have no id of their own: their `user` is null, which reads as the root's id.
    std::erase_if(found, [this](NodeId id) { return id == root(); });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace riptide::core
