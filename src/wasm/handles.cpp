#include "wasm/handles.h"

namespace riptide::wasm {

std::string message_of(const wasmtime_error_t& error) {
    wasm_name_t message;
    wasmtime_error_message(&error, &message);
    std::string text(message.data, message.size);
    wasm_name_delete(&message);
    return text.substr(0, text.find('\n'));
}

}  // namespace riptide::wasm
