#include "core/url.h"

#include <algorithm>

#include "core/chars.h"
#include "lexbor/url/url.h"

namespace riptide::core {
namespace {

struct MrawDeleter {
    void operator()(lexbor_mraw_t* mraw) const { lexbor_mraw_destroy(mraw, true); }
};
struct ParserDeleter {
    void operator()(lxb_url_parser_t* parser) const { lxb_url_parser_destroy(parser, true); }
};
using Mraw = std::unique_ptr<lexbor_mraw_t, MrawDeleter>;
using Parser = std::unique_ptr<lxb_url_parser_t, ParserDeleter>;

Mraw make_mraw() {
    constexpr std::size_t kChunkBytes = 16384;
    Mraw mraw(lexbor_mraw_create());
    if (lexbor_mraw_init(mraw.get(), kChunkBytes) != LXB_STATUS_OK) mraw.reset();
    return mraw;
}

const lxb_char_t* bytes(std::string_view text) {
    return reinterpret_cast<const lxb_char_t*>(text.data());
}

std::string_view view(const lexbor_str_t& text) {
    return text.data == nullptr
               ? std::string_view()
               : std::string_view(reinterpret_cast<const char*>(text.data), text.length);
}

bool is_hierarchical(std::string_view scheme) {
    return scheme == "http" || scheme == "https" || scheme == "ftp";
}

bool is_allowed(std::string_view scheme) {
    return is_hierarchical(scheme) || scheme == "mailto" || scheme == "tel";
}

/// What no URL handed out contains, so that it can stand in an attribute, in a Markdown link and in
/// plain text. WHATWG URL leaves some of these in paths and queries.
bool needs_encoding(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F) return true;
    switch (c) {
        case '"':
        case '<':
        case '>':
        case '\\':
        case '^':
        case '`':
        case '{':
        case '|':
        case '}':
            return true;
        default:
            return false;
    }
}

void append_encoded(std::string_view text, std::string& out) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : text) {
        if (!needs_encoding(c)) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kHex[byte >> 4]);
        out.push_back(kHex[byte & 15]);
    }
}

std::string serialize(lxb_url_t& url) {
    url.username = {};
    url.password = {};
    std::string out;
    const auto append = [](const lxb_char_t* data, std::size_t size,
                           void* context) -> lxb_status_t {
        append_encoded({reinterpret_cast<const char*>(data), size},
                       *static_cast<std::string*>(context));
        return LXB_STATUS_OK;
    };
    if (lxb_url_serialize(&url, append, &out, false) != LXB_STATUS_OK) out.clear();
    return out;
}

/// WHATWG URL strips these first: control characters and spaces at the ends, tabs and newlines all
/// over.
std::string strip(std::string_view reference) {
    const auto is_c0_or_space = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!reference.empty() && is_c0_or_space(reference.front())) reference.remove_prefix(1);
    while (!reference.empty() && is_c0_or_space(reference.back())) reference.remove_suffix(1);
    std::string out;
    out.reserve(reference.size());
    for (const char c : reference) {
        if (c != '\t' && c != '\n' && c != '\r') out.push_back(c);
    }
    return out;
}

