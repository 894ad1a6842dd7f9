#include "text/sniff.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

namespace riptide::text {
namespace {

using std::string_view_literals::operator""sv;

TEST(BinaryKind, names_files_by_their_signature) {
    struct FileCase {
        std::string_view bytes;
        std::string_view kind;
    };
    const FileCase cases[] = {
        {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"sv, "a PNG image"},
        {"\xFF\xD8\xFF\xE0\0\x10JFIF"sv, "a JPEG image"},
        {"GIF89a\1\0\1\0"sv, "a GIF image"},
        {"RIFF\x24\0\0\0WEBPVP8 "sv, "a WebP image"},
        {"BM\x36\0\0\0\0\0\0\0\x36\0"sv, "a BMP image"},
        {"\0\0\0\x20"
         "ftypavif"sv,
         "an AVIF image"},
        {"\0\0\0\x18"
         "ftypmp42"sv,
         "an MP4 video"},
        {"%PDF-1.7\n%"sv, "a PDF document"},
        {"{\\rtf1\\ansi"sv, "an RTF document"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "a Microsoft Office document"},
        {"\x1F\x8B\x08\0"sv, "a gzip file"},
        {"PK\3\4\x14\0"sv, "a ZIP archive"},
        {"7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive"},
        {"\x28\xB5\x2F\xFD\4"sv, "a Zstandard file"},
        {"BZh91AY&SY"sv, "a bzip2 file"},
        {"\x7F\x45LF\2\1\1"sv, "an ELF program"},
        {"MZ\x90\0\3\0\0\0\4\0\0\0\xFF\xFF"sv, "a Windows program"},
        {"\0asm\1\0\0\0"sv, "a WebAssembly module"},
        {"SQLite format 3\0"sv, "an SQLite database"},
        {"OggS\0\2"sv, "an Ogg file"},
        {"ID3\3\0"sv, "an MP3 sound"},
        {"wOF2\0\1\0\0\0\0\1"sv, "a WOFF2 font"},
    };
    for (const FileCase& c : cases) {
        EXPECT_EQ(binary_kind(c.bytes), c.kind);
        EXPECT_EQ(signature_kind(c.bytes), c.kind);
    }
    EXPECT_EQ(binary_kind(std::string(257, 'x') + "ustar"), "a tar archive");
}

TEST(BinaryKind, lets_text_pass_that_begins_like_a_signature) {
    for (std::string_view text :
         {"BMW builds cars, and has built them for long"sv, "MZ is short for Mozambique, or not"sv,
          "RIFF RAFF and others"sv, "PK is a film"sv, "GIF8 is no version"sv,
          "ID3 tags explained"sv, "%PD"sv, "\x89PN"sv, "OTTO was here"sv, "II* is a rank"sv,
          "FORM follows function, always"sv, "wOFF is a font format"sv, ""sv, "<"sv}) {
        EXPECT_EQ(binary_kind(text), "") << text;
    }
}

TEST(BinaryKind, sees_binary_data_without_a_signature) {
    std::mt19937 random(7);
    std::string noise(4000, '\0');
    for (char& c : noise) c = static_cast<char>(random() % 256);
    EXPECT_EQ(binary_kind("x" + noise), "binary data");
    EXPECT_EQ(binary_kind(std::string(100, '\0')), "binary data");
    EXPECT_EQ(binary_kind(std::string(16, '\1')), "binary data");
    EXPECT_EQ(signature_kind("x" + noise), "");
}

TEST(BinaryKind, lets_pages_pass_that_hold_some_control_characters) {
    EXPECT_EQ(binary_kind("<p>a\0b\1c</p>"sv), "");
    EXPECT_EQ(binary_kind(std::string(15, '\0')), "");
    std::string page = "<p>";
    for (int i = 0; i < 40; ++i) page += "twenty-odd letters, then \0"sv;
    EXPECT_EQ(binary_kind(page), "");
    EXPECT_EQ(binary_kind("\t\n\f\r\x1B\t\n\f\r\x1B\t\n\f\r\x1B\t\n\f\r\x1B"), "");
    // What comes late does not take the page back.
    EXPECT_EQ(binary_kind(std::string(4096, 'a') + std::string(4096, '\0')), "");
}

TEST(BinaryKind, lets_utf16_pass) {
    std::string little;
    std::string big;
    for (char c : "<!DOCTYPE html><p>Some text"sv) {
        little.append({c, '\0'});
        big.append({'\0', c});
    }
    EXPECT_EQ(binary_kind(little), "");
    EXPECT_EQ(binary_kind(big), "");
    EXPECT_EQ(binary_kind("\xFF\xFE" + std::string(100, '\1')), "");
    EXPECT_EQ(binary_kind("\xFE\xFF" + std::string(100, '\1')), "");
}

}  // namespace
}  // namespace riptide::text
