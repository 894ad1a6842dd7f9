#!/usr/bin/env python3
"""The Markdown of a page, read by a parser of others (markdown-it, with GFM's tables and strikethrough), is
what the HTML of the same page says: the same blocks, nested alike, with the same texts, links, images and
cells. Of pages of all kinds (tests/fixtures), and of pages made of what Markdown gives a meaning to.

RIPTIDE_BIN is the program; the Python path has markdown-it (third_party/requirements-web.txt).
"""
import html.parser
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from markdown_it import MarkdownIt

BIN = os.environ["RIPTIDE_BIN"]
TESTS = Path(__file__).resolve().parent.parent
PAGES = sorted([*(TESTS / "fixtures").rglob("*.html"), *(TESTS.parent / "examples").glob("*.html")])
MARKDOWN = MarkdownIt("commonmark", {"html": False, "maxNesting": 500}).enable(["table", "strikethrough"])
VOID = {"br", "hr", "img"}
MARKS = {"em", "strong", "del", "s"}
FLOWS = {"dl", "dd", "figure", "thead", "tbody"}  # Markdown has only what is in them.
PARAGRAPHS = {"p", "dt", "figcaption", "caption"}


class Node:
    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children = tag, attributes, []


class Tree(html.parser.HTMLParser):
    """Elements and texts."""

    def __init__(self, text):
        super().__init__()
        self.root = Node("body", {})
        self.open = [self.root]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open[-1].tag == tag, (tag, self.open[-1].tag)
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


class Inlines:
    """Characters with the link, the code and the marks that they stand in."""

    def __init__(self, breaks):
        self.out, self.breaks = [], breaks

    def add(self, node, link=None, code=False, marks=frozenset()):
        if isinstance(node, str):
            for character in node:
                self.space() if character in " \n" else self.out.append((character, link, code, marks))
        elif node.tag == "br":
            self.line() if self.breaks else self.space()
        elif node.tag == "img":  # which has no place in Markdown's code
            self.out.append((f"image {MARKDOWN.normalizeLink(node.attributes['src'])} "
                             f"{node.attributes['alt']}", link, False, marks))
        else:
            if node.tag == "a":
                link = MARKDOWN.normalizeLink(node.attributes["href"])
            code = code or node.tag == "code"
            marks = marks | {"del" if node.tag == "s" else node.tag} if node.tag in MARKS else marks
            for child in node.children:
                self.add(child, link, code, marks)

    def space(self):
        if self.out and self.out[-1][0] not in (" ", "\n"):
            self.out.append((" ", None, False, frozenset()))

    def line(self):
        while self.out and self.out[-1][0] == " ":
            self.out.pop()
        self.out.append(("\n", None, False, frozenset()))

    def done(self):
        while self.out and self.out[-1][0] in (" ", "\n"):
            self.out.pop()
        return self.out


def inlines(nodes, breaks=True):
    characters = Inlines(breaks)
    for node in nodes:
        characters.add(node)
    return characters.done()


def alignment(cell):
    return cell.attributes.get("align") or cell.attributes.get("style", "").removeprefix("text-align:")


def table(node):
    """Rows of cells on their grid: a cell that spans others leaves those empty. Columns are aligned as in
    the first row, or as in the second."""
    grid, aligns, taken = [], {}, {}
    rows = [child for child in flow(node) if not isinstance(child, str) and child.tag == "tr"]
    for y, row in enumerate(rows):
        cells, x = {}, 0
        for cell in row.children:
            if isinstance(cell, str):
                continue
            while taken.get((y, x)):
                x += 1
            cells[x] = inlines(cell.children, breaks=False)
            if y < 2 and not aligns.get(x):
                aligns[x] = alignment(cell)
            width = int(cell.attributes.get("colspan", 1))
            for dy in range(int(cell.attributes.get("rowspan", 1))):
                for dx in range(width):
                    taken[y + dy, x + dx] = True
            x += width
        grid.append(cells)
    width = max(x for _, x in taken) + 1
    return ("table", [aligns.get(x, "") for x in range(width)],
            [[cells.get(x, []) for x in range(width)] for cells in grid])


