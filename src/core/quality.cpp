#include "core/quality.h"

#include <algorithm>

#include "core/chars.h"
#include "core/name_hints.h"
#include "core/tag_traits.h"

namespace riptide::core {
namespace {

/// What the kept part of a page is made of. Sizes are in code points.
struct Makeup {
    std::uint32_t chars = 0;
    std::uint32_t link_chars = 0;
    std::uint32_t code_chars = 0;
    std::uint32_t code_blocks = 0;
    std::uint32_t headed_links = 0;  ///< Headings that are links: the items of a listing.
    std::uint32_t posts = 0;         ///< Elements that are named posts, replies or comments.
    std::uint32_t prices = 0;        ///< Elements that are marked up as a price.
    bool is_product = false;         ///< Microdata of a product.
    bool is_thread = false;          ///< Microdata of a thread of posts, or of questions.
};

/// Reads the kept nodes in document order; what an element spans is told by where it ends.
class MakeupReader {
public:
    MakeupReader(const Dom& dom, const Selection& selection)
        : dom_(dom),
          selection_(selection),
          itemprop_(dom.attribute_id("itemprop")),
          itemtype_(dom.attribute_id("itemtype")) {}

    Makeup read() {
        for (const NodeId root : selection_.roots) {
            for (NodeId n = root; n < dom_[root].end;) {
                if (selection_.is_silent(dom_, n)) {
                    n = dom_[n].end;
                    continue;
                }
                dom_[n].is_text() ? read_text(n) : read_element(n);
                ++n;
            }
        }
        return makeup_;
    }

private:
    void read_text(NodeId id) {
        if (dom_[id].blank) return;
        const auto chars = static_cast<std::uint32_t>(count_code_points(trim(dom_.text(id))));
        makeup_.chars += chars;
        if (id < link_end_) makeup_.link_chars += chars;
        if (id < code_end_) makeup_.code_chars += chars;
    }

    void read_element(NodeId id) {
        const Tag tag = dom_[id].tag;
        if (has_trait(tag, kHeadingTag)) heading_end_ = dom_[id].end;
        if (tag == LXB_TAG_A && id >= link_end_) {
            link_end_ = dom_[id].end;
            if (id < heading_end_) ++makeup_.headed_links;
        }
        if (tag == LXB_TAG_PRE && id >= code_end_) {
            code_end_ = dom_[id].end;
            ++makeup_.code_blocks;
        }
        const std::string_view property = dom_.attribute(id, itemprop_);
        if (property == "price" || property == "offers") ++makeup_.prices;
        const std::string_view type = dom_.attribute(id, itemtype_);
        if (type.find("/Product") != std::string_view::npos) makeup_.is_product = true;
        if (type.find("/DiscussionForumPosting") != std::string_view::npos ||
            type.find("/QAPage") != std::string_view::npos) {
            makeup_.is_thread = true;
        }
        if (is_post(dom_.class_name(id)) || is_post(dom_.id_attribute(id))) ++makeup_.posts;
    }

    static bool is_post(std::string_view name) {
        return ascii_icontains(name, "post-") || ascii_icontains(name, "reply") ||
               (name_hints(name) & kCommentName) != 0;
    }

    const Dom& dom_;
    const Selection& selection_;
    AttributeId itemprop_;
    AttributeId itemtype_;
    NodeId link_end_ = 0;
    NodeId code_end_ = 0;
    NodeId heading_end_ = 0;
    Makeup makeup_;
};

double share(std::uint32_t part, std::uint32_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / whole;
}

PageType classify(const Makeup& makeup, const Metadata& metadata) {
    constexpr std::uint32_t kManyPosts = 6;
    constexpr std::uint32_t kManyItems = 5;
    constexpr std::uint32_t kSomeCodeBlocks = 3;
    constexpr std::uint32_t kArticleChars = 600;
    const double links = share(makeup.link_chars, makeup.chars);
    if (makeup.is_thread) return PageType::kForum;
    if (makeup.is_product && makeup.prices > 0 && makeup.prices < kManyItems) {
        return PageType::kProduct;
    }
    if (metadata.is_article_type && links < 0.5) return PageType::kArticle;
    if (makeup.posts >= kManyPosts && links < 0.5) return PageType::kForum;
    if (links > 0.5 || makeup.headed_links >= kManyItems) return PageType::kListing;
    if (makeup.code_blocks >= kSomeCodeBlocks || share(makeup.code_chars, makeup.chars) > 0.15) {
        return PageType::kDocumentation;
    }
    return makeup.chars >= kArticleChars ? PageType::kArticle : PageType::kOther;
}

std::uint32_t score_of(const Makeup& makeup, const Metadata& metadata, std::uint32_t word_count) {
    constexpr std::uint32_t kManyWords = 300;
    constexpr double kForText = 80;
    if (word_count == 0) return 0;
    const double text = share(std::min(word_count, kManyWords), kManyWords);
    const double prose = 1.0 - share(makeup.link_chars, makeup.chars);
    // Links alone are no text, however many they are.
    const double score = kForText * text * prose;
    const std::uint32_t told = (metadata.title.empty() ? 0U : 8U) +
                               (metadata.published.empty() ? 0U : 6U) +
                               (metadata.byline.empty() ? 0U : 6U);
    return static_cast<std::uint32_t>(score) + told;
}

}  // namespace

Judgement judge_page(const Dom& dom, const Metadata& metadata, const Selection& selection,
                     std::uint32_t word_count) {
    if (selection.roots.empty()) return {};
    const Makeup makeup = MakeupReader(dom, selection).read();
    // What the block classifier tells of the page is better founded than what is left of it.
    const PageType type = selection.page_type.value_or(classify(makeup, metadata));
    if (selection.page_type && word_count > 0) return {type, selection.expected_f1};
    return {type, score_of(makeup, metadata, word_count)};
}

}  // namespace riptide::core
