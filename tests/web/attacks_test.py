"""What pages could do harm with (tests/fixtures/attacks.txt), in every rendering and at its reader's."""
import json
import subprocess
import tempfile
import xml.etree.ElementTree
from html.parser import HTMLParser
from pathlib import Path

from browser import BrowserTest
from markdown_it import MarkdownIt
from service import BIN

ATTACKS = (Path(__file__).resolve().parent.parent / "fixtures/attacks.txt").read_text().splitlines()
# A reader of Markdown that takes all that it finds, raw HTML and all addresses.
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKDOWN.validateLink = lambda url: True
ELEMENTS = set("a blockquote br code del em h1 h2 h3 h4 h5 h6 hr img li ol p pre s strong table tbody td th "
               "thead tr ul".split())
ATTRIBUTES = {"href", "src", "alt", "start", "class", "style"}
TEI_ELEMENTS = set("TEI teiHeader fileDesc titleStmt title author publicationStmt publisher sourceDesc bibl date "
                   "ref profileDesc abstract textClass keywords term text body div head p list item label quote "
                   "figure graphic desc table row cell code hi del lb milestone".split())
TEI_ATTRIBUTES = set("{http://www.w3.org/XML/1998/namespace}lang {http://www.w3.org/XML/1998/namespace}space when "
                     "target url rend type n role rows cols lang unit".split())
SCHEMES = ("https://", "http://", "mailto:", "tel:", "ftp://")


class Read(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.elements, self.attributes, self.addresses = set(), set(), set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src"):
                self.addresses.add(value)


class Attacks(BrowserTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records = "".join(json.dumps({"html": page, "url": "https://example.com/dir/", "mode": "full"}) + "\n"
                          for page in ATTACKS)
        run = subprocess.run(
            [BIN, "batch", "-q", "--fields", "title,byline,html,markdown,tei,text,links,media,canonical_url"],
            input=records.encode(), env=cls.service.environment, capture_output=True, check=True)
        cls.documents = [json.loads(line) for line in run.stdout.splitlines()]

    def test_there_is_a_document_of_each(self):
        self.assertEqual(len(self.documents), len(ATTACKS))
        self.assertLessEqual({document["status"] for document in self.documents}, {"ok", "empty"})

    def test_markdown_that_is_believed_every_word_has_nothing_to_run(self):
        for page, document in zip(ATTACKS, self.documents):
            read = Read(MARKDOWN.render(document["markdown"] or ""))
            self.assertLessEqual(read.elements, ELEMENTS, page)
            self.assertLessEqual(read.attributes, ATTRIBUTES, page)
            for address in read.addresses:
                self.assertTrue(address.startswith(SCHEMES), f"{address} of {page}")

    def test_tei_has_its_own_elements_only(self):
        for page, document in zip(ATTACKS, self.documents):
            self.assertNotIn("<!", document["tei"])
            for element in xml.etree.ElementTree.fromstring(document["tei"]).iter():
                self.assertIn(element.tag.removeprefix("{http://www.tei-c.org/ns/1.0}"), TEI_ELEMENTS, page)
                self.assertLessEqual(set(element.attrib), TEI_ATTRIBUTES, page)
                for name in ("target", "url"):
                    self.assertTrue(element.get(name, SCHEMES[0]).startswith(SCHEMES), page)

    def test_lists_have_safe_addresses_only(self):
        for page, document in zip(ATTACKS, self.documents):
            for entry in document["links"] + document["media"]:
                self.assertTrue(entry["url"].startswith(SCHEMES), page)
            self.assertTrue((document["canonical_url"] or SCHEMES[0]).startswith(SCHEMES), page)

    def test_html_does_nothing_in_a_browser(self):
        """Not even with scripts allowed and without a policy: no script, no dialog; only images are asked for."""
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "all.html"
            file.write_text("<!doctype html><meta charset=utf-8>" + "".join(
                f"<section>{document['html'] or ''}</section>\n" for document in self.documents))
            images = {entry["url"] for document in self.documents for entry in document["media"]}
            self.expected = [f"asked {url}" for url in images] + ["Failed to load resource"]
            page = self.open_url(file.as_uri(), file.as_uri(), offline=True)
            page.wait_for_timeout(300)
            self.assertEqual(page.locator("section").count(), len(ATTACKS))
            self.assertEqual(page.locator("script, style, iframe, svg, math, form, input, template").count(), 0)
            self.assertEqual(page.evaluate(
                "[...document.querySelectorAll('section *')].flatMap((e) => e.getAttributeNames())"
                ".filter((name) => name.startsWith('on') || name === 'style').length"), 0)
