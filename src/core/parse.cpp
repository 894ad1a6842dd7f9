#include "core/parse.h"

#include <algorithm>
#include <array>

#include "core/limits.h"
#include "core/raw_text.h"
#include "lexbor/html/tag.h"
#include "lexbor/html/tree/active_formatting.h"
#include "lexbor/html/tree/open_elements.h"

namespace riptide::core {
namespace {

/// The page is parsed piece by piece, to look after lexbor's tables in between. Pieces grow with
/// what was read: a first large one would fill the tables while they are small.
constexpr std::size_t kFirstChunkBytes = std::size_t{16} << 10;
constexpr std::size_t kMaxChunkBytes = std::size_t{256} << 10;

struct ParserDeleter {
    void operator()(lxb_html_parser_t* parser) const { lxb_html_parser_destroy(parser); }
};

/// Elements that the tree builder keeps in the list of active formatting elements (WHATWG HTML
/// 13.2.4.3).
bool is_formatting(lxb_tag_id_t tag) {
    switch (tag) {
        case LXB_TAG_A:
        case LXB_TAG_B:
        case LXB_TAG_BIG:
        case LXB_TAG_CODE:
        case LXB_TAG_EM:
        case LXB_TAG_FONT:
        case LXB_TAG_I:
        case LXB_TAG_NOBR:
        case LXB_TAG_S:
        case LXB_TAG_SMALL:
        case LXB_TAG_STRIKE:
        case LXB_TAG_STRONG:
        case LXB_TAG_TT:
        case LXB_TAG_U:
            return true;
        default:
            return false;
    }
}

/// Elements whose start tag must reach the tree builder at any depth: they switch the tokenizer to
/// raw text, and so hold no elements.
bool is_raw_text(lxb_tag_id_t tag) {
    switch (tag) {
        case LXB_TAG_SCRIPT:
        case LXB_TAG_STYLE:
        case LXB_TAG_TITLE:
        case LXB_TAG_TEXTAREA:
        case LXB_TAG_XMP:
        case LXB_TAG_IFRAME:
        case LXB_TAG_NOEMBED:
        case LXB_TAG_NOFRAMES:
        case LXB_TAG_PLAINTEXT:
            return true;
        default:
            return false;
    }
}

/// Whether the tree builder opens formatting elements again before it inserts this ("reconstruct
/// the active formatting elements", WHATWG HTML 13.2.6.4.7): text and all but block elements.
bool reopens_formatting(lxb_tag_id_t tag) {
    if (tag >= LXB_TAG__LAST_ENTRY) return true;
    if (tag == LXB_TAG__EM_DOCTYPE) return false;
    return !lxb_html_tag_is_category(tag, LXB_NS_HTML, LXB_HTML_TAG_CATEGORY_SPECIAL) ||
           is_raw_text(tag);
}

/// Stands between tokenizer and tree builder: passes a token on, trims it, or drops it.
class TokenFilter {
public:
    TokenFilter(lxb_html_parser_t& parser, Truncations& truncations)
        : tree_(*parser.tree),
          next_(parser.tkz->callback_token_done),
          next_context_(parser.tkz->callback_token_ctx),
          truncations_(truncations) {
        lxb_html_tokenizer_callback_token_done_set(parser.tkz, &TokenFilter::on_token, this);
    }

private:
    static lxb_html_token_t* on_token(lxb_html_tokenizer_t* tokenizer, lxb_html_token_t* token,
                                      void* self) {
        auto& filter = *static_cast<TokenFilter*>(self);
        // Nobody reads the errors, and their list grows by copying itself.
        lexbor_array_obj_clean(tokenizer->parse_errors);
        lexbor_array_obj_clean(filter.tree_.parse_errors);
        if (!filter.admit(*token)) return token;
        const bool starts_raw_text =
            token->tag_id == LXB_TAG_SCRIPT || token->tag_id == LXB_TAG_STYLE;
        token = filter.next_(tokenizer, token, filter.next_context_);
        if (starts_raw_text) skip_raw_text(*tokenizer, lxb_html_tree_current_node(&filter.tree_));
        return token;
    }

    bool admit(lxb_html_token_t& token) {
        const lxb_tag_id_t tag = token.tag_id;
        if (tag == LXB_TAG__END_OF_FILE) return true;
        if (tag == LXB_TAG__EM_COMMENT || is_drawing(token)) return false;
        const bool is_element = tag >= LXB_TAG__EM_COMMENT + 1;
        if (is_element && (token.type & LXB_HTML_TOKEN_TYPE_CLOSE) != 0) return admit_end(tag);
        if (nodes_ >= kMaxNodes) {
            truncations_.add(Truncation::kNodes);
            return false;
        }
        if (is_element && !admit_start(token, tag)) return false;
        nodes_ += 1 + (reopens_formatting(tag) ? formatting_to_reopen() : 0);
        return true;
    }

