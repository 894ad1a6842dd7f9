#!/usr/bin/env python3
"""Trains the block classifier, scores it cross-validated by site, and writes its tables.

    python3 training/train.py --dumps DUMPS --data DATA --metrics EVALUATION [--out src/core/block_model.cpp]

DUMPS holds DATASET.bin as written by dump_blocks, DATA the datasets' truth, EVALUATION the module
`metrics`. All figures are of pages from sites that the scored model has not seen.
"""
import argparse
import json
import sys
import zlib
from pathlib import Path

import numpy as np

import pages as page_io
from forest import PROBABILITIES, fit, logit_steps
from page_types import labelled, page_rows, score_kinds, train_kinds

# What a page of each dataset counts. Readability's own output is likeness, not quality.
WORTH = {"mozilla": 3.5, "newspaper": 3.0, "trafilatura": 2.0, "wcxb": 1.0}
# Rows of little weight are sampled: this many are expected of a page.
ROWS_PER_PAGE = 250
# As in src/core/threshold.cpp.
EVEN = 64
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = EVEN - 11, EVEN + 3
SIZE_WEIGHT = 6
CASES = ((-24, 1), (0, 2), (24, 1))


class Blocks:
    """All pages' blocks as one table."""

    def __init__(self, pages):
        self.pages = pages
        sizes = [len(p.texts) for p in pages]
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        self.rows = np.concatenate([p.features for p in pages])
        self.label = np.concatenate([p.label for p in pages])
        self.weight = np.concatenate([p.weight * WORTH[p.dataset] for p in pages])
        random = np.random.default_rng(1).random(len(self.label))
        share = np.minimum(1, self.weight * ROWS_PER_PAGE)
        self.sample = random < share
        self.weight = np.where(self.sample, self.weight / np.maximum(share, 1e-12), 0) * 1000

    def of(self, page):
        return slice(self.starts[page], self.starts[page + 1])

    def rows_of(self, chosen):
        """A mask of rows from one of pages."""
        return np.repeat(chosen, np.diff(self.starts))

    def train(self, chosen, args):
        mask = self.rows_of(chosen) & self.sample & (self.weight > 0)
        return fit(self.rows[mask], self.label[mask], self.weight[mask], args.trees, args.rate, args.threads)


def threshold_of(page, steps):
    """The threshold, a step of log odds, of the best expected choice and its expected F1, as choose_threshold
    of src/core/threshold.cpp."""
    chars = np.bincount(steps, page.chars, len(PROBABILITIES))
    size = np.cumsum(255 * chars[::-1])[::-1]
    worth = np.zeros(len(chars))
    for moved, weight in CASES:
        probability = PROBABILITIES[np.clip(np.arange(len(chars)) + moved, 0, len(chars) - 1)]
        found = np.cumsum((probability * chars)[::-1])[::-1]
        worth += weight * found / np.maximum(SIZE_WEIGHT * size + (10 - SIZE_WEIGHT) * found[0], 1)
        if moved == 0:
            expected = 2 * found / np.maximum(size + found[0], 1)
    span = np.arange(HIGHEST_THRESHOLD, LOWEST_THRESHOLD - 1, -1)
    best = span[np.argmax(worth[span])]
    return best, expected[best]


