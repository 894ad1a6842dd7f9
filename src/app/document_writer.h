/// Documents in the formats of the command line.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>

#include <cstdint>
#include <string>

#include "app/extract_plan.h"
#include "app/output.h"

namespace riptide::app {

/// Whether each document must be told apart from others.
enum class InputCount : std::uint8_t { kOne, kSeveral };

/// Writes the results of a run, one `add` for each input in order, then `finish`.
class DocumentWriter {
public:
    /// `output` must outlive the writer.
    DocumentWriter(Output& output, Format format, InputCount count);

    /// What the format has a place for: text, markdown, html and tei take documents that have
    /// content; jsonl, and json of several inputs, take everything. Error: `kIo`.
    Result<void> add(const std::string& input, const Result<Document>& result);
    /// Error: `kIo`.
    Result<void> finish();

    /// False when nothing was written, so that no file should be made.
    [[nodiscard]] bool has_written() const { return has_written_; }

private:
    Result<void> write(std::string_view data);
    Result<void> add_json(const std::string& input, const Result<Document>& result);
    Result<void> add_text(const std::string& input, const Document& document);

    Output& output_;
    Format format_;
    InputCount count_;
    bool has_written_ = false;
};

}  // namespace riptide::app
