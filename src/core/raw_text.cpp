#include "core/raw_text.h"

#include <string_view>

#include "base/bytes.h"
#include "core/chars.h"
#include "lexbor/html/tokenizer/state_rawtext.h"
#include "lexbor/html/tokenizer/state_script.h"

namespace riptide::core {
namespace {

std::string_view view(const lxb_char_t* begin, const lxb_char_t* end) {
    return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin)};
}

/// The first `<` at which `may_end` holds for what follows it, or `end`.
template <typename Predicate>
const lxb_char_t* find_open_bracket(const lxb_char_t* at, const lxb_char_t* end,
                                    Predicate may_end) {
    while (at != end) {
        const lxb_char_t* found = find_byte(at, end, '<');
        if (found == end) return end;
        if (may_end(view(found + 1, end))) return found;
        at = found + 1;
    }
    return end;
}

/// True too where the piece of the page ends before that can be told.
bool starts_end_tag(std::string_view text, std::string_view name) {
    return text.size() <= name.size() ||
           (text[0] == '/' && ascii_iequals(text.substr(1, name.size()), name));
}

/// Runs ahead in this piece of the page; where the element does not end in it, goes on in the next.
template <typename Predicate>
const lxb_char_t* skip(lxb_html_tokenizer_t& tokenizer, lxb_html_tokenizer_state_f next_state,
                       const lxb_char_t* data, const lxb_char_t* end, Predicate may_end) {
    const lxb_char_t* found = tokenizer.is_eof ? data : find_open_bracket(data, end, may_end);
    if (tokenizer.is_eof || found != end) tokenizer.state = next_state;
    return found;
}

const lxb_char_t* skip_script(lxb_html_tokenizer_t* tokenizer, const lxb_char_t* data,
                              const lxb_char_t* end) {
    return skip(*tokenizer, lxb_html_tokenizer_state_script_data_before, data, end,
                [](std::string_view text) {
                    return starts_end_tag(text, "script") || text.starts_with("!--");
                });
}

const lxb_char_t* skip_style(lxb_html_tokenizer_t* tokenizer, const lxb_char_t* data,
                             const lxb_char_t* end) {
    return skip(*tokenizer, lxb_html_tokenizer_state_rawtext_before, data, end,
                [](std::string_view text) { return starts_end_tag(text, "style"); });
}

}  // namespace

bool is_json_ld(lxb_dom_element_t* script) {
    const lxb_dom_attr_t* type = lxb_dom_element_attr_by_id(script, LXB_DOM_ATTR_TYPE);
    if (type == nullptr || type->value == nullptr) return false;
    const lexbor_str_t& value = *type->value;
    return ascii_iequals(trim_ascii(view(value.data, value.data + value.length)),
                         "application/ld+json");
}

void skip_raw_text(lxb_html_tokenizer_t& tokenizer, lxb_dom_node_t* element) {
    if (element == nullptr) return;
    if (tokenizer.state == lxb_html_tokenizer_state_script_data_before) {
        if (!is_json_ld(lxb_dom_interface_element(element))) tokenizer.state = skip_script;
    } else if (tokenizer.state == lxb_html_tokenizer_state_rawtext_before &&
               element->local_name == LXB_TAG_STYLE) {
        tokenizer.state = skip_style;
    }
}

}  // namespace riptide::core