    /// Shapes inside `<svg>`, which nobody reads and which leave nothing open: pages are full of
    /// icons.
    [[nodiscard]] bool is_drawing(const lxb_html_token_t& token) const {
        if (token.tag_id != LXB_TAG_PATH && (token.type & LXB_HTML_TOKEN_TYPE_CLOSE_SELF) == 0) {
            return false;
        }
        const lxb_dom_node_t* current = lxb_html_tree_adjusted_current_node(&tree_);
        return current != nullptr && current->ns == LXB_NS_SVG;
    }

    /// The entries after the last marker that are no longer open: the tree builder clones them
    /// before it inserts the token. `kMaxActiveFormatting` bounds their number.
    [[nodiscard]] std::size_t formatting_to_reopen() const {
        const lexbor_array_t& list = *tree_.active_formatting;
        const auto* marker = lxb_html_tree_active_formatting_marker();
        std::size_t count = 0;
        for (std::size_t i = list.length; i-- > 0 && list.list[i] != marker;) {
            const auto* node = static_cast<const lxb_dom_node_t*>(list.list[i]);
            if (is_open(node)) break;
            ++count;
        }
        return count;
    }

    [[nodiscard]] bool is_open(const lxb_dom_node_t* node) const {
        const lexbor_array_t& open = *tree_.open_elements;
        for (std::size_t i = open.length; i-- > 0;) {
            if (open.list[i] == node) return true;
        }
        return false;
    }

    bool admit_end(lxb_tag_id_t tag) {
        if (below_depth_cap_ && tree_.open_elements->length < kMaxDepth) {
            // What was flattened ended with the element it was flattened into.
            dropped_.fill(0);
            below_depth_cap_ = false;
        }
        std::size_t& dropped = dropped_starts(tag);
        if (dropped == 0) return true;
        --dropped;
        return false;
    }

    bool admit_start(lxb_html_token_t& token, lxb_tag_id_t tag) {
        trim_attributes(token, tag);
        if (is_raw_text(tag) || lxb_html_tag_is_void(tag)) return true;
        if (tag == LXB_TAG_OPTION && ++options_ > kMaxOptions) {
            return drop(token, Truncation::kOptions);
        }
        if (tree_.open_elements->length >= kMaxDepth) {
            below_depth_cap_ = true;
            return drop(token, Truncation::kDepth);
        }
        if (is_formatting(tag) && active_formatting() >= kMaxActiveFormatting) {
            return drop(token, Truncation::kFormatting);
        }
        return true;
    }

    bool drop(const lxb_html_token_t& token, Truncation why) {
        truncations_.add(why);
        if ((token.type & LXB_HTML_TOKEN_TYPE_CLOSE_SELF) == 0) ++dropped_starts(token.tag_id);
        return false;
    }

    /// Start tags dropped whose end tags are still to come, by tag; tags unknown to HTML share one
    /// counter.
    std::size_t& dropped_starts(lxb_tag_id_t tag) {
        return dropped_[tag < LXB_TAG__LAST_ENTRY ? tag : 0];
    }

    [[nodiscard]] std::size_t active_formatting() const {
        const lexbor_array_t& list = *tree_.active_formatting;
        const auto* marker = lxb_html_tree_active_formatting_marker();
        std::size_t count = 0;
        for (std::size_t i = list.length; i-- > 0 && list.list[i] != marker;) ++count;
        return count;
    }

    /// Cuts the token's attribute list. A repeated `<html>` or `<body>` is merged into the element
    /// that exists, so its attributes share one budget.
    void trim_attributes(lxb_html_token_t& token, lxb_tag_id_t tag) {
        std::size_t budget = kMaxAttributes;
        std::size_t* used = nullptr;
        if (tag == LXB_TAG_HTML) used = &html_attributes_;
        if (tag == LXB_TAG_BODY) used = &body_attributes_;
        if (used != nullptr) budget -= *used;
        std::size_t kept = 0;
        lxb_html_token_attr_t* last = nullptr;
        for (auto* attr = token.attr_first; attr != nullptr && kept < budget; attr = attr->next) {
            last = attr;
            ++kept;
        }
        if (used != nullptr) *used += kept;
        if (last == token.attr_last) return;
        truncations_.add(Truncation::kAttributes);
        token.attr_last = last;
        (last != nullptr ? last->next : token.attr_first) = nullptr;
    }

