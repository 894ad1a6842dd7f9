"""What a first opinion of a page tells its blocks, as src/core/second_opinion.cpp does."""
import numpy as np


def share(part, whole):
    return np.where(whole > 0, np.minimum(255, 255 * part // np.maximum(whole, 1)), 0)


def sums(values):
    return np.concatenate([[0], np.cumsum(values)])


def form_opinions(structure, likely):
    """`likely`: how likely each block is content, bytes. Returns blocks x opinions, bytes."""
    blocks = len(likely)
    chars, content = sums(structure.chars), sums(structure.chars * likely)
    at = np.arange(blocks)

    def mean(begin, end):
        whole = chars[end] - chars[begin]
        return np.where(whole > 0, (content[end] - content[begin]) // np.maximum(whole, 1), 0)

    def moved(distance):
        inside = (at + distance >= 0) & (at + distance < blocks)
        return np.where(inside, likely[np.clip(at + distance, 0, blocks - 1)], 0)

    columns = [likely] + [moved(distance) for distance in (-1, 1, -2, 2)]
    columns += [mean(np.maximum(at - reach, 0), np.minimum(at + reach + 1, blocks)) for reach in (2, 4, 8)]
    begins, ends = structure.scopes[:, :, 0].T, structure.scopes[:, :, 1].T
    columns += [mean(begin, end) for begin, end in zip(begins, ends)]
    columns.append(share(content[ends[0]] - content[begins[0]], content[-1]))
    alike_chars, alike_content = np.zeros(blocks, np.int64), np.zeros(blocks, np.int64)
    np.add.at(alike_chars, structure.groups, structure.chars)
    np.add.at(alike_content, structure.groups, structure.chars * likely)
    columns.append((alike_content // np.maximum(alike_chars, 1))[structure.groups])
    columns.append(share(content[:-1], content[-1]))
    columns.append(np.full(blocks, share(content[-1], 255 * chars[-1])))
    heading = structure.headings > 0
    section = np.maximum.accumulate(np.where(heading, at, 0))
    following = np.minimum.accumulate(np.where(heading, at, blocks)[::-1])[::-1]
    columns.append(np.where(heading[section], likely[section], 0))
    columns.append(mean(section, np.append(following[1:], blocks)))
    return np.stack(columns, 1).astype(np.uint8)
