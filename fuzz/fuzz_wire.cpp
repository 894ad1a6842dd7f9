// What a helper process answers, in the parent: a document arrives as it was sent, and whatever is
// wrong with the bytes, nothing is read that is not there and no promise of a document is broken.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "pool/document_wire.h"
#include "pool/native_extractor.h"

namespace {

/// Accepts nothing but what would be sent for what was read.
void check(std::string_view bytes) {
    const auto result = riptide::decode_result(bytes);
    if (!result) return;
    if (riptide::encode_result(*result) != bytes) std::abort();
    if (*result && riptide::first_invalid_utf8((*result)->text) != (*result)->text.size()) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const riptide::NativeExtractor kExtractor;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check(input);
    riptide::Request request;
    request.bytes = input;
    auto document = kExtractor.extract(request, riptide::Deadline::never());
    if (!document) return 0;
    document->encoding.clear();  // for the host to tell
    const std::string sent = riptide::encode_result(document);
    const auto received = riptide::decode_result(sent);
    if (!received || !*received || !(**received == *document)) std::abort();
    check(std::string_view(sent).substr(0, sent.size() / 2));
    // The page's last bytes choose what goes wrong, so that seeds stay pages.
    for (std::size_t i = 0; i < 32 && i + 4 < size; ++i) {
        std::string wrong = sent;
        const std::size_t place = data[size - 1 - i] * 256U + data[size - 2 - i];
        wrong[place % wrong.size()] = static_cast<char>(data[size - 3 - i]);
        wrong[(place * 31) % wrong.size()] ^= static_cast<char>(data[size - 4 - i]);
        check(wrong);
    }
    return 0;
}
