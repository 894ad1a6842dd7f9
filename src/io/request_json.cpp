#include "io/request_json.h"

#include <optional>

#include "base/names.h"
#include "base/utf8.h"
#include "io/web_address.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parser.hpp>

namespace riptide::io {
namespace {

namespace json = boost::json;

tl::unexpected<Error> wrong(std::string detail) {
    return fail(ErrorClass::kUsage, std::move(detail));
}

/// What a value is, in a sentence; the kinds of JSON do not tell whole numbers apart.
std::string_view kind_of(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return "null";
        case json::kind::bool_:
            return "a truth value";
        case json::kind::string:
            return "a text";
        case json::kind::array:
            return "an array";
        case json::kind::object:
            return "an object";
        case json::kind::double_:
            return "a fraction";
        case json::kind::int64:
        case json::kind::uint64:
            break;
    }
    return "a whole number";
}

tl::unexpected<Error> wrong_kind(std::string_view member, const json::value& value,
                                 std::string_view right) {
    return wrong("\"" + std::string(member) + "\" is " + std::string(kind_of(value)) +
                 "; it takes " + std::string(right));
}

Result<json::value> parse(std::string_view text) {
    json::parser parser;
    boost::system::error_code error;
    const std::size_t read = parser.write(text.data(), text.size(), error);
    if (!error) return parser.release();
    if (const std::size_t valid = first_invalid_utf8(text); valid != text.size()) {
        return wrong("not UTF-8 at byte " + std::to_string(valid));
    }
    return wrong("not a JSON object: " + error.message() + " at byte " + std::to_string(read));
}

/// Null when it is left out.
const json::value* member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

Result<void> read_text(const json::object& object, std::string_view name, std::string& into) {
    const json::value* value = member(object, name);
    if (value == nullptr) return {};
    if (!value->is_string()) return wrong_kind(name, *value, "a text");
    into.assign(value->get_string().begin(), value->get_string().end());
    return {};
}

Result<void> read_url(const json::object& object, std::string& into) {
    if (auto read = read_text(object, "url", into); !read) return read;
    if (member(object, "url") == nullptr || is_web_address(into)) return {};
    return wrong("\"url\"" + std::string(kNoWebAddress));
}

Result<void> read_id(const json::object& object, json::value& into) {
    const json::value* value = member(object, "id");
    if (value == nullptr) return {};
    if (!value->is_string() && !value->is_int64() && !value->is_uint64()) {
        return wrong_kind("id", *value, "a text or a whole number");
    }
    into = *value;
    return {};
}

Result<void> read_mode(const json::object& object, ExtractOptions& options) {
    const json::value* value = member(object, "mode");
    if (value == nullptr) return {};
    constexpr std::string_view kRight = "\"article\", \"full\", \"metadata\" or \"custom\"";
    if (!value->is_string()) return wrong_kind("mode", *value, kRight);
    const std::optional<ExtractionMode> mode = mode_named(value->get_string());
    if (!mode) return wrong("\"mode\" is another text than those it takes: " + std::string(kRight));
    options.mode = *mode;
    return {};
}

Result<void> read_selectors(const json::object& object, ExtractOptions& options) {
    const json::value* value = member(object, "selectors");
    if (value == nullptr) return {};
    constexpr std::string_view kRight = "an array of CSS selectors";
    if (!value->is_array()) return wrong_kind("selectors", *value, kRight);
    options.selectors.clear();
    for (const json::value& selector : value->get_array()) {
        if (!selector.is_string()) return wrong_kind("selectors", selector, kRight);
        options.selectors.emplace_back(selector.get_string());
    }
    const bool given = !options.selectors.empty();
    if (given && member(object, "mode") == nullptr) options.mode = ExtractionMode::kCustom;
    if (given && options.mode != ExtractionMode::kCustom) {
        return wrong("\"selectors\" contradict \"mode\", which is \"" +
                     std::string(to_string(options.mode)) + "\"; leave one of them out");
    }
    return {};
}

Result<void> check_mode(const ExtractOptions& options) {
    if (options.mode != ExtractionMode::kCustom || !options.selectors.empty()) return {};
    return wrong("\"mode\" is \"custom\", which needs \"selectors\": an array of CSS selectors");
}

Result<void> read_page(const json::object& object, PageRequest& into) {
    const bool has_html = member(object, "html") != nullptr;
    const bool has_path = member(object, "path") != nullptr;
    if (has_html == has_path) {
        return wrong(has_html ? "both \"html\" and \"path\" are given; leave one of them out"
                              : "neither \"html\" (the page) nor \"path\" (of its file) is given");
    }
    auto read = read_text(object, "html", into.request.bytes).and_then([&] {
        return read_text(object, "path", into.path);
    });
    if (read && has_path && into.path.empty()) {
        return wrong("\"path\" is an empty text; it takes the path of a page's file");
    }
    return read;
}

}  // namespace

Result<PageRequest> parse_page_request(std::string_view text, const ExtractOptions& defaults) {
    const Result<json::value> value = parse(text);
    if (!value) return tl::unexpected(value.error());
    if (!value->is_object()) {
        return wrong("the request is " + std::string(kind_of(*value)) + "; it takes an object");
    }
    const json::object& object = value->get_object();
    PageRequest page;
    OwnedRequest& request = page.request;
    request.options = defaults;
    auto read =
        read_id(object, page.id)
            .and_then([&] { return read_page(object, page); })
            .and_then([&] { return read_url(object, request.options.url); })
            .and_then([&] { return read_text(object, "content_type", request.content_type); })
            .and_then([&] { return read_text(object, "encoding", request.encoding); })
            .and_then([&] { return read_mode(object, request.options); })
            .and_then([&] { return read_selectors(object, request.options); })
            .and_then([&] { return check_mode(request.options); });
    if (!read) return tl::unexpected(std::move(read.error()));
    return page;
}

json::value request_id(std::string_view text) {
    const Result<json::value> value = parse(text);
    json::value id;
    if (!value || !value->is_object() || !read_id(value->get_object(), id)) return nullptr;
    return id;
}

}  // namespace riptide::io
