/// URLs as the WHATWG URL standard resolves them, and which of them are safe to hand out.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/dom.h"

namespace riptide::core {

/// URLs longer than this, before they are resolved, are none: bounds what a page can make of a long
/// base and many references.
inline constexpr std::size_t kMaxUrlBytes = 8192;

/// Resolves a page's URLs against its `<base href>` and its own address. Not thread-safe.
class UrlResolver {
public:
    UrlResolver(const Dom& dom, std::string_view document_url);
    ~UrlResolver();
    UrlResolver(const UrlResolver&) = delete;
    UrlResolver& operator=(const UrlResolver&) = delete;

    /// The absolute URL, serialised, without credentials, and with all that could end an attribute,
    /// a Markdown link or a word percent-encoded: ASCII without controls, spaces and "<>\^`{|}.
    /// Empty when `reference` is empty, is not a URL, or has a scheme other than http, https,
    /// mailto, tel or ftp (`javascript:`, `data:`, ... are not handed out). Where neither the
    /// page's address nor a base is known, a relative reference stays relative, made safe in the
    /// same way.
    [[nodiscard]] std::string resolve(std::string_view reference) const;

    /// The page's own address, serialised; empty when unknown or not a URL.
    [[nodiscard]] const std::string& document_url() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The host in a serialised URL with an authority; empty for others.
std::string_view host_of(std::string_view url);

/// The URL is that of its site's front page: no path, query or fragment.
bool is_front_page(std::string_view url);

}  // namespace riptide::core
