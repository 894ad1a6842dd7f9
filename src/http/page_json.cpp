#include "http/page_json.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/names.h"
#include "config/printable.h"
#include "io/web_address.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace riptide::http {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxKey = 64;
constexpr std::size_t kMaxId = 1024;
constexpr std::size_t kMaxSelectors = 256;
constexpr std::size_t kMaxShort = 65536;

enum class Member : std::uint8_t { kHtml, kUrl, kMode, kSelectors, kId };
constexpr std::array<std::string_view, 5> kMembers = {"html", "url", "mode", "selectors", "id"};
constexpr std::array<std::string_view, 5> kTypes = {
    "a string", "a string", "a string", "an array of strings", "a string or a whole number"};

/// What the parser reports, put together.
class Page {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);  // NOLINT: Boost's names
    static constexpr std::size_t max_array_size = std::size_t(-1);   // NOLINT
    static constexpr std::size_t max_key_size = std::size_t(-1);     // NOLINT
    static constexpr std::size_t max_string_size = std::size_t(-1);  // NOLINT

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code& code) {
        const bool goes_on = depth_ == 0 || wrong_type(code);
        ++depth_;
        return goes_on;
    }
    bool on_object_end(std::size_t, json::error_code&) { return leave(); }
    bool on_array_begin(json::error_code& code) {
        const bool goes_on = (depth_ == 1 && member_ == Member::kSelectors) || wrong_type(code);
        ++depth_;
        return goes_on;
    }
    bool on_array_end(std::size_t, json::error_code&) { return leave(); }
    bool on_key_part(json::string_view part, std::size_t size, json::error_code& code) {
        if (depth_ > 1) return true;
        if (size > kMaxKey) return fail("a member's name is too long", code);
        text_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t size, json::error_code& code) {
        if (!on_key_part(part, size, code)) return false;
        if (depth_ > 1) return true;
        const std::string name = std::exchange(text_, {});
        const auto* known = std::ranges::find(kMembers, name);
        if (known == kMembers.end() || (name == "id" && id_use == PageId::kUnknown)) {
            return fail("\"" + config::printable(name) +
                            "\" is not a member; those are html, url, mode and selectors" +
                            (id_use == PageId::kAllowed ? ", and id" : ""),
                        code);
        }
        bool& seen = seen_.at(static_cast<std::size_t>(known - kMembers.begin()));
        if (seen) return fail("\"" + name + "\" is given more than once", code);
        seen = true;
        member_ = static_cast<Member>(known - kMembers.begin());
        if (!complaint.empty() && member_ != Member::kId) member_.reset();
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t size, json::error_code& code) {
        if (!may_be_string()) return wrong_type(code);
        if (member_ != Member::kHtml && size > (member_ == Member::kId ? kMaxId : kMaxShort)) {
            return fail(named() + " is too long", code);
        }
        (member_ == Member::kHtml ? request.bytes : text_).append(part.data(), part.size());
        return true;
    }
    bool on_string(json::string_view part, std::size_t size, json::error_code& code) {
        if (!on_string_part(part, size, code)) return false;
        if (!member_) return true;
        std::string text = std::exchange(text_, {});
        switch (*member_) {
            case Member::kHtml:
                return true;
            case Member::kUrl:
                if (!io::is_web_address(text)) return fail(unknown_url(text), code);
                request.options.url = std::move(text);
                return true;
            case Member::kMode:
                mode = mode_named(text);
                return mode.has_value() || fail(unknown_mode(text), code);
            case Member::kSelectors:
                if (request.options.selectors.size() == kMaxSelectors) {
                    return fail("there are too many selectors", code);
                }
                request.options.selectors.push_back(std::move(text));
                return true;
            case Member::kId:
                id = json::serialize(json::string_view(text));
                return true;
        }
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code& code) {
        return on_number(std::to_string(number), code);
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code& code) {
        return on_number(std::to_string(number), code);
    }
    bool on_double(double, json::string_view, json::error_code& code) { return wrong_type(code); }
    bool on_bool(bool, json::error_code& code) { return wrong_type(code); }
    bool on_null(json::error_code& code) {
        // What a client does not know it may well write as null.
        const bool is_optional = depth_ == 1 && member_ != Member::kHtml;
        return is_optional || wrong_type(code);
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    [[nodiscard]] bool has_html() const { return seen_.front(); }

    PageId id_use = PageId::kUnknown;
    OwnedRequest request;
    std::optional<ExtractionMode> mode;
    std::string id = "null";
    /// What is wrong with the object, though it may be JSON. Then only an id is still read.
    std::string complaint;

    void skip(std::string why) {
        if (complaint.empty()) complaint = std::move(why);
        request.bytes = {};
        member_.reset();
        text_.clear();
    }

private:
    [[nodiscard]] std::size_t member_index() const {
        return static_cast<std::size_t>(member_.value_or(Member::kHtml));
    }
    [[nodiscard]] std::string named() const {
        return "\"" + std::string(kMembers.at(member_index())) + "\"";
    }
    bool leave() {
        if (--depth_ == 1) member_.reset();
        return true;
    }
    [[nodiscard]] bool may_be_string() const {
        return member_ && depth_ == (member_ == Member::kSelectors ? 2U : 1U);
    }
    bool on_number(std::string number, json::error_code& code) {
        if (depth_ != 1 || member_ != Member::kId) return wrong_type(code);
        id = std::move(number);
        return true;
    }
    bool wrong_type(json::error_code& code) {
        if (depth_ == 0) return fail("the JSON is not an object", code);
        if (!member_) return true;
        return fail(named() + " must be " + std::string(kTypes.at(member_index())), code);
    }
    bool fail(std::string what, json::error_code& code) {
        skip(std::move(what));
        if (id_use == PageId::kAllowed) return true;
        code = json::error::exception;
        return false;
    }

    std::size_t depth_ = 0;         // 1 in the object, 2 in an array in it
    std::optional<Member> member_;  // whose value comes; none where it is of no interest
    std::array<bool, kMembers.size()> seen_{};
    std::string text_;
};

}  // namespace

