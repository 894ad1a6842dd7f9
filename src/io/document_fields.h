/// Chosen fields of documents, as JSON, written straight into a text.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/options.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riptide::io {

/// A set of the fields that `to_json(Document)` has, and of "tei".
class DocumentFields {
public:
    /// Those of the usual outputs.
    static DocumentFields usual() { return with(Outputs::usual()); }
    /// All but the renderings that are not among `outputs`.
    static DocumentFields with(Outputs outputs);
    /// `names` are separated by commas; "status" is always among them. Error: `kUsage`, for a name
    /// that is none.
    static Result<DocumentFields> named(std::string_view names);

    /// What an extraction must render for them.
    [[nodiscard]] Outputs outputs() const;
    [[nodiscard]] bool has(std::size_t index) const { return (bits_ >> index & 1) != 0; }

private:
    explicit DocumentFields(std::uint32_t bits) : bits_(bits) {}
    std::uint32_t bits_;
};

/// In the order in which they are written.
std::vector<std::string_view> document_field_names();

/// Appends `"status":"ok","title":...`: the chosen members as `to_json` has them, without braces.
void append_fields(const Document& document, DocumentFields fields, std::string& out);

/// Appends UTF-8 as a JSON string, quotes included.
void append_json(std::string_view utf8, std::string& out);

}  // namespace riptide::io
