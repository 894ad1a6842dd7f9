"""Boosted oblivious trees in the integers that src/core/forest.cpp computes with."""
import json
import tempfile
from pathlib import Path

import numpy as np
from catboost import CatBoost, Pool

DEPTH = 6
LOGIT_UNIT = 1024
STEPS = np.arange(129) - 64  # eighths of a unit of log odds
PROBABILITIES = np.floor(255 / (1 + np.exp(-STEPS / 8)) + 0.5).astype(np.int64)


class Forest:
    def __init__(self, bias, questions, leaves):
        self.bias, self.questions, self.leaves = bias, questions, leaves

    def logits(self, table):
        """`table`: features x rows, bytes."""
        scores = np.full(table.shape[1], self.bias, np.int64)
        for questions, leaves in zip(self.questions, self.leaves):
            at = np.zeros(table.shape[1], np.uint8)
            for level, (feature, threshold) in enumerate(questions):
                at |= (table[feature] > threshold).astype(np.uint8) << np.uint8(level)
            scores += leaves[at]
        return scores

    def probabilities(self, table):
        step = LOGIT_UNIT // 8
        # Division in C++ truncates; below the table's first entry both are clamped to it.
        at = (self.logits(table) + 8 * LOGIT_UNIT + step // 2) // step
        return PROBABILITIES[np.clip(at, 0, len(PROBABILITIES) - 1)]


def fit(rows, label, weight, trees, rate, threads, seed=1):
    """`rows`: rows x features, bytes. Labels are shares, 0 to 1."""
    model = CatBoost(dict(
        loss_function="CrossEntropy", iterations=trees, depth=DEPTH, learning_rate=rate,
        border_count=64, l2_leaf_reg=6, bootstrap_type="Bernoulli", subsample=0.7, rsm=0.4,
        random_seed=seed, thread_count=threads, verbose=False, allow_writing_files=False))
    model.fit(Pool(rows, label, weight=weight))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return convert(json.loads(path.read_text()))


def convert(model):
    """CatBoost's JSON as integers. A tree that is not as deep as others repeats nothing: its missing
    questions are never answered yes."""
    features = [f["flat_feature_index"] for f in model["features_info"]["float_features"]]
    scale, bias = model["scale_and_bias"]
    questions, leaves = [], []
    for tree in model["oblivious_trees"]:
        splits = [(features[s["float_feature_index"]], int(np.floor(s["border"])))
                  for s in tree["splits"]]
        splits += [(0, 255)] * (DEPTH - len(splits))
        values = np.zeros(1 << DEPTH, np.int64)
        given = np.array(tree["leaf_values"]) * scale * LOGIT_UNIT
        values[:len(given)] = np.clip(np.rint(given), -32768, 32767)
        questions.append(splits)
        leaves.append(values)
    bias = bias[0] if isinstance(bias, list) else bias
    return Forest(int(round(bias * LOGIT_UNIT)), questions, leaves)
