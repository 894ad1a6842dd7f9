/// C++ values to the contract's and back.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/options.h>

#include <string_view>
#include <vector>

#include "wasm/shim.h"

namespace riptide::wasm {

/// The same text in the shim's type.
inline riptide_text_t borrow(std::string_view text) { return {text.data(), text.size()}; }

/// The options of a call, as views of the caller's strings: valid as long as those live.
class Arguments {
public:
    explicit Arguments(const ExtractOptions& options);
    Arguments(const Arguments&) = delete;
    Arguments& operator=(const Arguments&) = delete;

    [[nodiscard]] const riptide_options_t& options() const { return options_; }

private:
    std::vector<riptide_text_t> selectors_;
    riptide_options_t options_{};
};

/// Takes one call's result, copying what is kept.
class Receiver {
public:
    Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    /// For the call; valid as long as the receiver.
    [[nodiscard]] const riptide_receiver_t& callbacks() const { return callbacks_; }
    /// After the call: its document, or the guest's typed error.
    [[nodiscard]] Result<Document> result() && { return std::move(result_); }

private:
    riptide_receiver_t callbacks_{};
    Result<Document> result_;
};

}  // namespace riptide::wasm
