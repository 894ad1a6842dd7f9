/// C++ values to component values and back.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/options.h>

#include <wasmtime/component.h>

#include <array>
#include <string_view>
#include <vector>

namespace riptide::wasm {

/// The two arguments of `extract`, as views of the caller's strings: valid as long as those live.
/// Every string must be valid UTF-8: Wasmtime aborts the process on any other.
class Arguments {
public:
    Arguments(std::string_view html, const ExtractOptions& options);
    Arguments(const Arguments&) = delete;
    Arguments& operator=(const Arguments&) = delete;

    static constexpr std::size_t kCount = 2;
    [[nodiscard]] const wasmtime_component_val_t* data() const { return values_.data(); }

private:
    wasmtime_component_val_t selectors_{};
    std::vector<wasmtime_component_val_t> selector_values_;
    std::array<wasm_name_t, 5> output_names_{};
    std::array<wasmtime_component_valrecord_entry_t, 3> fields_{};
    std::array<wasmtime_component_val_t, kCount> values_{};
};

/// Takes the guest's result apart, copying what is kept. The component's types were checked when it
/// was loaded. Error: the guest's typed error.
Result<Document> unmarshal(const wasmtime_component_val_t& result);

}  // namespace riptide::wasm
