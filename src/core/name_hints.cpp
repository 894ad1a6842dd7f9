#include "core/name_hints.h"

#include <array>
#include <cstddef>

namespace riptide::core {
namespace {

struct Word {
    std::string_view text;  ///< `*` stands for any separator: white space, `-`, `_`, an end.
    std::uint32_t hints;
};

constexpr Word kWords[] = {
    {"-ad-", kUnlikelyName | kNegativeName | kChromeName},
    {"ai2html", kUnlikelyName},
    {"banner", kUnlikelyName | kNegativeName},
    {"breadcrumb", kUnlikelyName | kChromeName},
    {"combx", kUnlikelyName | kNegativeName},
    {"comment", kUnlikelyName | kNegativeName | kCommentName},
    {"community", kUnlikelyName},
    {"cover-wrap", kUnlikelyName},
    {"disqus", kUnlikelyName | kCommentName},
    {"extra", kUnlikelyName},
    {"footer", kUnlikelyName | kNegativeName | kChromeName},
    {"gdpr", kUnlikelyName | kNegativeName | kChromeName},
    {"header", kUnlikelyName},
    {"legends", kUnlikelyName},
    {"menu", kUnlikelyName | kChromeName},
    {"related", kUnlikelyName | kNegativeName | kTeaserName},
    {"remark", kUnlikelyName},
    {"replies", kUnlikelyName},
    {"rss", kUnlikelyName},
    {"shoutbox", kUnlikelyName | kNegativeName},
    {"sidebar", kUnlikelyName | kNegativeName | kChromeName},
    {"skyscraper", kUnlikelyName | kNegativeName | kChromeName},
    {"social", kUnlikelyName | kChromeName},
    {"sponsor", kUnlikelyName | kNegativeName | kChromeName},
    {"supplemental", kUnlikelyName},
    {"ad-break", kUnlikelyName},
    {"agegate", kUnlikelyName},
    {"pagination", kUnlikelyName | kPositiveName | kChromeName},
    {"pager", kUnlikelyName | kChromeName},
    {"popup", kUnlikelyName | kChromeName},
    {"yom-remote", kUnlikelyName},

    {"and", kMaybeName},
    {"article", kMaybeName | kPositiveName},
    {"body", kMaybeName | kPositiveName},
    {"column", kMaybeName},
    {"content", kMaybeName | kPositiveName},
    {"main", kMaybeName | kPositiveName},
    {"mathjax", kMaybeName},
    {"shadow", kMaybeName},

    {"entry", kPositiveName},
    {"page", kPositiveName},
    {"post", kPositiveName},
    {"text", kPositiveName},
    {"blog", kPositiveName},
    {"story", kPositiveName},

    {"hidden", kNegativeName},
    {" hid ", kNegativeName},
    {"com-", kNegativeName},
    {"contact", kNegativeName},
    {"masthead", kNegativeName | kChromeName},
    {"media", kNegativeName},
    {"meta", kNegativeName},
    {"outbrain", kNegativeName | kTeaserName},
    {"promo", kNegativeName | kTeaserName},
    {"scroll", kNegativeName},
    {"share", kNegativeName},
    {"shopping", kNegativeName},
    {"tags", kNegativeName},
    {"widget", kNegativeName},

    {"*nav*", kChromeName},
    {"navbar", kChromeName},
    {"navigation", kChromeName},
    {"cookie", kChromeName},
    {"consent", kChromeName},
    {"*skip*", kChromeName},
    {"*modal*", kChromeName},
    {"login", kChromeName},
    {"signin", kChromeName},
    {"signup", kChromeName},
    {"toolbar", kChromeName},
    {"*paging*", kChromeName},
    {"*ads*", kChromeName},
    {"advert", kChromeName},
    {"newsletter", kTeaserName},
    {"*subscribe*", kTeaserName},
    {"recommend", kTeaserName},
    {"recirc", kTeaserName},
    {"see-also", kTeaserName},
    {"upsell", kTeaserName},
    {"recently-viewed", kTeaserName},
    {"caption", kCaptionName},
    {"credit*", kCaptionName},
    {"*date*", kDateName},
    {"timestamp", kDateName},
    {"*time*", kDateName},
    {"pubdate", kDateName},
    {"published", kDateName},

    {"card", kItemName},
    {"item", kItemName},
    {"tile", kItemName},
    {"result", kItemName},
    {"listing", kItemName},
    {"product", kItemName},
    {"teaser", kItemName},
    {"reply", kReplyName},
    {"answer", kReplyName},
    {"message", kReplyName},
    {"thread", kReplyName},
    {"question", kReplyName},
    {"review", kReviewName},
    {"rating", kReviewName},
    {"testimonial", kReviewName},
    {"stars", kReviewName},
    {"price", kShopName},
    {"cart", kShopName},
    {"*buy", kShopName},
    {"shipping", kShopName},
    {"stock*", kShopName},
    {"delivery", kShopName},
    {"checkout", kShopName},
    {"filter", kFilterName},
    {"*sort", kFilterName},
    {"facet", kFilterName},
    {"search", kFilterName},
    {"*toc*", kOutlineName},
    {"contents", kOutlineName},
    {"*tab*", kOutlineName},
    {"*tabs*", kOutlineName},
    {"accordion", kOutlineName},
    {"desc", kDetailName},
    {"detail", kDetailName},
    {"spec", kDetailName},
    {"summary", kDetailName},
    {"intro", kDetailName},
    {"*lead*", kDetailName},
    {"excerpt", kDetailName},
    {"attribute", kDetailName},
    {"feature", kDetailName},
    {"*tag*", kTopicName},
    {"categor", kTopicName},
    {"topic", kTopicName},
    {"label", kTopicName},
    {"keyword", kTopicName},
    {"*bio*", kPersonName},
    {"profile", kPersonName},
    {"avatar", kPersonName},
    {"about*", kPersonName},
    {"grid", kStripName},
    {"*list*", kStripName},
    {"*row*", kStripName},
    {"carousel", kStripName},
    {"slider", kStripName},
    {"swiper", kStripName},
    {"gallery", kStripName},
    {"title", kTitleName},
    {"heading", kTitleName},
    {"headline", kTitleName},
    {"*docs*", kManualName},
    {"documentation", kManualName},
    {"*api*", kManualName},
    {"reference", kManualName},
    {"manual*", kManualName},
    {"tutorial", kManualName},
    {"guide", kManualName},
    {"*wiki*", kManualName},
    {"forum", kReplyName},
    {"collection", kStripName},
    {"copyright", kLegalName},
    {"legal", kLegalName},
    {"*terms", kLegalName},
    {"privacy", kLegalName},
    {"disclaimer", kLegalName},

    {"*share*", kShareName},
    {"*sharedaddy*", kShareName},
    {"byline", kBylineName},
    {"author", kBylineName},
    {"dateline", kBylineName},
    {"writtenby", kBylineName},
};

// Symbols: 0 to 25 letters, 26 digits and bytes of other scripts, then the separators.
constexpr std::uint8_t kOther = 26;
constexpr std::uint8_t kDash = 27;
constexpr std::uint8_t kUnderscore = 28;
constexpr std::uint8_t kBlank = 29;
constexpr std::size_t kSymbols = 30;

constexpr std::uint8_t symbol_of(unsigned char c) {
    if (c >= 'a' && c <= 'z') return static_cast<std::uint8_t>(c - 'a');
    if (c >= 'A' && c <= 'Z') return static_cast<std::uint8_t>(c - 'A');
    if ((c >= '0' && c <= '9') || c >= 0x80) return kOther;
    if (c == '-') return kDash;
    if (c == '_') return kUnderscore;
    return kBlank;
}

constexpr auto make_symbols() {
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = 0; c < 256; ++c) table[c] = symbol_of(static_cast<unsigned char>(c));
    return table;
}

/// An Aho-Corasick automaton: all words are searched for in one pass over the value.
template <std::size_t kStates>
struct Automaton {
    std::array<std::array<std::uint16_t, kSymbols>, kStates> next{};
    std::array<std::uint32_t, kStates> hints{};
    std::size_t size = 1;

