/// The core inside the sandbox: a fresh store for every call.
#pragma once

#include <riptide/config.h>
#include <riptide/extractor.h>

#include <memory>

namespace riptide {

/// One engine, one compiled component, one linker; each call makes a store, uses it once, and
/// destroys it, whatever the outcome. At most `max_pool_size` calls run at once; the others wait,
/// bounded by their deadline. Thread-safe.
class WasmExtractor final : public Extractor {
public:
    /// Brings the engine up, from the AOT cache where it can. Error: `kEngineStart` with a sentence
    /// that says what is wrong (component file, its exports or imports, address space, ...).
    static Result<std::unique_ptr<WasmExtractor>> create(const ExtractorConfig& config);
    ~WasmExtractor() override;

    [[nodiscard]] Result<Document> extract(const Request& request,
                                           Deadline deadline) const override;

private:
    struct Impl;
    explicit WasmExtractor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace riptide