bool has_scheme(std::string_view reference) {
    const auto is_letter = [](char c) { return to_lower(c) >= 'a' && to_lower(c) <= 'z'; };
    if (reference.empty() || !is_letter(reference.front())) return false;
    for (const char c : reference) {
        if (c == ':') return true;
        if (!is_letter(c) && (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') return false;
    }
    return false;
}

/// A relative reference for which there is no base. Backslashes are slashes to browsers.
std::string made_safe(std::string reference) {
    const std::size_t path_end = std::min(reference.find_first_of("?#"), reference.size());
    for (std::size_t i = 0; i < path_end; ++i) {
        if (reference[i] == '\\') reference[i] = '/';
    }
    std::string_view rest = reference;
    std::string out;
    if (rest.starts_with("//")) {
        const std::size_t host_end = std::min(rest.find_first_of("/?#", 2), rest.size());
        const std::size_t at = rest.substr(0, host_end).rfind('@');
        rest.remove_prefix(at == std::string_view::npos ? 2 : at + 1);
        out = "//";
    }
    append_encoded(rest, out);
    return out;
}

/// Lexbor's, made when there is something to parse: not every page has URLs.
class UrlParser {
public:
    /// A URL that lives as long as the parser; null when it is none, or memory ran out.
    lxb_url_t* parse_to_keep(std::string_view reference, const lxb_url_t* base) {
        return make() ? parse(reference, base, kept_.get()) : nullptr;
    }

    /// Calls `use` with the URL, unless it is none.
    template <class Use>
    void parse_for(std::string_view reference, const lxb_url_t* base, Use use) {
        if (!make()) return;
        if (lxb_url_t* url = parse(reference, base, scratch_.get()); url != nullptr) use(*url);
        lexbor_mraw_clean(scratch_.get());
    }

private:
    bool make() {
        if (is_made_) return parser_ != nullptr;
        is_made_ = true;
        kept_ = make_mraw();
        scratch_ = make_mraw();
        Parser parser(lxb_url_parser_create());
        if (kept_ == nullptr || scratch_ == nullptr || parser == nullptr ||
            lxb_url_parser_init(parser.get(), scratch_.get()) != LXB_STATUS_OK) {
            return false;
        }
        parser_ = std::move(parser);
        return true;
    }

    lxb_url_t* parse(std::string_view reference, const lxb_url_t* base, lexbor_mraw_t* memory) {
        if (reference.size() > kMaxUrlBytes) return nullptr;
        lxb_url_parser_clean(parser_.get());
        lxb_url_mraw_set(parser_.get(), memory);
        return lxb_url_parse(parser_.get(), base, bytes(reference), reference.size());
    }

    bool is_made_ = false;
    Mraw kept_;
    Mraw scratch_;
    Parser parser_;
};

}  // namespace

struct UrlResolver::Impl {
    UrlParser parser;
    lxb_url_t* base = nullptr;
    std::string document_url;
};

UrlResolver::UrlResolver(const Dom& dom, std::string_view document_url)
    : impl_(std::make_unique<Impl>()) {
    if (!document_url.empty()) {
        if (lxb_url_t* own = impl_->parser.parse_to_keep(document_url, nullptr); own != nullptr) {
            impl_->document_url = serialize(*own);
            if (is_hierarchical(view(own->scheme.name))) impl_->base = own;
        }
    }
    for (NodeId n = dom.root(); n < dom.size(); ++n) {
        if (dom[n].tag != LXB_TAG_BASE || !dom.has_attribute(n, LXB_DOM_ATTR_HREF)) continue;
        lxb_url_t* base =
            impl_->parser.parse_to_keep(dom.attribute(n, LXB_DOM_ATTR_HREF), impl_->base);
        if (base != nullptr && is_hierarchical(view(base->scheme.name))) {
            base->username = {};
            base->password = {};
            impl_->base = base;
        }
        break;  // the standard: the first one counts, valid or not
    }
}

UrlResolver::~UrlResolver() = default;

std::string UrlResolver::resolve(std::string_view reference) const {
    if (reference.empty() || reference.size() > kMaxUrlBytes) return {};
    if (impl_->base == nullptr) {
        std::string stripped = strip(reference);
        if (!has_scheme(stripped)) return made_safe(std::move(stripped));
    }
    std::string out;
    impl_->parser.parse_for(reference, impl_->base, [&out](lxb_url_t& url) {
        if (is_allowed(view(url.scheme.name))) out = serialize(url);
    });
    return out;
}

const std::string& UrlResolver::document_url() const { return impl_->document_url; }

std::string_view host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    url.remove_prefix(scheme + 3);
    return url.substr(0, url.find_first_of("/?#:"));
}

bool is_front_page(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return false;
    const std::size_t path = url.find_first_of("/?#", scheme + 3);
    return path == std::string_view::npos || url.substr(path) == "/";
}

}  // namespace riptide::core
