#include "core/url.h"
namespace riptide::core {
struct UrlResolver::Impl { std::string url; };
UrlResolver::UrlResolver(const Dom&, std::string_view u) : impl_(std::make_unique<Impl>()) { impl_->url = u; }
UrlResolver::~UrlResolver() = default;
std::string UrlResolver::resolve(std::string_view r) const { return std::string(r); }
const std::string& UrlResolver::document_url() const { return impl_->url; }
}