    lxb_html_tree_t& tree_;
    lxb_html_tokenizer_token_f next_;
    void* next_context_;
    Truncations& truncations_;
    std::size_t nodes_ = 0;
    std::size_t options_ = 0;
    std::size_t html_attributes_ = 0;
    std::size_t body_attributes_ = 0;
    bool below_depth_cap_ = false;
    std::array<std::size_t, LXB_TAG__LAST_ENTRY> dropped_{};
};

/// The standard's steps on insertion and removal keep, among others, one option of a select
/// selected, at a cost that grows with the square of their number; nothing here reads the result.
constexpr lxb_dom_document_mutation_cb_t kNoElementSteps = {
    .inserted = [](lxb_dom_node_t*) -> lxb_status_t { return LXB_STATUS_OK; },
    .removed = [](lxb_dom_node_t*, lxb_dom_node_t*) -> lxb_status_t { return LXB_STATUS_OK; },
    .moved = [](lxb_dom_node_t*, lxb_dom_node_t*) -> lxb_status_t { return LXB_STATUS_OK; },
    .destroy = [](lxb_dom_node_t*) -> lxb_status_t { return LXB_STATUS_OK; },
    .children_changed = [](lxb_dom_node_t*) -> lxb_status_t { return LXB_STATUS_OK; },
    .connected = [](lxb_dom_node_t*) -> lxb_status_t { return LXB_STATUS_OK; },
};

/// Gives a hash table more buckets when its chains get long: lexbor's tables of names never grow,
/// so a page of many different names would cost the square of their number.
void relieve(lexbor_hash_t& hash) {
    constexpr std::size_t kMaxChain = 4;
    constexpr std::size_t kGrowth = 8;
    if (lexbor_dobject_allocated(hash.entries) <= hash.table_size * kMaxChain) return;
    const std::size_t size = hash.table_size * kGrowth;
    auto** table =
        static_cast<lexbor_hash_entry_t**>(lexbor_calloc(size, sizeof(lexbor_hash_entry_t*)));
    if (table == nullptr) return;  // it goes on slower
    for (std::size_t i = 0; i < hash.table_size; ++i) {
        for (lexbor_hash_entry_t* entry = hash.table[i]; entry != nullptr;) {
            lexbor_hash_entry_t* next = entry->next;
            const std::uint32_t id =
                lexbor_hash_make_id(lexbor_hash_entry_str(entry), entry->length);
            entry->next = table[id % size];
            table[id % size] = entry;
            entry = next;
        }
    }
    lexbor_free(static_cast<void*>(hash.table));
    hash.table = table;
    hash.table_size = size;
}

tl::unexpected<Error> parse_failure(lxb_status_t status) {
    if (status == LXB_STATUS_ERROR_MEMORY_ALLOCATION) {
        return fail(ErrorClass::kResourceLimit,
                    "the page needs more memory than the parser may use");
    }
    return fail(ErrorClass::kParseError,
                "the HTML parser gave up with status " + std::to_string(status));
}

}  // namespace

Result<HtmlDocument> parse_html(std::string_view html, Truncations& truncations) {
    std::unique_ptr<lxb_html_parser_t, ParserDeleter> parser(lxb_html_parser_create());
    if (lxb_status_t status = lxb_html_parser_init(parser.get()); status != LXB_STATUS_OK) {
        return parse_failure(status);
    }
    TokenFilter filter(*parser, truncations);
    HtmlDocument document(lxb_html_parse_chunk_begin(parser.get()));
    if (document == nullptr) return parse_failure(parser->status);
    document->dom_document.mutation = &kNoElementSteps;
    lxb_status_t status = LXB_STATUS_OK;
    std::size_t chunk_bytes = kFirstChunkBytes;
    while (!html.empty() && status == LXB_STATUS_OK) {
        const std::string_view chunk = html.substr(0, chunk_bytes);
        html.remove_prefix(chunk.size());
        chunk_bytes = std::min(2 * chunk_bytes, kMaxChunkBytes);
        status = lxb_html_parse_chunk_process(
            parser.get(), reinterpret_cast<const lxb_char_t*>(chunk.data()), chunk.size());
        relieve(*document->dom_document.attrs);
        relieve(*document->dom_document.tags);
    }
    if (status == LXB_STATUS_OK) status = lxb_html_parse_chunk_end(parser.get());
    if (status != LXB_STATUS_OK) return parse_failure(status);
    return document;
}

}  // namespace riptide::core
