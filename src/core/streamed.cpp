#include "core/streamed.h"

#include <algorithm>
#include <vector>

#include "lexbor/dom/dom.h"
#include "lexbor/tag/const.h"

namespace riptide::core {
namespace {

/// More pieces than this are only shown. Together with the depth this bounds how deep pieces inside
/// pieces can make the tree.
constexpr std::size_t kMaxMoved = 32;
constexpr int kMaxPlaceDepth = 64;

std::string_view id_of(const lxb_dom_node_t& node) {
    const lxb_dom_attr_t* id = reinterpret_cast<const lxb_dom_element_t&>(node).attr_id;
    if (id == nullptr || id->value == nullptr || id->value->data == nullptr) return {};
    return {reinterpret_cast<const char*>(id->value->data), id->value->length};
}

lxb_dom_node_t* next_in_document(lxb_dom_node_t* node, const lxb_dom_node_t* root) {
    if (node->first_child != nullptr) return node->first_child;
    while (node != root && node->next == nullptr) node = node->parent;
    return node == root ? nullptr : node->next;
}

/// Whether an id of the page's source may be that of a piece.
bool names_pieces(std::string_view html) {
    constexpr std::string_view kPieceId = "id=\"S:";
    // The capital is what pages have least of.
    constexpr std::size_t kRare = kPieceId.find('S');
    for (std::size_t at = html.find('S', kRare); at != std::string_view::npos;
         at = html.find('S', at + 1)) {
        if (html.substr(at - kRare).starts_with(kPieceId)) return true;
    }
    return false;
}

/// Whether `node` is neither deep in the tree nor inside `piece`.
bool can_receive(const lxb_dom_node_t* node, const lxb_dom_node_t* piece) {
    for (int depth = 0; depth < kMaxPlaceDepth; ++depth, node = node->parent) {
        if (node == nullptr) return true;
        if (node == piece) return false;
    }
    return false;
}

}  // namespace

void place_streamed(lxb_html_document_t& document, std::string_view html) {
    constexpr std::string_view kHiddenName = "hidden";
    lxb_dom_node_t* root = lxb_dom_interface_node(document.dom_document.element);
    if (root == nullptr || !names_pieces(html)) return;
    std::vector<lxb_dom_node_t*> pieces;
    std::vector<lxb_dom_node_t*> places;
    for (lxb_dom_node_t* n = root; n != nullptr; n = next_in_document(n, root)) {
        if (n->type != LXB_DOM_NODE_TYPE_ELEMENT) continue;
        const std::string_view id = id_of(*n);
        if (id.size() < 3 || id[1] != ':') continue;
        const bool holds_place = id[0] == 'B' || id[0] == 'P';
        if (n->local_name == LXB_TAG_TEMPLATE && holds_place) places.push_back(n);
        if (n->local_name == LXB_TAG_DIV && id[0] == 'S') pieces.push_back(n);
    }
    const auto number = [](const lxb_dom_node_t* node) { return id_of(*node).substr(2); };
    std::stable_sort(places.begin(), places.end(),
                     [&number](const lxb_dom_node_t* a, const lxb_dom_node_t* b) {
                         return number(a) < number(b);
                     });
    std::size_t moved = 0;
    for (lxb_dom_node_t* piece : pieces) {
        lxb_dom_element_remove_attribute(lxb_dom_interface_element(piece),
                                         reinterpret_cast<const lxb_char_t*>(kHiddenName.data()),
                                         kHiddenName.size());
        const auto place =
            std::lower_bound(places.begin(), places.end(), number(piece),
                             [&number](const lxb_dom_node_t* node, std::string_view wanted) {
                                 return number(node) < wanted;
                             });
        if (moved == kMaxMoved || place == places.end() || number(*place) != number(piece) ||
            !can_receive(*place, piece)) {
            continue;
        }
        ++moved;
        lxb_dom_node_remove(piece);
        lxb_dom_node_insert_before(*place, piece);
    }
}

}  // namespace riptide::core