    constexpr void add(std::string_view word, std::size_t at, std::uint16_t state,
                       std::uint32_t word_hints) {
        for (; at < word.size(); ++at) {
            if (word[at] == '*') {
                for (std::uint8_t separator = kDash; separator <= kBlank; ++separator) {
                    add(word, at + 1, step(state, separator), word_hints);
                }
                return;
            }
            state = step(state, symbol_of(static_cast<unsigned char>(word[at])));
        }
        hints[state] |= word_hints;
    }

    constexpr std::uint16_t step(std::uint16_t state, std::uint8_t symbol) {
        std::uint16_t& to = next[state][symbol];
        if (to == 0) to = static_cast<std::uint16_t>(size++);
        return to;
    }

    /// Breadth first: where a word breaks off, matching goes on with its longest proper suffix.
    constexpr void link() {
        std::array<std::uint16_t, kStates> suffix{};
        std::array<std::uint16_t, kStates> queue{};
        std::size_t tail = 0;
        for (std::uint16_t to : next[0]) {
            if (to != 0) queue[tail++] = to;
        }
        for (std::size_t head = 0; head < tail; ++head) {
            const std::uint16_t state = queue[head];
            hints[state] |= hints[suffix[state]];
            for (std::size_t symbol = 0; symbol < kSymbols; ++symbol) {
                std::uint16_t& to = next[state][symbol];
                const std::uint16_t other = next[suffix[state]][symbol];
                if (to == 0) {
                    to = other;
                } else {
                    suffix[to] = other;
                    queue[tail++] = to;
                }
            }
        }
    }
};

constexpr std::size_t kMaxStates = 2048;

template <std::size_t kStates>
constexpr auto make_automaton() {
    Automaton<kStates> automaton;
    for (const Word& word : kWords) automaton.add(word.text, 0, 0, word.hints);
    return automaton;
}

constexpr auto make_linked_automaton() {
    constexpr std::size_t kStates = make_automaton<kMaxStates>().size;
    auto automaton = make_automaton<kStates>();
    automaton.link();
    return automaton;
}

constexpr auto kSymbolTable = make_symbols();
constexpr auto kAutomaton = make_linked_automaton();

}  // namespace

std::uint32_t name_hints(std::string_view value) {
    if (value.empty()) return 0;
    std::uint16_t state = kAutomaton.next[0][kBlank];
    std::uint32_t found = kAutomaton.hints[state];
    for (char c : value) {
        state = kAutomaton.next[state][kSymbolTable[static_cast<unsigned char>(c)]];
        found |= kAutomaton.hints[state];
    }
    return found | kAutomaton.hints[kAutomaton.next[state][kBlank]];
}

std::uint32_t NameHintCache::operator()(std::string_view value) {
    // Short values are searched as fast as they are looked up.
    constexpr std::size_t kShort = 8;
    if (value.size() <= kShort) return name_hints(value);
    const auto at = [&value](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(value[i]));
    };
    const std::size_t last = value.size() - 1;
    std::uint32_t key = static_cast<std::uint32_t>(value.size()) * 31 + at(0);
    for (const std::size_t i : {last, last - 1, last / 2, last / 4}) key = key * 31 + at(i);
    Entry& entry = entries_[key % kEntries];
    if (entry.value != value) entry = {value, name_hints(value)};
    return entry.hints;
}

}  // namespace riptide::core
