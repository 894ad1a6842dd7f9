#!/usr/bin/env python3
"""Trains the block classifier, scores it cross-validated by site, and writes its tables.

    python3 training/train.py --dumps DUMPS --data DATA --metrics EVALUATION [--out src/core]

DUMPS holds DATASET.bin as written by dump_blocks, DATA the datasets' truth, EVALUATION the module
`metrics`. All figures are of pages from sites that the scored model has not seen.
"""
import argparse
import json
import sys
import zlib
from pathlib import Path

import numpy as np

import branched
import pages as page_io
from forest import PROBABILITIES, fit, logit_steps
from opinions import form_opinions
from page_types import labelled, page_rows, score_kinds, train_kinds

# What a page of each dataset counts. Readability's own output is likeness, not quality.
WORTH = {"mozilla": 3.5, "newspaper": 3.0, "trafilatura": 2.0, "wcxb": 1.0}
# Rows of little weight are sampled: this many are expected of a page.
ROWS_PER_PAGE = 250
# As in src/core/second_opinion.cpp. Blocks of less doubt are trained on, too.
DOUBT, TRAINED_DOUBT = 96, 416
FEWEST_BLOCKS = 100
# As in src/core/threshold.cpp.
EVEN = 64
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = EVEN - 11, EVEN + 3
SIZE_WEIGHT = 6
CASES = ((-24, 1), (0, 2), (24, 1))


class Blocks:
    """All pages' blocks as one table."""

    def __init__(self, pages, folds):
        self.pages = pages
        sizes = np.array([len(p.texts) for p in pages])
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        self.rows = np.concatenate([p.features for p in pages])
        self.label = np.concatenate([p.label for p in pages])
        self.weight = np.concatenate([p.weight * WORTH[p.dataset] for p in pages])
        # Of a sample, which weighs as much as all of them.
        random = np.random.default_rng(1).random(len(self.label))
        share = np.minimum(1, self.weight * ROWS_PER_PAGE)
        self.sample_weight = np.where(random < share, self.weight / np.maximum(share, 1e-12), 0) * 1000
        self.page_fold = np.array([zlib.crc32(p.site.encode()) % folds for p in pages])
        self.fold = np.repeat(self.page_fold, sizes)
        self.has_company = np.repeat(sizes >= FEWEST_BLOCKS, sizes)

    def of(self, page):
        return slice(self.starts[page], self.starts[page + 1])

    def within(self, folds):
        """A mask of rows."""
        return np.isin(self.fold, list(folds))

    def with_opinions(self, logits):
        """All rows as the second forest is told of them, when `logits` is what the first one says."""
        likely = PROBABILITIES[logit_steps(logits)]
        opinions = [form_opinions(page.structure, likely[self.of(i)])
                    for i, page in enumerate(self.pages) if len(page.texts)]
        return np.concatenate([self.rows, np.concatenate(opinions)], 1)


def columns_of(rows, mask):
    return np.ascontiguousarray(rows[mask].T)


class Forests:
    """Both forests, without some folds. What the second one is told of the pages that it learns from comes from
    first ones that have seen neither the pages' fold nor those left out."""

    def __init__(self, blocks, args):
        self.blocks, self.args = blocks, args
        self.scores = {}

    def first(self, without):
        blocks = self.blocks
        mask = ~blocks.within(without) & (blocks.sample_weight > 0)
        return fit(blocks.rows[mask], blocks.label[mask], blocks.sample_weight[mask], self.args.trees,
                   self.args.rate, self.args.threads)

    def scores_without(self, folds):
        """What a first forest without the folds says of them."""
        if folds not in self.scores:
            mask = self.blocks.within(folds)
            self.scores[folds] = np.zeros(len(mask), np.int64)
            self.scores[folds][mask] = self.first(folds).scores(columns_of(self.blocks.rows, mask))
        return self.scores[folds]

    def second(self, without):
        """The forest, and the rows as it is told of them."""
        blocks = self.blocks
        logits = np.zeros(len(blocks.label), np.int64)
        for k in range(self.args.folds):
            here = blocks.within({k})
            logits[here] = self.scores_without(frozenset(without | {k}))[here]
        rows = blocks.with_opinions(logits)
        mask = ~blocks.within(without) & (np.abs(logits) < TRAINED_DOUBT) & (blocks.weight > 0)
        return branched.fit(rows[mask], blocks.label[mask], blocks.weight[mask], self.args.second_trees,
                            self.args.seed), rows

    def out_of_fold(self):
        """The log odds of all blocks, each from forests without its fold."""
        blocks = self.blocks
        logits = np.zeros(len(blocks.label), np.int64)
        for k in range(self.args.folds):
            here = blocks.within({k})
            logits[here] = self.scores_without(frozenset({k}))[here]
            forest, rows = self.second({k})
            doubtful = here & (np.abs(logits) < DOUBT) & blocks.has_company
            logits[doubtful] = forest.scores(columns_of(rows, doubtful))
        return logits


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
    parser.add_argument("--out", help="the folder of the C++ sources to write")
    parser.add_argument("--outputs", help="a folder for the cross-validated texts, one JSON object a dataset")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--trees", type=int, default=400)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--second-trees", type=int, default=600)
    parser.add_argument("--seed", type=int, default=2, help="of the second forest")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    sys.path.insert(0, args.metrics)
    import metrics

    blocks = Blocks(page_io.load(args.dumps, args.data, list(WORTH)), args.folds)
    print(f"{len(blocks.pages)} pages, {len(blocks.label)} blocks, {np.sum(blocks.sample_weight > 0)} sampled")
    forests = Forests(blocks, args)
    score(blocks, forests.out_of_fold(), metrics, args.outputs)
    score_kinds(blocks, blocks.page_fold, args)
    if args.out:
        indices, kinds = labelled(blocks.pages)
        write_model(Path(args.out) / "block_model.cpp", forests.first(set()),
                    train_kinds(page_rows(blocks, indices), kinds, args.threads))
        branched.write_second_model(Path(args.out) / "second_model.cpp", forests.second(set())[0])


if __name__ == "__main__":
    main()
