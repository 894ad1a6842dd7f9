// What a helper process answers, in the parent: any bytes are a document that keeps its promises, an
// error of the core, or nothing. What is accepted reads the same when it is sent again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "pool/document_wire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto result = riptide::decode_result({reinterpret_cast<const char*>(data), size});
    if (!result) return 0;
    const std::string again = riptide::encode_result(*result);
    if (again != std::string(reinterpret_cast<const char*>(data), size)) std::abort();
    if (*result && riptide::first_invalid_utf8((*result)->text) != (*result)->text.size()) {
        std::abort();
    }
    return 0;
}
