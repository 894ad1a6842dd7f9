#include "core/page_clues.h"

#include <iterator>

#include "core/feature_table.h"
#include "core/name_hints.h"

namespace riptide::core {
namespace {

constexpr std::string_view kTypes[] = {
    "\"Product\"", "\"ItemList\"",     "\"QAPage\"",        "\"DiscussionForumPosting\"",
    "\"FAQPage\"", "\"Organization\"", "\"BreadcrumbList\""};
constexpr std::size_t kQaPage = 2;
constexpr std::size_t kDiscussion = 3;

}  // namespace

void append_address_clues(std::string_view url, std::vector<std::uint8_t>& features) {
    constexpr std::size_t kMaxBytes = 512;
    const std::size_t scheme = url.find("://");
    const std::size_t begin = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    std::string_view path = begin == std::string_view::npos ? "" : url.substr(begin, kMaxBytes);
    const bool has_query = path.find('?') != std::string_view::npos;
    path = path.substr(0, path.find_first_of("?#"));
    std::uint32_t slashes = 0;
    std::uint32_t digits = 0;
    std::uint32_t dashes = 0;
    for (const char c : path) {
        slashes += c == '/' ? 1 : 0;
        digits += c >= '0' && c <= '9' ? 1 : 0;
        dashes += c == '-' || c == '_' ? 1 : 0;
    }
    for (const std::uint32_t amount :
         {static_cast<std::uint32_t>(path.size()), slashes, digits, dashes}) {
        features.push_back(log_scale(amount));
    }
    features.push_back(has_query ? 1 : 0);
    const std::uint32_t hints = name_hints(path);
    for (const std::uint32_t hint : {kPositiveName, kItemName, kReplyName, kShopName, kFilterName,
                                     kDetailName, kTopicName, kStripName, kManualName}) {
        features.push_back((hints & hint) != 0 ? 1 : 0);
    }
}

void append_json_ld_clues(const Dom& dom, std::vector<std::uint8_t>& features) {
    constexpr std::string_view kKey = "@type\"";
    constexpr std::size_t kValueBytes = 64;
    const std::size_t first = features.size();
    features.resize(first + std::size(kTypes));
    for (const std::string_view json : dom.json_ld()) {
        // Few bytes of JSON are an at sign.
        for (std::size_t at = json.find('@'); at != std::string_view::npos;
             at = json.find('@', at + 1)) {
            if (json.substr(at, kKey.size()) != kKey) continue;
            const std::string_view value = json.substr(at + kKey.size(), kValueBytes);
            for (std::size_t i = 0; i < std::size(kTypes); ++i) {
                if (value.find(kTypes[i]) != std::string_view::npos) features[first + i] = 1;
            }
        }
    }
}

bool names_discussion(std::span<const std::uint8_t> features) {
    const auto types = features.last(std::size(kTypes));
    return types[kQaPage] != 0 || types[kDiscussion] != 0;
}

}  // namespace riptide::core