class PageJson::Reader {
public:
    explicit Reader(PageId id) : parser_(json::parse_options{}) { page().id_use = id; }

    Page& page() { return parser_.handler(); }
    Checked<void> write(std::string_view piece, bool is_more) {
        json::error_code code;
        const std::size_t used =
            parser_.done() ? 0 : parser_.write_some(is_more, piece.data(), piece.size(), code);
        if (code && !page().complaint.empty()) return refuse(422, page().complaint);
        if (code) return refuse(400, "it is not JSON: " + code.message());
        const std::string_view rest = piece.substr(used);
        if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
            return refuse(400, "it is not JSON: something follows the object");
        }
        return {};
    }

private:
    json::basic_parser<Page> parser_;
};

std::string unknown_mode(std::string_view name) {
    return "\"mode\" is \"" + config::printable_excerpt(name) +
           "\"; it takes article, full, metadata or custom";
}

std::string unknown_url(std::string_view url) {
    return "\"url\": \"" + config::printable_excerpt(url) + "\"" + std::string(io::kNoWebAddress);
}

Checked<void> settle_mode(std::optional<ExtractionMode> mode, ExtractOptions& options) {
    const bool has_selectors = !options.selectors.empty();
    options.mode =
        mode.value_or(has_selectors ? ExtractionMode::kCustom : ExtractionMode::kArticle);
    if (options.mode == ExtractionMode::kCustom && !has_selectors) {
        return refuse(422, "the mode custom needs at least one selector");
    }
    if (options.mode != ExtractionMode::kCustom && has_selectors) {
        return refuse(422, "selectors go with the mode custom only");
    }
    return {};
}

PageJson::PageJson(PageId id) : reader_(std::make_unique<Reader>(id)) {}
PageJson::~PageJson() = default;
PageJson::PageJson(PageJson&&) noexcept = default;

Checked<void> PageJson::add(std::string_view piece) { return reader_->write(piece, true); }

Checked<OwnedRequest> PageJson::finish() {
    if (Checked<void> written = reader_->write({}, false); !written) {
        return tl::unexpected(std::move(written.error()));
    }
    Page& page = reader_->page();
    if (!page.complaint.empty()) return refuse(422, page.complaint);
    if (!page.has_html()) return refuse(422, "\"html\" is missing");
    if (Checked<void> settled = settle_mode(page.mode, page.request.options); !settled) {
        return tl::unexpected(std::move(settled.error()));
    }
    page.request.encoding = "utf-8";
    return std::move(page.request);
}

void PageJson::drop_page() { reader_->page().skip("the page was dropped"); }

const std::string& PageJson::id() const { return reader_->page().id; }

}  // namespace riptide::http
