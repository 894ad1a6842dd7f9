#include "text/sniff.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "text/detect.h"

namespace riptide::text {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
    std::string_view start;
    /// What follows at `rest_at`; empty when `start` is enough.
    std::string_view rest;
    std::size_t rest_at;
    std::string_view kind;
};

constexpr auto kSignatures = std::to_array<Signature>({
    {"\x89PNG\r\n\x1A\n"sv, "", 0, "a PNG image"},
    {"\xFF\xD8\xFF"sv, "", 0, "a JPEG image"},
    {"GIF87a"sv, "", 0, "a GIF image"},
    {"GIF89a"sv, "", 0, "a GIF image"},
    {"RIFF"sv, "WEBP", 8, "a WebP image"},
    {"BM"sv, "\0\0\0\0"sv, 6, "a BMP image"},
    {"\0\0\1\0"sv, "", 0, "an icon"},
    {"\0\0\2\0"sv, "", 0, "an icon"},
    {"II*\0"sv, "", 0, "a TIFF image"},
    {"MM\0*"sv, "", 0, "a TIFF image"},
    {"\0\0\0"sv, "ftypavif", 4, "an AVIF image"},
    {"\0\0\0"sv, "ftyphei", 4, "a HEIC image"},
    {"\0\0\0\x0CJXL "sv, "", 0, "a JPEG XL image"},
    {"%PDF-"sv, "", 0, "a PDF document"},
    {"%!PS-Adobe-"sv, "", 0, "a PostScript document"},
    {"{\\rtf"sv, "", 0, "an RTF document"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "", 0, "a Microsoft Office document"},
    {"\x1F\x8B\x08"sv, "", 0, "a gzip file"},
    {"PK\3\4"sv, "", 0, "a ZIP archive"},
    {"PK\5\6"sv, "", 0, "a ZIP archive"},
    {"Rar!\x1A\7"sv, "", 0, "a RAR archive"},
    {"7z\xBC\xAF\x27\x1C"sv, "", 0, "a 7-Zip archive"},
    {"\x28\xB5\x2F\xFD"sv, "", 0, "a Zstandard file"},
    {"\xFD\x37zXZ\0"sv, "", 0, "an XZ file"},
    {"BZh"sv, "1AY&SY", 4, "a bzip2 file"},
    {""sv, "ustar", 257, "a tar archive"},
    {"\x7F\x45\x4C\x46"sv, "", 0, "an ELF program"},
    {"MZ"sv, "\0\0"sv, 10, "a Windows program"},
    {"\xCF\xFA\xED\xFE"sv, "", 0, "a Mach-O program"},
    {"\xCA\xFE\xBA\xBE"sv, "", 0, "a Java class or Mach-O program"},
    {"\0asm"sv, "", 0, "a WebAssembly module"},
    {"SQLite format 3\0"sv, "", 0, "an SQLite database"},
    {"RIFF"sv, "WAVE", 8, "a WAVE sound"},
    {"RIFF"sv, "AVI ", 8, "an AVI video"},
    {"FORM"sv, "AIFF", 8, "an AIFF sound"},
    {"ID3\2"sv, "", 0, "an MP3 sound"},
    {"ID3\3"sv, "", 0, "an MP3 sound"},
    {"ID3\4"sv, "", 0, "an MP3 sound"},
    {"fLaC\0"sv, "", 0, "a FLAC sound"},
    {"MThd\0\0\0\6"sv, "", 0, "a MIDI sound"},
    {"OggS\0"sv, "", 0, "an Ogg file"},
    {"\x1A\x45\xDF\xA3"sv, "", 0, "a Matroska or WebM video"},
    {"\0\0"sv, "ftyp", 4, "an MP4 video"},
    {"wOFF"sv, "\0"sv, 8, "a WOFF font"},
    {"wOF2"sv, "\0"sv, 8, "a WOFF2 font"},
    {"OTTO\0"sv, "", 0, "an OpenType font"},
    {"\0\1\0\0"sv, "", 0, "a TrueType font"},
    {"ttcf\0"sv, "", 0, "a TrueType font collection"},
});

constexpr std::size_t kSearched = 4096;
constexpr std::size_t kFewest = 16;
constexpr std::size_t kOneIn = 20;

bool is_binary_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) ||
           (byte >= 0x1C && byte <= 0x1F);
}

bool matches(std::string_view bytes, const Signature& signature) {
    if (!bytes.starts_with(signature.start)) return false;
    return bytes.size() >= signature.rest_at &&
           bytes.substr(signature.rest_at).starts_with(signature.rest);
}

}  // namespace

std::string_view signature_kind(std::string_view bytes) {
    for (const Signature& signature : kSignatures) {
        if (matches(bytes, signature)) return signature.kind;
    }
    return {};
}

std::string_view binary_kind(std::string_view bytes) {
    if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE")) return {};
    if (const std::string_view kind = signature_kind(bytes); !kind.empty()) return kind;
    if (!detect_utf16(bytes).empty()) return {};
    const std::string_view head = bytes.substr(0, kSearched);
    const auto count =
        static_cast<std::size_t>(std::count_if(head.begin(), head.end(), is_binary_byte));
    return count >= kFewest && count * kOneIn > head.size() ? "binary data" : std::string_view();
}

}  // namespace riptide::text
