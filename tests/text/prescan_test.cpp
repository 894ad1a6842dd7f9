#include "text/prescan.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace riptide::text {
namespace {

using std::string_view_literals::operator""sv;

struct PageCase {
    std::string_view page;
    std::string_view encoding;
};

void expect_each(std::initializer_list<PageCase> cases) {
    for (const PageCase& c : cases) EXPECT_EQ(prescan(c.page), c.encoding) << c.page;
}

TEST(Prescan, reads_the_charset_attribute) {
    expect_each({
        {"<meta charset=utf-8>", "utf-8"},
        {"<meta charset=\"Shift_JIS\">", "shift_jis"},
        {"<meta charset='windows-1251'/>", "windows-1251"},
        {"<META CHARSET=GB2312>", "gbk"},
        {"<meta/charset=euc-kr>", "euc-kr"},
        {"<meta\n\tcharset = \n koi8-r >", "koi8-r"},
        {"<meta charset=utf-8/>", ""},
        {"<meta charset=\" utf-8 \">", "utf-8"},
        {"<meta name=x content=y charset=big5>", "big5"},
        {"<!DOCTYPE html><html lang=ja><head><meta charset=euc-jp>", "euc-jp"},
        {"x < y <meta charset=big5>", "big5"},
    });
}

TEST(Prescan, reads_the_content_attribute_only_with_its_pragma) {
    expect_each({
        {"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>", "iso-8859-2"},
        {"<meta content=\"text/html;charset=big5\" http-equiv=\"CONTENT-TYPE\">", "big5"},
        {"<meta http-equiv=content-type content='charset = \"euc-jp\"'>", "euc-jp"},
        {"<meta http-equiv=content-type content=\"charset='euc-jp' x\">", "euc-jp"},
        {"<meta http-equiv=content-type content='charset charset=gbk'>", "gbk"},
        {"<meta http-equiv=content-type content='text/html; charset=gbk; x'>", "gbk"},
        {"<meta http-equiv=content-type content='charset=\"gbk'>", ""},
        {"<meta http-equiv=content-type content='charset'>", ""},
        {"<meta http-equiv=content-type content='text/html'>", ""},
        {"<meta content='text/html; charset=big5'>", ""},
        {"<meta http-equiv=refresh content='0; charset=big5'>", ""},
        {"<meta name=content-type content='text/html; charset=big5'>", ""},
    });
}

TEST(Prescan, prefers_the_charset_attribute_to_the_content_attribute) {
    expect_each({
        {"<meta http-equiv=content-type content='charset=big5' charset=gbk>", "gbk"},
        {"<meta charset=gbk http-equiv=content-type content='charset=big5'>", "gbk"},
        {"<meta charset=junk http-equiv=content-type content='charset=big5'>", ""},
        {"<meta http-equiv=content-type content='charset=big5' charset=junk>", ""},
    });
}

TEST(Prescan, takes_the_first_declaration_that_names_an_encoding) {
    expect_each({
        {"<meta charset=big5><meta charset=gbk>", "big5"},
        {"<meta charset=junk><meta charset=gbk>", "gbk"},
        {"<meta charset=big5 charset=gbk>", "big5"},
        {"<meta charset=junk charset=gbk>", ""},
        {"<meta http-equiv=content-type content=x content='charset=big5'>", ""},
        {"<meta http-equiv=refresh http-equiv=content-type content='charset=big5'>", ""},
    });
}

TEST(Prescan, reads_utf16_as_utf8_and_x_user_defined_as_windows_1252) {
    expect_each({
        {"<meta charset=utf-16>", "utf-8"},
        {"<meta charset=utf-16be>", "utf-8"},
        {"<meta http-equiv=content-type content='charset=utf-16le'>", "utf-8"},
        {"<meta charset=x-user-defined>", "windows-1252"},
        {"<meta charset=iso-2022-kr>", "replacement"},
    });
}

TEST(Prescan, steps_over_comments_and_other_markup) {
    expect_each({
        {"<!-- <meta charset=big5> --><meta charset=gbk>", "gbk"},
        {"<!--><meta charset=big5>", "big5"},
        {"<!---><meta charset=big5>", "big5"},
        {"<!--->--><meta charset=big5>", "big5"},
        {"<!-- > <meta charset=big5>", ""},
        {"<!-- --!> <meta charset=big5> --><meta charset=gbk>", "gbk"},
        {"<!x <meta charset=big5><meta charset=gbk>", "gbk"},
        {"<?x <meta charset=big5><meta charset=gbk>", "gbk"},
        {"</ <meta charset=big5><meta charset=gbk>", "gbk"},
        {"<a title='<meta charset=big5>'><meta charset=gbk>", "gbk"},
        {"<a title=\"<meta charset=big5>\"><meta charset=gbk>", "gbk"},
        {"</a title='<meta charset=big5>'><meta charset=gbk>", "gbk"},
        {"<a title=<meta charset=big5>", ""},
        {"<a <meta charset=big5><meta charset=gbk>", "gbk"},
        {"<metadata charset=big5>", ""},
        {"<meta>charset=big5<meta charset=gbk>", "gbk"},
        {"<script>var s = '<meta charset=big5>'</script>", "big5"},
        {"<a =x='<meta charset=big5>'><meta charset=gbk>", "gbk"},
    });
}

TEST(Prescan, declares_nothing_where_the_bytes_end_within_the_tag) {
    expect_each({
        {"", ""},
        {"<", ""},
        {"<meta", ""},
        {"<meta ", ""},
        {"<meta charset", ""},
        {"<meta charset=", ""},
        {"<meta charset=utf-8", ""},
        {"<meta charset=\"utf-8", ""},
        {"<meta charset=\"utf-8\"", ""},
        {"<meta charset=utf-8 ", ""},
        {"<!--", ""},
        {"<!", ""},
        {"<a b='", ""},
    });
}

TEST(Prescan, looks_at_1024_bytes) {
    const std::string_view meta = "<meta charset=big5>";
    const std::string blanks(kPrescanBytes - meta.size(), ' ');
    EXPECT_EQ(prescan(blanks + std::string(meta)), "big5");
    EXPECT_EQ(prescan(blanks + " " + std::string(meta)), "");
}

TEST(Prescan, falls_back_to_the_xml_declaration) {
    expect_each({
        {"<?xml version='1.0' encoding='koi8-r'?><html>", "koi8-r"},
        {"<?xml encoding = \"euc-jp\" ?>", "euc-jp"},
        {"<?xml encoding='utf-16'?>", "utf-8"},
        {"<?xml encoding='koi8-r'?><meta charset=gbk>", "gbk"},
        {"<?xml version='1.0'?><p>encoding='gbk'", ""},
        {" <?xml encoding='koi8-r'?>", ""},
        {"<?XML encoding='koi8-r'?>", ""},
        {"<?xml encoding=koi8-r?>", ""},
        {"<?xml encoding 'koi8-r'?>", ""},
        {"<?xml encoding='koi8-r", ""},
        {"<?xml encoding='koi8-r?>", ""},
        {"<?xml encoding=' koi8-r'?>", ""},
        {"<?xml encoding", ""},
        {"<?xml encoding=?>", ""},
        {"<\0?\0x\0m\0"sv, "utf-16le"},
        {"\0<\0?\0x\0m"sv, "utf-16be"},
    });
}

TEST(Prescan, reads_the_label_of_meta_content) {
    EXPECT_EQ(charset_of_meta_content("text/html; charset=utf-8"), "utf-8");
    EXPECT_EQ(charset_of_meta_content("charset=  \"utf-8\""), "utf-8");
    EXPECT_EQ(charset_of_meta_content("charsetcharset=a;b"), "a");
    EXPECT_EQ(charset_of_meta_content("charset="), "");
    EXPECT_EQ(charset_of_meta_content("charset"), "");
    EXPECT_EQ(charset_of_meta_content("charset='a"), "");
    EXPECT_EQ(charset_of_meta_content("charset=a'b"), "a'b");
}

}  // namespace
}  // namespace riptide::text
