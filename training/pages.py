"""Pages as dump_blocks writes them, their truth, and how far each block belongs to it."""
import json
import re
import struct
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

TOKEN = re.compile(r"\w+")
SPACE = re.compile(r"\s+")
GRAM = 4
# Tokens of the truth between two long matches in which a short block is looked for.
WINDOW = 400
# kScopes of src/core/text_blocks.h.
SCOPES = 4


@dataclass
class Structure:
    """What second opinions are made of, by block."""
    chars: np.ndarray
    groups: np.ndarray
    headings: np.ndarray
    scopes: np.ndarray  # blocks x scopes x (first block, end)


@dataclass
class Page:
    dataset: str
    id: str
    site: str
    truth: dict
    features: np.ndarray  # blocks x features
    chars: np.ndarray
    texts: list
    structure: Structure
    label: np.ndarray = field(default=None)
    weight: np.ndarray = field(default=None)


def read_dump(path):
    """Yields (id, features, chars, texts, structure)."""
    data = Path(path).read_bytes()
    at = 0

    def number():
        nonlocal at
        at += 4
        return struct.unpack_from("<I", data, at - 4)[0]

    def string():
        nonlocal at
        size = number()
        at += size
        return data[at - size:at].decode("utf8", "replace")

    while at < len(data):
        id_ = string()
        blocks, features = number(), number()
        table = np.frombuffer(data, np.uint8, features * blocks, at).reshape(features, blocks)
        at += features * blocks
        chars = np.frombuffer(data, "<u4", blocks, at).astype(np.int64)
        at += 4 * blocks
        texts = [string() for _ in range(blocks)]
        fields = 3 + 2 * SCOPES
        numbers = np.frombuffer(data, "<u4", fields * blocks, at).reshape(blocks, fields).astype(np.int64)
        at += 4 * fields * blocks
        structure = Structure(*numbers[:, :3].T, numbers[:, 3:].reshape(blocks, SCOPES, 2))
        yield id_, table.T, chars, texts, structure


def site_of(truth):
    """What pages of one site share: the registrable domain, nearly."""
    host = urlsplit(truth.get("origin") or truth.get("url") or "").hostname or ""
    if host in ("", "fakehost"):
        return re.sub(r"-\d+$", "", truth["id"])
    labels = host.split(".")
    second = {"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "gv", "nhs"}
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in second else 2
    return ".".join(labels[-keep:])


def load(dumps, data, datasets):
    pages = []
    for dataset in datasets:
        with open(Path(data) / dataset / "truth.jsonl", encoding="utf8") as lines:
            truths = {t["id"]: t for t in map(json.loads, lines)}
        for id_, *rest in read_dump(Path(dumps) / f"{dataset}.bin"):
            page = Page(dataset, id_, site_of(truths[id_]), truths[id_], *rest)
            (label_by_text if "text" in page.truth else label_by_snippets)(page)
            pages.append(page)
    return pages


def label_by_text(page):
    """A block's label is the share of its tokens that the truth has in the same order."""
    truth = TOKEN.findall(page.truth["text"].lower())
    tokens = [TOKEN.findall(t.lower()) for t in page.texts]
    places = defaultdict(list)
    for i in range(len(truth) - GRAM + 1):
        places[tuple(truth[i:i + GRAM])].append(i)
    n = len(tokens)
    label = np.zeros(n)
    begin, end = np.full(n, -1), np.full(n, -1)
    last = 0
    for b, block in enumerate(tokens):
        if len(block) < GRAM:
            continue
        covered = np.zeros(len(block), bool)
        for i in range(len(block) - GRAM + 1):
            found = places.get(tuple(block[i:i + GRAM]))
            if not found:
                continue
            covered[i:i + GRAM] = True
            place = next((p for p in found if p >= last), found[0])
            if begin[b] < 0:
                begin[b] = place
            end[b] = place + GRAM
        label[b] = covered.mean()
        if label[b] > 0.5:
            last = end[b]
    drop_repeats(page, tokens, truth, label)
    find_short(tokens, truth, label, begin, end)
    size = np.array([len(t) for t in tokens], float)
    page.label = label
    page.weight = np.sqrt(size) * (size > 0)
    if page.weight.sum() > 0:
        page.weight /= page.weight.sum()


def drop_repeats(page, tokens, truth, label):
    """Of a text that the page has more often than the truth, those stay that have company."""
    same = defaultdict(list)
    for b, block in enumerate(tokens):
        if label[b] > 0.5:
            same[tuple(block)].append(b)
    grams = Counter(tuple(truth[i:i + GRAM]) for i in range(len(truth) - GRAM + 1))
    for block, at in same.items():
        allowed = max(1, grams[block[:GRAM]])
        if len(at) <= allowed:
            continue
        company = [sum(label[max(0, b - 4):b]) + sum(label[b + 1:b + 5]) for b in at]
        for i in np.argsort(company, kind="stable")[:len(at) - allowed]:
            label[at[i]] = 0


def find_short(tokens, truth, label, begin, end):
    """Short blocks count where the truth has them between the long ones around them."""
    n = len(tokens)
    after = np.full(n + 1, len(truth))
    for b in range(n - 1, -1, -1):
        after[b] = begin[b] if label[b] > 0.5 and begin[b] >= 0 else after[b + 1]
    place = 0
    for b, block in enumerate(tokens):
        if label[b] > 0.5:
            place = end[b]
            continue
        if not 0 < len(block) < GRAM:
            continue
        stop = after[b] if after[b] > place else min(len(truth), place + WINDOW)
        for i in range(place, min(stop, place + WINDOW) - len(block) + 1):
            if truth[i:i + len(block)] == block:
                label[b] = 1
                place = i + len(block)
                break


def label_by_snippets(page):
    """Only blocks with a snippet have a label."""
    n = len(page.texts)
    page.label, page.weight = np.zeros(n), np.zeros(n)
    texts = [SPACE.sub(" ", t).strip() for t in page.texts]
    wanted = [SPACE.sub(" ", s).strip() for s in page.truth["with"]]
    unwanted = [SPACE.sub(" ", s).strip() for s in page.truth["without"]]
    for b, text in enumerate(texts):
        good = any(s in text for s in wanted)
        bad = any(s in text for s in unwanted)
        if good != bad:
            page.label[b], page.weight[b] = good, 1
    # A snippet found once is worth what all places of one found often are.
    for snippets in (wanted, unwanted):
        for s in snippets:
            at = [b for b, text in enumerate(texts) if s in text]
            for b in at:
                page.weight[b] = min(page.weight[b], 1 / len(at))
    if page.weight.sum() > 0:
        page.weight /= page.weight.sum()
