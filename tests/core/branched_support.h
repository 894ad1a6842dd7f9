/// Branched forests for tests, made of trees that can be walked.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "core/branched_forest.h"

namespace riptide::core {

struct WalkedNode {
    std::size_t feature;
    std::uint8_t threshold;
    /// Leaves on its left and on its right.
    std::size_t begin;
    std::size_t middle;
    std::size_t end;
};

struct WalkedTree {
    std::vector<WalkedNode> nodes;
    std::vector<std::int8_t> leaves;

    [[nodiscard]] std::int32_t walk(std::span<const std::uint8_t> features) const {
        std::size_t begin = 0;
        std::size_t end = leaves.size();
        while (end - begin > 1) {
            const auto node = std::find_if(nodes.begin(), nodes.end(), [&](const WalkedNode& of) {
                return of.begin == begin && of.end == end;
            });
            if (features[node->feature] > node->threshold) {
                begin = node->middle;
            } else {
                end = node->middle;
            }
        }
        return leaves[begin];
    }
};

/// Of any shape, with 1 to `kBranchedLeaves` leaves. No way down asks the same question twice.
inline WalkedTree random_tree(std::mt19937& random, std::size_t features) {
    const auto below = [&](std::size_t bound) { return random() % bound; };
    WalkedTree tree;
    tree.leaves.resize(1 + below(kBranchedLeaves));
    for (std::int8_t& leaf : tree.leaves) leaf = static_cast<std::int8_t>(random());
    std::vector<std::pair<std::size_t, std::size_t>> open = {{0, tree.leaves.size()}};
    while (!open.empty()) {
        const auto [begin, end] = open.back();
        open.pop_back();
        if (end - begin < 2) continue;
        WalkedNode node{below(features), static_cast<std::uint8_t>(below(255)), begin,
                        begin + 1 + below(end - begin - 1), end};
        const auto asks_the_same = [&](const WalkedNode& of) {
            return of.feature == node.feature && of.threshold == node.threshold;
        };
        while (std::any_of(tree.nodes.begin(), tree.nodes.end(), asks_the_same)) {
            node.threshold = static_cast<std::uint8_t>(below(255));
        }
        tree.nodes.push_back(node);
        open.emplace_back(begin, node.middle);
        open.emplace_back(node.middle, end);
    }
    return tree;
}

/// Trees as a forest's lists.
class MadeForest {
public:
    explicit MadeForest(const std::vector<WalkedTree>& trees) {
        // By feature, threshold, and where; more than one node of a tree may ask the same.
        std::vector<std::tuple<std::size_t, std::uint8_t, std::size_t, unsigned>> all;
        for (std::size_t t = 0; t < trees.size(); ++t) {
            for (const WalkedNode& node : trees[t].nodes) {
                const unsigned bits = (1U << node.middle) - (1U << node.begin);
                for (std::size_t byte = 0; byte < kLeafBytes; ++byte) {
                    const unsigned part = bits >> (8 * byte) & 255U;
                    if (part == 0) continue;
                    all.emplace_back(node.feature, node.threshold, t * kLeafBytes + byte, part);
                }
            }
            auto& leaves = leaves_.emplace_back();
            std::copy(trees[t].leaves.begin(), trees[t].leaves.end(), leaves.begin());
        }
        std::sort(all.begin(), all.end());
        const auto place = [](const auto& list) { return static_cast<std::uint16_t>(list.size()); };
        const std::tuple<std::size_t, std::uint8_t, std::size_t, unsigned>* last = nullptr;
        for (const auto& entry : all) {
            const auto& [feature, threshold, at, bits] = entry;
            const bool is_new = last == nullptr || std::get<0>(*last) != feature;
            if (is_new) {
                features_.push_back({static_cast<std::uint16_t>(feature), place(questions_)});
            }
            if (is_new || std::get<1>(*last) != threshold) {
                questions_.push_back({FeatureTable::biased(threshold), place(ruled_out_)});
            }
            ruled_out_.push_back({static_cast<std::uint16_t>(at), static_cast<std::int8_t>(bits)});
            last = &entry;
        }
        features_.push_back({0, place(questions_)});
        questions_.push_back({0, place(ruled_out_)});
    }

    [[nodiscard]] BranchedForest forest() const {
        return {features_, questions_, ruled_out_, leaves_};
    }

private:
    std::vector<FeatureQuestions> features_;
    std::vector<SharedQuestion> questions_;
    std::vector<RuledOut> ruled_out_;
    std::vector<std::array<std::int8_t, kBranchedLeaves>> leaves_;
};

/// The sum of the means of the trees' leaves, of a forest whose trees have all leaves there can be.
inline double mean_of_trees(const BranchedForest& forest) {
    double sum = 0;
    for (const auto& leaves : forest.leaves)
        sum += std::accumulate(leaves.begin(), leaves.end(), 0.0);
    return sum / kBranchedLeaves;
}

}  // namespace riptide::core
