/// What is asked of an extraction.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riptide {

enum class ExtractionMode : std::uint8_t {
    kArticle,   ///< The main content.
    kFull,      ///< All of the page's text, navigation included.
    kMetadata,  ///< No body.
    kCustom,    ///< What the CSS selectors match, in document order.
};

/// A set of what is made of a page; what is not asked for costs nothing and stays empty in the
/// document.
class Outputs {
public:
    enum Bit : std::uint8_t {
        kText = 1,
        kMarkdown = 2,
        kHtml = 4,
        kLinks = 8,
        kMedia = 16,
        kTei = 32,
        kExplanation = 64
    };
    static constexpr std::array<Bit, 7> kBits = {kText,  kMarkdown, kHtml,       kLinks,
                                                 kMedia, kTei,      kExplanation};

    constexpr Outputs() = default;
    constexpr Outputs(Bit bit) : bits_(bit) {}  // NOLINT(google-explicit-constructor): a set of one
    /// Text, Markdown, HTML, links and media.
    static constexpr Outputs usual() { return {}; }
    static constexpr Outputs none() { return Outputs(std::uint8_t{0}); }

    [[nodiscard]] constexpr bool has(Bit bit) const { return (bits_ & bit) != 0; }
    constexpr Outputs operator|(Outputs other) const {
        return Outputs(static_cast<std::uint8_t>(bits_ | other.bits_));
    }
    /// The set as a bit mask of `Bit`.
    [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }
    constexpr bool operator==(const Outputs&) const = default;

private:
    explicit constexpr Outputs(std::uint8_t bits) : bits_(bits) {}
    std::uint8_t bits_ = 31;
};

/// What the core is told beside the page itself.
struct ExtractOptions {
    std::string url;  ///< The page's address, the base of its relative URLs; empty when unknown.
    ExtractionMode mode = ExtractionMode::kArticle;
    std::vector<std::string> selectors;  ///< CSS selectors; used by `kCustom`, which needs one.
    Outputs outputs;
};

/// "article", "full", "metadata", "custom".
std::string_view to_string(ExtractionMode mode) noexcept;

}  // namespace riptide