def flow(node):
    """What stands in the node, with an empty text where something ends a paragraph."""
    for child in node.children:
        if not isinstance(child, str) and child.tag in FLOWS:
            yield ""
            yield from flow(child)
            yield ""
        else:
            yield child


def code(node):
    (inner,) = [child for child in node.children if not isinstance(child, str)]
    text = "".join(child for child in inner.children if isinstance(child, str))
    return ("pre", inner.attributes.get("class", ""), text)


def block(node):
    if node.tag in PARAGRAPHS:
        return [("p", inlines(node.children))]
    if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return [(node.tag, inlines(node.children, breaks=False))]
    if node.tag == "pre":
        return [code(node)]
    if node.tag == "hr":
        return [("hr",)]
    if node.tag == "table":
        captions = [child for child in node.children if not isinstance(child, str) and child.tag == "caption"]
        return [("p", inlines(caption.children)) for caption in captions] + [table(node)]
    assert node.tag in ("ul", "ol", "li", "blockquote"), node.tag
    return [(node.tag, node.attributes.get("start", "1"), blocks(node))]


def blocks(node):
    """Nested tuples. A run of inline content in a block is a paragraph, as it is in a tight list."""
    out, run = [], []

    def end_run():
        text = inlines(run)
        if text:
            out.append(("p", text))
        run.clear()

    for child in flow(node):
        if child == "":
            end_run()
        elif isinstance(child, str) or child.tag in MARKS | {"a", "code", "img", "br", "sub", "sup"}:
            run.append(child)
        else:
            end_run()
            out += block(child)
    end_run()
    return out


class Difference(Exception):
    pass


def is_text(part):
    return isinstance(part, list) and all(isinstance(each, tuple) and len(each) == 4 for each in part)


def shown(part):
    if part and is_text(part):
        return repr("".join(character for character, *_ in part))
    if isinstance(part, (list, tuple)):
        return "[" + ", ".join(shown(each) for each in part) + "]"
    return repr(part)


def compare_texts(wanted, found, where):
    """Marks may be missing, and code where it could define a link ("]:"); nothing may be added."""
    text = "".join(character for character, *_ in wanted)
    if text != "".join(character for character, *_ in found):
        raise Difference(f"{where}: {shown(wanted)}\n  is read as {shown(found)}")
    for (character, link, code, marks), (_, found_link, found_code, found_marks) in zip(wanted, found):
        is_code = code == found_code or (code and "]:" in text)
        if character not in " \n" and not (link == found_link and is_code and found_marks <= marks):
            raise Difference(f"{where}: {character!r} of {text!r}, {link} {code} {set(marks)}\n"
                             f"  is read as {found_link} {found_code} {set(found_marks)}")


def compare(wanted, found, where="body"):
    """Raises a `Difference` unless `found`, the Markdown as read, says what is `wanted`."""
    if type(wanted) is not type(found):
        raise Difference(f"{where}: {shown(wanted)}\n  is read as {shown(found)}")
    if is_text(wanted) and is_text(found):
        compare_texts(wanted, found, where)
    elif isinstance(wanted, (list, tuple)):
        for i, (a, b) in enumerate(itertools.zip_longest(wanted, found)):
            compare(a, b, f"{where}/{wanted[0] if isinstance(wanted[0], str) else i}")
    elif wanted != found:
        raise Difference(f"{where}: {wanted!r} is read as {found!r}")


def documents(records):
    lines = "".join(json.dumps(record) + "\n" for record in records)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RIPTIDE_")}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write(lines)
        file.flush()
        run = subprocess.run([BIN, "batch", "--engine", "native", "-q", "--fields", "html,markdown", file.name],
                             env=environment, capture_output=True, check=True, timeout=200)
    return [json.loads(line) for line in run.stdout.splitlines()]


