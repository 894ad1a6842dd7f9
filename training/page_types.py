"""The kind of a page, from the features that all of its blocks share: the likeliest wins."""
import numpy as np

from forest import fit

# In the order of riptide::PageType.
KINDS = ("article", "listing", "product", "forum", "documentation", "other")
KIND_OF = {"article": "article", "listing": "listing", "collection": "listing", "product": "product",
           "forum": "forum", "documentation": "documentation", "service": "other"}
# What is the same in all blocks of a page: the last of a block's features.
PAGE_FEATURES = 51
TREES, RATE = 48, 0.2


def labelled(pages):
    """Indices of pages whose kind is known, and their kinds."""
    known = [(i, KIND_OF[p.truth["type"]] if p.dataset == "wcxb" else "article")
             for i, p in enumerate(pages) if p.dataset in ("wcxb", "newspaper") and len(p.texts)]
    return np.array([i for i, _ in known]), np.array([KINDS.index(kind) for _, kind in known])


def train_kinds(rows, kinds, threads):
    # Rare kinds count as much as half of the common ones.
    counts = np.bincount(kinds, minlength=len(KINDS))
    weight = 1 / np.sqrt(counts[kinds])
    weight /= weight.mean()
    return fit(rows, kinds, weight, TREES, RATE, threads, loss="MultiClass")


def predict_kinds(forest, rows):
    return np.argmax(forest.scores(np.ascontiguousarray(rows.T)), 1)


def page_rows(blocks, indices):
    """What the first blocks share with the other ones."""
    return blocks.rows[blocks.starts[indices], -PAGE_FEATURES:]


def score_kinds(blocks, fold, args):
    indices, kinds = labelled(blocks.pages)
    rows, guess = page_rows(blocks, indices), np.zeros(len(indices), int)
    for k in range(args.folds):
        test = fold[indices] == k
        guess[test] = predict_kinds(train_kinds(rows[~test], kinds[~test], args.threads), rows[test])
    print(f"page type: {np.mean(guess == kinds):.3f} of {len(kinds)} pages right")
    for k, name in enumerate(KINDS):
        found, right = np.sum(guess == k), np.sum((guess == k) & (kinds == k))
        print(f"page type {name:14} precision {right / max(found, 1):.3f} recall "
              f"{right / max(np.sum(kinds == k), 1):.3f} of {np.sum(kinds == k)}")
