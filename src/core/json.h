/// A reader for the JSON that pages carry (JSON-LD): hostile, and often not quite JSON.
///
/// The values of a text lie in one flat array in document order, a container's values right after
/// it up to `end`, so walking them is a loop. Reading is iterative and linear in the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riptide::core {

enum class JsonKind : std::uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };

/// Index of a value in document order.
using JsonId = std::uint32_t;
inline constexpr JsonId kNoJson = 0xFFFFFFFF;

struct JsonValue {
    JsonKind kind;
    JsonId parent;  ///< `kNoJson` for values at the top.
    JsonId end;     ///< One past the last value inside.
    // Ranges of the decoded strings.
    std::uint32_t key_at;
    std::uint32_t key_size;
    std::uint32_t text_at;
    std::uint32_t text_size;
};

/// The values of one text. There may be several at the top: `for (id = 0; id < size(); id = end)`.
/// Views it hands out live as long as it does.
class Json {
public:
    /// Containers nested deeper are dropped with what is in them.
    static constexpr std::uint32_t kMaxDepth = 64;
    /// Reading stops after so many values.
    static constexpr std::uint32_t kMaxValues = 200'000;

    /// Never fails: keeps what can be read. Beyond RFC 8259 it takes trailing and missing commas,
    /// comments, `<!-- -->` and CDATA wrappers, control characters in strings, quotes in a string
    /// that its writer forgot to escape, and a text that ends early.
    static Json parse(std::string_view text);

    [[nodiscard]] JsonId size() const { return static_cast<JsonId>(values_.size()); }
    [[nodiscard]] const JsonValue& operator[](JsonId id) const { return values_[id]; }
    /// The member's name; empty for values that are not in an object.
    [[nodiscard]] std::string_view key(JsonId id) const {
        return std::string_view(strings_).substr(values_[id].key_at, values_[id].key_size);
    }
    /// A string's decoded text, the digits of a number; else empty.
    [[nodiscard]] std::string_view text(JsonId id) const {
        return std::string_view(strings_).substr(values_[id].text_at, values_[id].text_size);
    }

private:
    friend class JsonReader;
    std::vector<JsonValue> values_;
    std::string strings_;
};

}  // namespace riptide::core
