#include "text/transcode.h"

#include <lexbor/encoding/encoding.h>

#include <array>

#include "base/utf8.h"
#include "text/label.h"

namespace riptide::text {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr lxb_codepoint_t kReplacementCodePoint = 0xFFFD;

void append(std::string& out, lxb_codepoint_t code) {
    const auto put = [&](lxb_codepoint_t byte) { out += static_cast<char>(byte); };
    const auto put_trail = [&](int shift) { put(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put_trail(0);
    } else if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        out += kReplacement;
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put_trail(6);
        put_trail(0);
    } else {
        put(0xF0 | (code >> 18));
        put_trail(12);
        put_trail(6);
        put_trail(0);
    }
}

std::string run_decoder(std::string_view bytes, const lxb_encoding_data_t* encoding) {
    std::array<lxb_codepoint_t, 4096> codes;
    lxb_encoding_decode_t decoder{};
    lxb_encoding_decode_init(&decoder, encoding, codes.data(), codes.size());
    lxb_encoding_decode_replace_set(&decoder, &kReplacementCodePoint, 1);

    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    const auto flush = [&] {
        const std::size_t used = lxb_encoding_decode_buf_used(&decoder);
        for (std::size_t i = 0; i < used; ++i) append(out, codes[i]);
        lxb_encoding_decode_buf_used_set(&decoder, 0);
    };
    const auto* data = reinterpret_cast<const lxb_char_t*>(bytes.data());
    const lxb_char_t* end = data + bytes.size();
    lxb_status_t status = LXB_STATUS_OK;
    do {
        status = encoding->decode(&decoder, &data, end);
        flush();
    } while (status == LXB_STATUS_SMALL_BUFFER);
    lxb_encoding_decode_finish(&decoder);
    flush();
    return out;
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view name) {
    if (bytes.empty()) return {};
    if (name == "utf-8") return valid_utf8(bytes);
    if (name == "replacement") return std::string(kReplacement);
    return run_decoder(bytes, lxb_encoding_data_by_name(
                                  reinterpret_cast<const lxb_char_t*>(name.data()), name.size()));
}

bool keeps_ascii(std::string_view name) {
    return !is_utf16(name) && name != "iso-2022-jp" && name != "replacement";
}

}  // namespace riptide::text
