#include "wasm/signature.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "wit_signature.h"

namespace riptide::wasm {
namespace {

using ComponentTypeHandle = Handle<wasmtime_component_type_t, wasmtime_component_type_delete>;

/// Filled by the C API, or left as it is: what was not filled must not be deleted.
struct Item {
    wasmtime_component_item_t value{};
    bool filled = false;
    Item() = default;
    Item(const Item&) = delete;
    Item& operator=(const Item&) = delete;
    ~Item() {
        if (filled) wasmtime_component_item_delete(&value);
    }
};

struct ValType {
    wasmtime_component_valtype_t value{};
    ValType() = default;
    ValType(const ValType&) = delete;
    ValType& operator=(const ValType&) = delete;
    ~ValType() { wasmtime_component_valtype_delete(&value); }
};

/// A component may nest its types; real contracts stay far below this.
constexpr int kMaxTypeDepth = 16;

std::string spell(const wasmtime_component_valtype_t& type, int depth);

std::string spell_record(const wasmtime_component_record_type_t* record, int depth) {
    std::string out = "record{";
    for (std::size_t i = 0; i < wasmtime_component_record_type_field_count(record); ++i) {
        const char* name = nullptr;
        std::size_t size = 0;
        ValType field;
        wasmtime_component_record_type_field_nth(record, i, &name, &size, &field.value);
        if (i > 0) out += ", ";
        out.append(name, size).append(": ").append(spell(field.value, depth));
    }
    return out + "}";
}

std::string spell_variant(const wasmtime_component_variant_type_t* variant, int depth) {
    std::string out = "variant{";
    for (std::size_t i = 0; i < wasmtime_component_variant_type_case_count(variant); ++i) {
        const char* name = nullptr;
        std::size_t size = 0;
        bool has_payload = false;
        ValType payload;
        wasmtime_component_variant_type_case_nth(variant, i, &name, &size, &has_payload,
                                                 &payload.value);
        if (i > 0) out += ", ";
        out.append(name, size);
        if (has_payload) out.append("(").append(spell(payload.value, depth)).append(")");
    }
    return out + "}";
}

template <typename T, typename Count, typename Nth>
std::string spell_names(std::string_view kind, const T* type, Count count, Nth nth) {
    std::string out(kind);
    out += '{';
    for (std::size_t i = 0; i < count(type); ++i) {
        const char* name = nullptr;
        std::size_t size = 0;
        nth(type, i, &name, &size);
        if (i > 0) out += ", ";
        out.append(name, size);
    }
    return out + "}";
}

std::string spell_result(const wasmtime_component_result_type_t* result, int depth) {
    ValType ok;
    ValType err;
    const bool has_ok = wasmtime_component_result_type_ok(result, &ok.value);
    const bool has_err = wasmtime_component_result_type_err(result, &err.value);
    return "result<" + (has_ok ? spell(ok.value, depth) : std::string("_")) + ", " +
           (has_err ? spell(err.value, depth) : std::string("_")) + ">";
}

/// Spells a type out in full, as the generated wit_signature.h does.
std::string spell(const wasmtime_component_valtype_t& type, int depth) {
    if (depth == 0) return "...";
    switch (type.kind) {
        case WASMTIME_COMPONENT_VALTYPE_BOOL:
            return "bool";
        case WASMTIME_COMPONENT_VALTYPE_U8:
            return "u8";
        case WASMTIME_COMPONENT_VALTYPE_S32:
            return "s32";
        case WASMTIME_COMPONENT_VALTYPE_U32:
            return "u32";
        case WASMTIME_COMPONENT_VALTYPE_U64:
            return "u64";
        case WASMTIME_COMPONENT_VALTYPE_STRING:
            return "string";
        case WASMTIME_COMPONENT_VALTYPE_LIST: {
            ValType element;
            wasmtime_component_list_type_element(type.of.list, &element.value);
            return "list<" + spell(element.value, depth - 1) + ">";
        }
        case WASMTIME_COMPONENT_VALTYPE_OPTION: {
            ValType inner;
            wasmtime_component_option_type_ty(type.of.option, &inner.value);
            return "option<" + spell(inner.value, depth - 1) + ">";
        }
        case WASMTIME_COMPONENT_VALTYPE_RECORD:
            return spell_record(type.of.record, depth - 1);
        case WASMTIME_COMPONENT_VALTYPE_VARIANT:
            return spell_variant(type.of.variant, depth - 1);
        case WASMTIME_COMPONENT_VALTYPE_RESULT:
            return spell_result(type.of.result, depth - 1);
        case WASMTIME_COMPONENT_VALTYPE_ENUM:
            return spell_names("enum", type.of.enum_, wasmtime_component_enum_type_names_count,
                               wasmtime_component_enum_type_names_nth);
        case WASMTIME_COMPONENT_VALTYPE_FLAGS:
            return spell_names("flags", type.of.flags, wasmtime_component_flags_type_names_count,
                               wasmtime_component_flags_type_names_nth);
        default:
            return "type kind " + std::to_string(type.kind);
    }
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

/// Where two spellings part, with a little of what comes before.
std::string difference(std::string_view wanted, std::string_view found) {
    constexpr std::size_t kBefore = 24;
    constexpr std::size_t kAfter = 40;
    const auto parts = std::mismatch(wanted.begin(), wanted.end(), found.begin(), found.end());
    const auto at = static_cast<std::size_t>(parts.first - wanted.begin());
    std::size_t start = at > kBefore ? at - kBefore : 0;
    // From the beginning of a word.
    while (start > 0 && wanted[start - 1] != ' ' && wanted[start - 1] != '{') --start;
    return quoted(found.substr(start, at - start + kAfter)) + " where the contract has " +
           quoted(wanted.substr(start, at - start + kAfter));
}

Result<void> mismatch(const std::string& what) {
    return fail(ErrorClass::kEngineStart,
                "the component does not fit riptide's contract (wit/extractor.wit): " + what);
}

Result<void> check_function(const wasmtime_component_func_type_t& function) {
    const std::size_t count = wasmtime_component_func_type_param_count(&function);
    if (count != wit::kParameters.size()) {
        return mismatch("its function takes " + std::to_string(count) + " parameters instead of " +
                        std::to_string(wit::kParameters.size()));
    }
    for (std::size_t i = 0; i < count; ++i) {
        const char* name = nullptr;
        std::size_t size = 0;
        ValType type;
        wasmtime_component_func_type_param_nth(&function, i, &name, &size, &type.value);
        const wit::Parameter& wanted = wit::kParameters[i];
        if (std::string_view(name, size) != wanted.name) {
            return mismatch("its parameter " + quoted({name, size}) + " should be " +
                            quoted(wanted.name));
        }
        if (const std::string found = spell(type.value, kMaxTypeDepth); found != wanted.type) {
            return mismatch("its parameter " + quoted(wanted.name) + " has the type " +
                            difference(wanted.type, found));
        }
    }
    ValType result;
    const bool has_result = wasmtime_component_func_type_result(&function, &result.value);
    const std::string found = has_result ? spell(result.value, kMaxTypeDepth) : std::string("_");
    if (found != wit::kResult) {
        return mismatch("its result has the type " + difference(wit::kResult, found));
    }
    return {};
}

}  // namespace

Result<void> check_signature(const wasmtime_component_t& component, const wasm_engine_t& engine) {
    const ComponentTypeHandle type(wasmtime_component_type(&component));
    if (wasmtime_component_type_import_count(type.get(), &engine) != 0) {
        const char* name = nullptr;
        std::size_t size = 0;
        Item item;
        item.filled =
            wasmtime_component_type_import_nth(type.get(), &engine, 0, &name, &size, &item.value);
        return mismatch("it imports " + quoted({name, size}) +
                        ", but the sandbox gives a guest nothing to import");
    }
    Item interface;
    interface.filled = wasmtime_component_type_export_get(
        type.get(), &engine, wit::kInterface.data(), wit::kInterface.size(), &interface.value);
    if (!interface.filled || interface.value.kind != WASMTIME_COMPONENT_ITEM_COMPONENT_INSTANCE) {
        return mismatch("it does not export the interface " + quoted(wit::kInterface));
    }
    Item function;
    function.filled = wasmtime_component_instance_type_export_get(
        interface.value.of.component_instance, &engine, wit::kFunction.data(),
        wit::kFunction.size(), &function.value);
    if (!function.filled || function.value.kind != WASMTIME_COMPONENT_ITEM_COMPONENT_FUNC) {
        return mismatch("its interface " + quoted(wit::kInterface) + " has no function " +
                        quoted(wit::kFunction));
    }
    return check_function(*function.value.of.component_func);
}

}  // namespace riptide::wasm
