#include "text/decode.h"

namespace riptide::text {

DecodedPage DecodedPage::view(std::string_view utf8) {
    DecodedPage page;
    page.view_ = utf8;
    return page;
}

DecodedPage DecodedPage::own(std::string utf8, std::string encoding) {
    DecodedPage page;
    page.storage_ = std::move(utf8);
    page.encoding_ = std::move(encoding);
    page.owned_ = true;
    return page;
}

Result<DecodedPage> decode(std::string_view bytes, std::string_view, std::string_view) {
    return DecodedPage::view(bytes);
}

}  // namespace riptide::text
