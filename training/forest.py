"""Boosted oblivious trees in the integers that src/core/forest.cpp computes with."""
import json
import tempfile
from pathlib import Path

import numpy as np
from catboost import CatBoost, Pool

DEPTH = 6
LOGIT_UNIT = 128
STEPS = np.arange(129) - 64  # eighths of a unit of log odds
PROBABILITIES = np.floor(255 / (1 + np.exp(-STEPS / 8)) + 0.5).astype(np.int64)


class Forest:
    """`leaves` is trees x leaves, or trees x leaves x classes, as `bias` is a number or one for each class."""

    def __init__(self, bias, questions, leaves):
        self.bias, self.questions, self.leaves = bias, questions, leaves

    def scores(self, table):
        """`table`: features x rows, bytes."""
        scores = np.zeros(table.shape[1:] + self.bias.shape, np.int64) + self.bias
        for questions, leaves in zip(self.questions, self.leaves):
            at = np.zeros(table.shape[1], np.uint8)
            for level, (feature, threshold) in enumerate(questions):
                at |= (table[feature] > threshold).astype(np.uint8) << np.uint8(level)
            scores += leaves[at]
        return scores


def logit_steps(scores):
    """As src/core/forest.h. Division in C++ truncates; below the first step both are clamped to it."""
    step = LOGIT_UNIT // 8
    return np.clip((scores + 8 * LOGIT_UNIT + step // 2) // step, 0, len(PROBABILITIES) - 1)


def fit(rows, label, weight, trees, rate, threads, loss="CrossEntropy"):
    """`rows`: rows x features, bytes. Labels are shares, 0 to 1, or with the loss MultiClass numbers of classes."""
    model = CatBoost(dict(
        loss_function=loss, iterations=trees, depth=DEPTH, learning_rate=rate,
        border_count=64, l2_leaf_reg=6, bootstrap_type="Bernoulli", subsample=0.7, rsm=0.4,
        random_seed=1, thread_count=threads, verbose=False, allow_writing_files=False))
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
    bias = np.rint(np.squeeze(bias) * LOGIT_UNIT).astype(np.int64)
    questions, leaves = [], []
    for tree in model["oblivious_trees"]:
        splits = [(features[s["float_feature_index"]], int(np.floor(s["border"])))
                  for s in tree["splits"]]
        given = np.array(tree["leaf_values"]).reshape((1 << len(splits),) + bias.shape) * scale * LOGIT_UNIT
        splits += [(0, 255)] * (DEPTH - len(splits))
        values = np.zeros((1 << DEPTH,) + bias.shape, np.int64)
        values[:len(given)] = np.clip(np.rint(given), -128, 127)
        questions.append(splits)
        leaves.append(values)
    return Forest(bias, questions, leaves)
