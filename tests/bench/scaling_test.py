#!/usr/bin/env python3
"""Ten times the page is at most 13 times the work, whatever the page: instructions are counted, of the native
core and of the compiled guest, on pages that are nasty in one way each. COUNT_CALLS is the program.
"""
import concurrent.futures
import importlib.machinery
import importlib.util
import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL = 12_000  # bytes of a page: enough for what does not grow with it to be little
GROWTH = 10
MOST = 13
SENTENCE = "Tides rise and fall with the moon, and every harbour keeps a table of them. "


def load_counter():
    loader = importlib.machinery.SourceFileLoader("count", str(ROOT / "tools/count"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("count", loader))
    loader.exec_module(module)
    return module


def filled(size, piece, before="", after=""):
    """As many pieces as there is room for; `piece` makes the one of a number."""
    pieces, length = [], 0
    while length < size:
        pieces.append(piece(len(pieces)))
        length += len(pieces[-1])
    return before + "".join(pieces) + after


def repeated(piece, before="", after=""):
    return lambda size: filled(size, lambda _: piece, before, after)


def numbered(piece, before="", after=""):
    return lambda size: filled(size, piece, before, after)


def json_ld(piece):
    return numbered(piece, '<p>a<script type=application/ld+json>{"@graph": [', "{}]}</script>" + SENTENCE)


FAMILIES = {
    "nested_elements": repeated("<div>", after=SENTENCE),
    "nested_lists": repeated("<ul><li>a"),
    "nested_tables": repeated("<table><tr><td>a"),
    "nested_quotes": repeated("<blockquote>a"),
    "formatting": repeated("<b><i><font>a<p>"),
    "links_unclosed": repeated("<a href=x>a<p>b"),
    "options": repeated("<option>a", "<select>"),
    "attributes": numbered(lambda i: f" a{i}=b", "<p", ">" + SENTENCE),
    "merged_attributes": numbered(lambda i: f"<body a{i}=b>", after=SENTENCE),
    "names": numbered(lambda i: f"<div class='post-{i} comment widget' id=sidebar{i}>a</div>"),
    "cells": repeated("<tr><td>a<td colspan=3 rowspan=9>b", "<table>"),
    "paragraphs": repeated(f"<p>{SENTENCE}"),
    "short_blocks": repeated("<p>a"),
    "headings": numbered(lambda i: f"<h1>Tides of the sea {i}</h1>a", "<title>Tides of the sea</title>"),
    "articles": numbered(lambda i: f"<article><h1>Tides {i}</h1><p>{SENTENCE}</article>", "<title>Tides</title>"),
    "text": repeated(SENTENCE, "<p>"),
    "white_space": repeated(" \n\t", "<p>a", "b"),
    "characters": repeated("&amp;&lt;&#x41;", "<p>"),
    "marks": repeated("*_`[]<!|", "<p>"),
    "styles": repeated("<b>a</b><i>b</i><code>c</code> "),
    "breaks": repeated("a<br>"),
    "comments": repeated("<!-- a --><!a><?b>", after=SENTENCE),
    "angle_brackets": repeated("< <<a"),
    "links": numbered(lambda i: f"<a href='/page/{i}?q=a b'>Tides {i}</a> "),
    "images": numbered(lambda i: f"<img src=i{i}.png srcset='a{i}.png 1x, b{i}.png 2x' alt='Tide {i}'>"),
    "dates": numbered(lambda i: f"<time>May {i % 28 + 1}, 2024</time><span class=date>on 3.{i % 12 + 1}.2023</span>"),
    "authors": numbered(lambda i: f"<a rel=author class=byline href='/author/{i}'>By Ann Lee {i}</a>"),
    "metadata": numbered(lambda i: f"<meta name=author content='Ann {i}'><meta name=keywords content='a{i}, b'>"
                                   f"<meta property=article:published_time content='2024-05-{i % 28 + 1}'>"),
    "json_ld_objects": json_ld(lambda i: f'{{"@type": "Article", "@id": "{i}", "author": {{"@id": "{i + 1}"}}}}, '),
    "json_ld_nesting": json_ld(lambda i: '{"a": [' if i % 2 else '[{"@type": "Article", "b": '),
    "json_ld_text": json_ld(lambda i: f'{{"@type": "NewsArticle", "articleBody": "{SENTENCE}", "keywords": "a{i}"}}, '),
    "hidden": repeated(f"<div hidden>{SENTENCE}<p style='display:none'>{SENTENCE}</div><p>{SENTENCE}"),
    "elements": numbered(lambda i: f"<x-{i}>a</x-{i}>"),
    "noscript": repeated(f"<noscript><p>{SENTENCE}</noscript>"),
    "svg": repeated("<svg><g><path d=x></g></svg><math><mi>a</math>"),
    "definitions": repeated("<dl><dt>a<dd>b</dl>"),
    "scripts": repeated("<script>var a = '<p>b';</script><style>p { }</style><template>c</template>"),
}


class Scaling(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.count = load_counter()
        cls.program = Path(os.environ["COUNT_CALLS"])
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.directory = Path(scratch.name)
        cls.environment = {**os.environ, "XDG_CACHE_HOME": str(cls.directory)}

    def instructions(self, way, side, family, size):
        """Of the second of two calls."""
        name = f"{family}-{size}"
        directory = self.directory / f"{way}-{name}"
        directory.mkdir()
        (directory / f"{name}.html").write_text(FAMILIES[family](size))
        self.count.CALLS[name] = 1
        counted = self.count.count(self.program, way, name, directory, self.environment)
        return counted[self.count.metrics_of(way, name)[side]]

    def growth(self, way, side, family):
        small = self.instructions(way, side, family, SMALL)
        return self.instructions(way, side, family, GROWTH * SMALL) / small

    def check(self, way, side):
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
            found = list(threads.map(lambda family: self.growth(way, side, family), FAMILIES))
        grown = {family: round(growth, 1) for family, growth in zip(FAMILIES, found)}
        print(way, json.dumps(grown), file=sys.stderr)
        self.assertEqual({family: growth for family, growth in grown.items() if growth > MOST}, {})

    def test_the_core_is_linear(self):
        self.check("native", "host")

    def test_the_guest_is_linear(self):
        # Fills the cache of compiled components, for the processor that valgrind shows.
        page = self.directory / "page.html"
        page.write_text(SENTENCE)
        self.count.run(["valgrind", "--quiet", "--tool=none", self.program, "sandbox", page, 1],
                       env=self.environment)
        self.check("sandbox", "guest")


if __name__ == "__main__":
    unittest.main()
