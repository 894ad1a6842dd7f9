/// URLs as the WHATWG URL standard resolves them, and which of them are safe to hand out.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/dom.h"

namespace riptide::core {

/// Resolves a page's URLs against its `<base href>` and its own address. Not thread-safe.
class UrlResolver {
public:
    UrlResolver(const Dom& dom, std::string_view document_url);
    ~UrlResolver();
    UrlResolver(const UrlResolver&) = delete;
    UrlResolver& operator=(const UrlResolver&) = delete;

    /// The absolute URL, serialised. Empty when `reference` is empty, is not a URL, or has a scheme
    /// other than http, https, mailto, tel or ftp (`javascript:`, `data:`, ... are not handed out).
    /// Where the page's address is unknown, a relative reference is returned as it is, made safe.
    [[nodiscard]] std::string resolve(std::string_view reference) const;

    /// The page's own address, serialised; empty when unknown or not a URL.
    [[nodiscard]] const std::string& document_url() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace riptide::core
