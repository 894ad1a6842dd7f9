#include "wasm/marshal.h"

#include <string>

namespace riptide::wasm {
namespace {

/// A name that is only read: the C API's type has no const variant.
wasm_name_t borrow(std::string_view text) {
    return wasm_name_t{text.size(), const_cast<char*>(text.data())};
}

wasmtime_component_val_t string_value(std::string_view text) {
    wasmtime_component_val_t value{};
    value.kind = WASMTIME_COMPONENT_STRING;
    value.of.string = borrow(text);
    return value;
}

std::string_view view(const wasm_name_t& name) { return {name.data, name.size}; }

/// Reads a record's fields one after the other, in the order of the contract.
class FieldReader {
public:
    explicit FieldReader(const wasmtime_component_val_t& record) : at_(record.of.record.data) {}

    std::string string() { return std::string(view(next().of.string)); }
    std::uint32_t u32() { return next().of.u32; }

    std::vector<std::string> strings() {
        return list<std::string>([](const wasmtime_component_val_t& value) {
            return std::string(view(value.of.string));
        });
    }

    template <typename T, typename Read>
    std::vector<T> list(Read read) {
        const wasmtime_component_vallist_t& values = next().of.list;
        std::vector<T> out;
        out.reserve(values.size);
        for (std::size_t i = 0; i < values.size; ++i) out.push_back(read(values.data[i]));
        return out;
    }

    template <typename Enum>
    Enum enumeration(Enum last) {
        return read_enum(next(), last);
    }

    /// The enumerators are spelled in the contract as `to_string` spells them.
    template <typename Enum>
    static Enum read_enum(const wasmtime_component_val_t& value, Enum last) {
        const std::string_view name = view(value.of.enumeration);
        for (int i = 0; i < static_cast<int>(last); ++i) {
            if (to_string(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
        }
        return last;
    }

private:
    const wasmtime_component_val_t& next() { return (at_++)->val; }
    const wasmtime_component_valrecord_entry_t* at_;
};

Link read_link(const wasmtime_component_val_t& value) {
    FieldReader fields(value);
    Link link;
    link.url = fields.string();
    link.text = fields.string();
    link.rel = fields.string();
    return link;
}

Media read_media(const wasmtime_component_val_t& value) {
    FieldReader fields(value);
    Media media;
    media.url = fields.string();
    media.kind = fields.enumeration(MediaKind::kEmbed);
    media.alt = fields.string();
    return media;
}

Document read_document(const wasmtime_component_val_t& value) {
    FieldReader fields(value);
    Document document;
    document.status = fields.enumeration(Status::kEmpty);
    document.url = fields.string();
    document.canonical_url = fields.string();
    document.title = fields.string();
    document.byline = fields.string();
    document.published = fields.string();
    document.modified = fields.string();
    document.language = fields.string();
    document.dir = fields.string();
    document.site_name = fields.string();
    document.description = fields.string();
    document.text = fields.string();
    document.markdown = fields.string();
    document.html = fields.string();
    document.links = fields.list<Link>(read_link);
    document.media = fields.list<Media>(read_media);
    document.categories = fields.strings();
    document.tags = fields.strings();
    document.word_count = fields.u32();
    document.reading_time_minutes = fields.u32();
    document.quality_score = fields.u32();
    document.page_type = fields.enumeration(PageType::kOther);
    document.truncated = fields.list<Truncation>([](const wasmtime_component_val_t& cut) {
        return FieldReader::read_enum(cut, Truncation::kOutput);
    });
    document.engine = Engine::kWasm;
    return document;
}

Error read_error(const wasmtime_component_val_t& value) {
    const std::string_view name = view(value.of.variant.discriminant);
    std::string detail(view(value.of.variant.val->of.string));
    for (const ErrorClass error_class :
         {ErrorClass::kInvalidHtml, ErrorClass::kParseError, ErrorClass::kResourceLimit,
          ErrorClass::kUnsupportedMode}) {
        if (traits(error_class).name == name) return Error{error_class, std::move(detail)};
    }
    return Error{ErrorClass::kInternalError, std::move(detail)};
}

}  // namespace

Arguments::Arguments(std::string_view html, const ExtractOptions& options) {
    values_[0] = string_value(html);

    wasmtime_component_val_t mode{};
    mode.kind = WASMTIME_COMPONENT_VARIANT;
    mode.of.variant.discriminant = borrow(to_string(options.mode));
    if (options.mode == ExtractionMode::kCustom) {
        selector_values_.reserve(options.selectors.size());
        for (const std::string& selector : options.selectors) {
            selector_values_.push_back(string_value(selector));
        }
        selectors_.kind = WASMTIME_COMPONENT_LIST;
        selectors_.of.list = {selector_values_.size(), selector_values_.data()};
        mode.of.variant.val = &selectors_;
    }

    constexpr std::array<std::pair<Outputs::Bit, std::string_view>, 5> kOutputs = {{
        {Outputs::kText, "text"},
        {Outputs::kMarkdown, "markdown"},
        {Outputs::kHtml, "html"},
        {Outputs::kLinks, "links"},
        {Outputs::kMedia, "media"},
    }};
    std::size_t count = 0;
    for (const auto& [bit, name] : kOutputs) {
        if (options.outputs.has(bit)) output_names_[count++] = borrow(name);
    }
    wasmtime_component_val_t outputs{};
    outputs.kind = WASMTIME_COMPONENT_FLAGS;
    outputs.of.flags = {count, output_names_.data()};

    fields_[0] = {borrow("url"), string_value(options.url)};
    fields_[1] = {borrow("mode"), mode};
    fields_[2] = {borrow("outputs"), outputs};
    values_[1].kind = WASMTIME_COMPONENT_RECORD;
    values_[1].of.record = {fields_.size(), fields_.data()};
}

Result<Document> unmarshal(const wasmtime_component_val_t& result) {
    const wasmtime_component_valresult_t& value = result.of.result;
    if (!value.is_ok) return tl::unexpected(read_error(*value.val));
    return read_document(*value.val);
}

}  // namespace riptide::wasm
