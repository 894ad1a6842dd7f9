#include "text/content_type.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace riptide::text {
namespace {

struct HeaderCase {
    std::string_view header;
    std::string_view charset;
};

TEST(CharsetParameter, is_read_from_any_header) {
    const HeaderCase cases[] = {
        {"text/html; charset=utf-8", "utf-8"},
        {"text/html;charset=UTF-8", "UTF-8"},
        {"TEXT/HTML; CharSet=Shift_JIS", "Shift_JIS"},
        {"  text/html ;  charset=utf-8  ", "utf-8"},
        {"text/html; charset=\"utf-8\"", "utf-8"},
        {"text/html; charset=\"utf\\-8\"", "utf-8"},
        {"text/html; charset=\"utf-8", "utf-8"},
        {"text/html; charset=\"utf-8\"junk; x=y", "utf-8"},
        {"text/html; charset=\" utf-8 \"", " utf-8 "},
        {"text/html; a=b; charset=big5; charset=utf-8", "big5"},
        {"text/html; a=\"; charset=big5\"; charset=koi8-r", "koi8-r"},
        {"text/html; a=\"\\\"; charset=big5\"; charset=koi8-r", "koi8-r"},
        {"text/html;;; ;charset=utf-8", "utf-8"},
        {"text/html; charset; charset=utf-8", "utf-8"},
        {"text/html; charset=; charset=utf-8", "utf-8"},
        {"text/html; charset='utf-8'", "'utf-8'"},
        {"application/xhtml+xml; charset=gbk", "gbk"},
        // RFC 9110 allows no space there; the parameter's name is then another one.
        {"text/html; charset =utf-8", ""},
        {"text/html; charset= utf-8", "utf-8"},
        // Repeated headers.
        {"text/html; charset=gbk, text/html", "gbk"},
        {"text/html; charset=gbk, text/html; charset=big5", "big5"},
        {"text/html; charset=gbk, text/plain", ""},
        {"text/html; charset=gbk, junk", "gbk"},
        {"text/html; charset=gbk, */*; charset=big5", "gbk"},
        {"text/html; a=\"x, y\"; charset=gbk", "gbk"},
        // None.
        {"", ""},
        {"text/html", ""},
        {"text/html;", ""},
        {"text/html; xcharset=utf-8", ""},
        {"text/html; charsetx=utf-8", ""},
        {"charset=utf-8", ""},
        {"text; charset=utf-8", ""},
        {"text/html charset=utf-8", ""},
        {"/; charset=utf-8", ""},
        {"\"", ""},
        {"text/html; charset=\"\\", "\\"},
    };
    for (const HeaderCase& c : cases) EXPECT_EQ(charset_parameter(c.header), c.charset) << c.header;
}

TEST(CharsetParameter, is_found_in_a_header_of_any_length) {
    std::string header = "text/html";
    for (int i = 0; i < 200000; ++i) header += "; a=\"\\\"\"";
    EXPECT_EQ(charset_parameter(header + "; charset=utf-8"), "utf-8");
    EXPECT_EQ(charset_parameter(std::string(1000000, ',') + "text/html; charset=utf-8"), "utf-8");
}

}  // namespace
}  // namespace riptide::text