class Generator:
    """Pages of what Markdown gives a meaning to."""
    PIECES = ["*", "**", "_", "__", "`", "``", "[", "]", "(", ")", "<", ">", "#", "|", "||", "\\|", "~", "~~",
              "~~~", "!", "![", "&", "&amp;", "&#124;", "\\", "\\\\", "-", "---", "|---|", ":-:", "+ ", "1.",
              "2) ", "===", " ", "  ", "a", "b", "word", "x_y", "http://e.com", "<b>", "<!--", "](x)", "[a]: /b",
              "\u00e9", "\u4e2d", "\u201c", "\u20ac", ".", "^", "$", "\u00a0", "0", "12", "@", "`|`"]

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        pieces = self.random.choices(self.PIECES, k=self.random.randint(1, 7))
        return "".join(pieces).replace("&", "&amp;").replace("<", "&lt;")

    def inline(self, depth):
        out = ""
        for _ in range(self.random.randint(1, 4)):
            tag = self.random.choice(["", "", "", "br", "img src=i.png alt=x|y", "b", "i", "del", "code", "sub",
                                      "a href='x|y(*_z)&amp;copy;`'"]) if depth else ""
            if tag.startswith(("br", "img")):
                out += f"<{tag}>"
            elif tag:
                out += f"<{tag}>{self.inline(depth - 1)}</{tag.split()[0]}>"
            else:
                out += self.text()
        return out

    def table(self):
        width = self.random.randint(2, 4)
        out = "<table>" + (f"<caption>{self.inline(1)}</caption>" if self.random.random() < 0.3 else "")
        for y in range(self.random.randint(2, 5)):
            out += "<tr>"
            for _ in range(width):
                cell = "th" if y == 0 else "td"
                span = self.random.choice(["", "", "", "", " colspan=2", " rowspan=2", " align=right"])
                out += f"<{cell}{span}>{self.inline(2) if self.random.random() < 0.9 else ''}"
        return out + "</table>"

    def blocks(self, depth):
        out = ""
        for _ in range(self.random.randint(1, 3)):
            kind = self.random.randint(0, 10) if depth else 0
            if kind == 1:
                out += f"<blockquote>{self.blocks(depth - 1)}</blockquote>"
            elif kind == 2:
                out += f"<ul><li>{self.blocks(depth - 1)}<li>{self.inline(1)}</ul>"
            elif kind == 3:
                out += f"<ol start={self.random.randint(0, 12)}><li>{self.inline(1)}{self.blocks(depth - 1)}</ol>"
            elif kind == 4:
                out += f"<h{self.random.randint(1, 6)}>{self.inline(1)}"
            elif kind == 5:
                out += f"<pre>x{self.text()}\n{self.text()}x</pre><hr>"
            elif kind == 6:
                out += f"<dl><dt>{self.inline(1)}<dd>{self.blocks(depth - 1)}</dl>"
            elif kind == 7:
                out += f"<figure><img src=i.png alt='{self.random.choice('|*[')}'><figcaption>{self.inline(1)}</figure>"
            elif kind in (8, 9):
                out += self.table()
            else:
                out += f"<p>{self.inline(2)}</p>"
        return out


class Oracle(unittest.TestCase):
    def check(self, pages, results):
        """`pages` by their names. Of those that differ the shortest is told. Returns the blocks seen."""
        total, failures = 0, []
        for name, document in zip(pages, results, strict=True):
            self.assertIn(document["status"], ("ok", "empty"), name)
            wanted = blocks(Tree(document["html"] or "").root)
            total += len(wanted)
            try:
                compare(wanted, blocks(Tree(MARKDOWN.render(document["markdown"] or "")).root))
            except Difference as difference:
                failures.append(f"{name}\n{difference}\n--- markdown\n{document['markdown']}")
        if failures:
            self.fail(f"{len(failures)} differ; the shortest is {min(failures, key=len)}")
        return total

    def test_every_test_page_reads_back(self):
        for mode in ("article", "full"):
            results = documents([{"path": str(page), "mode": mode} for page in PAGES])
            self.assertGreater(self.check(PAGES, results), 500)

    def test_what_markdown_gives_a_meaning_to_reads_back(self):
        pages = [Generator(seed).blocks(3) for seed in range(1500)]
        self.check(pages, documents([{"html": page, "mode": "full"} for page in pages]))

    def test_tells_a_difference(self):
        for markdown in ("a *b*", "a b\n\nc", "- a b", "a [b](http://c.example)", "# a b", "a  b\\\nc", "a `b`"):
            with self.assertRaises(Difference):
                compare(blocks(Tree("<p>a b</p>").root), blocks(Tree(MARKDOWN.render(markdown)).root))


if __name__ == "__main__":
    sys.exit(not unittest.main(exit=False).result.wasSuccessful())