def score(blocks, logits, metrics, outputs):
    """Prints each dataset's own metric, and how well the expected F1 predicts the F1. Writes the texts to
    the folder `outputs`, where one is given."""
    rows, types, pairs, texts = {}, {}, [], {}
    for i, page in enumerate(blocks.pages):
        steps = logit_steps(logits[blocks.of(i)])
        threshold, expected = threshold_of(page, steps)
        text = "\n".join(t for t, kept in zip(page.texts, steps >= threshold) if kept)
        texts.setdefault(page.dataset, {})[page.id] = text
        truth = page.truth
        if page.dataset == "trafilatura":
            row = metrics.snippet_page(truth["with"], truth["without"], text)
        elif page.dataset == "wcxb":
            row = metrics.word_page(truth["text"], text)
            types.setdefault(truth["type"], []).append(row[2])
            pairs.append((expected, row[2]))
        else:
            row = metrics.shingle_page(truth["text"], text)
        rows.setdefault(page.dataset, []).append(row)
    summary = {"trafilatura": metrics.snippet_summary, "wcxb": metrics.word_summary}
    for dataset, values in rows.items():
        s = summary.get(dataset, metrics.shingle_summary)(values)
        print(f"{dataset:12} F1 {s['f1']:.4f} precision {s['precision']:.4f} recall {s['recall']:.4f}")
    print(" ".join(f"{k} {np.mean(v):.3f}" for k, v in sorted(types.items())))
    pairs = np.array(pairs)
    for low in np.arange(0, 1, 0.1):
        inside = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < low + 0.1 + 1e-9)]
        if len(inside):
            print(f"expected F1 {low:.1f} to {low + 0.1:.1f}: {len(inside):4} pages, F1 {inside[:, 1].mean():.3f}")
    sys.stdout.flush()
    for dataset in texts if outputs else ():
        (Path(outputs) / f"{dataset}.json").write_text(json.dumps(texts[dataset]))


def out_of_fold(blocks, fold, args):
    """Log odds, each from a forest that has not seen the page's fold."""
    logits = np.zeros(len(blocks.label), np.int64)
    for k in range(args.folds):
        mask = blocks.rows_of(fold == k)
        forest = blocks.train(fold != k, args)
        logits[mask] = forest.scores(np.ascontiguousarray(blocks.rows[mask].T))
    return logits


def braced(values):
    return str(values.tolist()).replace("[", "{").replace("]", "}")


def table(kind, name, forest):
    """Thresholds are written as bytes with a sign, less FeatureTable::kBias."""
    lines = [f"constexpr {kind} {name}[] = {{"]
    for questions, leaves in zip(forest.questions, forest.leaves):
        lines.append(f"    {{{braced(np.array(questions) - [0, 128])},\n     {braced(leaves)}}},")
    lines += ["};", ""]
    return lines


def write_model(path, content, kinds):
    lines = ["// Written by training/train.py.", '#include "core/block_model.h"', "",
             "namespace riptide::core {", "namespace {", "", "// clang-format off"]
    lines += table("Tree", "kContentTrees", content)
    lines += table("PageTypes::ClassTree", "kPageTypeTrees", kinds)
    lines += ["// clang-format on", "", "}  // namespace", ""]
    lines.append(f"const Forest kContent{{kContentTrees, std::size(kContentTrees), {content.bias}}};")
    lines += ["", "const PageTypes kPageTypes{",
              f"    kPageTypeTrees, std::size(kPageTypeTrees), {{{braced(kinds.bias)}}}}};"]
    lines += ["", "const std::array<std::uint8_t, kLogitSteps> kProbabilities{", "    // clang-format off",
              "    " + ", ".join(map(str, PROBABILITIES)), "    // clang-format on", "};", "",
              "}  // namespace riptide::core", ""]
    Path(path).write_text("\n".join(lines).replace('model.h"\n', 'model.h"\n\n#include <iterator>\n', 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dumps", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--metrics", required=True)
    parser.add_argument("--out", help="the C++ source to write")
    parser.add_argument("--outputs", help="a folder for the cross-validated texts, one JSON object a dataset")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--trees", type=int, default=400)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    sys.path.insert(0, args.metrics)
    import metrics

    blocks = Blocks(page_io.load(args.dumps, args.data, list(WORTH)))
    fold = np.array([zlib.crc32(p.site.encode()) % args.folds for p in blocks.pages])
    print(f"{len(blocks.pages)} pages, {len(blocks.label)} blocks, {blocks.sample.sum()} sampled")
    score(blocks, out_of_fold(blocks, fold, args), metrics, args.outputs)
    score_kinds(blocks, fold, args)
    if args.out:
        everything = np.ones(len(fold), bool)
        indices, kinds = labelled(blocks.pages)
        write_model(args.out, blocks.train(everything, args),
                    train_kinds(page_rows(blocks, indices), kinds, args.threads))


if __name__ == "__main__":
    main()
