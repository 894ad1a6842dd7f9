/// What the block classifier's features are called, and their values as people read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace riptide::core {

class FeatureNames {
public:
    FeatureNames();

    /// As many as the features of `read_features` and, after them, `Opinions`, in the same order.
    [[nodiscard]] std::size_t size() const { return features_.size(); }
    /// "link share", "1 before: length".
    [[nodiscard]] const std::string& name(std::size_t feature) const {
        return features_[feature].name;
    }
    /// "63%", "120", "yes", "p".
    [[nodiscard]] std::string value(std::size_t feature, std::uint8_t value) const;

private:
    /// What a byte stands for.
    enum class Scale : std::uint8_t {
        kAmount,   // on `log_scale`
        kShare,    // on `share_scale`
        kFlag,     // 0 or 1
        kTag,      // on `tag_scale`
        kRuling,   // one
        kRulings,  // of both sets of rules
        kLevels,   // 64 less the levels up to an element; 0 for none
        kOffset,   // 128 more than a difference; 0 for none
        kPart,     // before, inside or after
        kNumber,
    };
    struct Feature {
        std::string name;
        Scale scale;
        bool of_neighbour = false;
    };

    void name_told();
    void name_own();
    void name_places();
    void name_scopes();
    void name_page();
    void name_opinions();
    void add(std::string name, Scale scale) { features_.push_back({std::move(name), scale}); }

    std::vector<Feature> features_;
};

}  // namespace riptide::core
