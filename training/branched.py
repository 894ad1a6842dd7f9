"""Boosted trees with a question at each node, as tables that src/core/branched_forest.cpp evaluates."""
import lightgbm
import numpy as np

LEAVES = 16
LOGIT_UNIT = 128
RATE = 0.06


class BranchedForest:
    """Of each tree: its nodes, as (feature, threshold, first leaf on the left, first leaf on the right), and its
    leaves, numbered from the left."""

    def __init__(self, trees):
        self.trees = trees

    def scores(self, table):
        """`table`: features x rows, bytes."""
        rows = table.shape[1]
        scores = np.zeros(rows, np.int64)
        for nodes, leaves in self.trees:
            left = np.full(rows, (1 << len(leaves)) - 1)
            for feature, threshold, begin, middle in nodes:
                left &= ~np.where(table[feature] > threshold, (1 << middle) - (1 << begin), 0)
            scores += leaves[np.bitwise_count((left & -left) - 1)]
        return scores


def fit(rows, label, weight, trees, seed):
    """`rows`: rows x features, bytes. Labels are shares, 0 to 1. Thresholds are drawn by lot, and only the best of
    the features' draws is taken: so trees differ more from each other, and their sum is better."""
    settings = dict(objective="cross_entropy", num_leaves=LEAVES, learning_rate=RATE, feature_fraction=0.4,
                    bagging_fraction=0.7, bagging_freq=1, lambda_l2=15, min_data_in_leaf=60, extra_trees=True,
                    boost_from_average=False, max_bin=63, seed=seed, deterministic=True, force_row_wise=True,
                    num_threads=1, verbose=-1)
    data = lightgbm.Dataset(rows, label, weight=weight / weight.mean(), params=settings)
    model = lightgbm.train(settings, data, num_boost_round=trees).dump_model()
    return BranchedForest([convert(tree["tree_structure"]) for tree in model["tree_info"]])


def convert(root):
    nodes, leaves = [], []

    def walk(node):
        if "leaf_value" in node:
            leaves.append(node["leaf_value"])
            return
        begin = len(leaves)
        walk(node["left_child"])
        nodes.append((node["split_feature"], int(np.floor(node["threshold"])), begin, len(leaves)))
        walk(node["right_child"])

    walk(root)
    return nodes, np.clip(np.rint(np.array(leaves) * LOGIT_UNIT), -128, 127).astype(np.int64)


def tables(forest):
    """The lists of a riptide::core::BranchedForest."""
    ruled_out = []  # (feature, threshold, tree and byte, bits)
    for t, (nodes, _) in enumerate(forest.trees):
        for feature, threshold, begin, middle in nodes:
            bits = (1 << middle) - (1 << begin)
            for byte in range(LEAVES // 8):
                part = bits >> (8 * byte) & 255
                if part:
                    ruled_out.append((feature, threshold, t * (LEAVES // 8) + byte, part))
    ruled_out.sort()
    features, questions = [], []
    for at, (feature, threshold, _, _) in enumerate(ruled_out):
        new = not features or features[-1][0] != feature
        if new or questions[-1][0] != threshold:
            if new:
                features.append((feature, len(questions)))
            questions.append((threshold, at))
    features.append((0, len(questions)))
    questions.append((0, len(ruled_out)))
    return features, questions, [entry[2:] for entry in ruled_out]


def rows_of(entries, per_line):
    texts = ["{" + ", ".join(map(str, entry)) + "}" for entry in entries]
    return ["    " + ", ".join(texts[i:i + per_line]) + "," for i in range(0, len(texts), per_line)]


def write_second_model(path, forest):
    features, questions, ruled_out = tables(forest)
    leaves = [[*map(int, values)] + [0] * (LEAVES - len(values)) for _, values in forest.trees]
    lines = ["// Written by training/train.py.", '#include "core/block_model.h"', "", "namespace riptide::core {",
             "namespace {", "", "// clang-format off", "constexpr FeatureQuestions kFeatures[] = {"]
    lines += rows_of(features, 10)
    lines += ["};", "", "constexpr SharedQuestion kQuestions[] = {"]
    lines += rows_of([(threshold - 128, begin) for threshold, begin in questions], 8)
    lines += ["};", "", "constexpr RuledOut kRuledOut[] = {"]
    lines += rows_of([(at, bits - (bits >> 7 << 8)) for at, bits in ruled_out], 10)
    lines += ["};", "", f"constexpr std::array<std::int8_t, kBranchedLeaves> kLeaves[] = {{"]
    lines += ["    {" + ", ".join(map(str, values)) + "}," for values in leaves]
    lines += ["};", "// clang-format on", "", "}  // namespace", "",
              "const BranchedForest kSecondOpinion{kFeatures, kQuestions, kRuledOut, kLeaves};", "",
              "}  // namespace riptide::core", ""]
    with open(path, "w", encoding="utf8") as out:
        out.write("\n".join(lines))
