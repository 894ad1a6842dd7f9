"""Makes the tables of lexbor's sources small, in place: python3 compact.py DIRECTORY

What lexbor answers stays the same. Its tables as they are generated cost each start: those of Unicode have an
element for each code point, and the tree of named character references a pointer in each node, which the loader
writes. Here they become tables in two stages, and nodes that hold their text. The script knows one version of
lexbor, and fails where a file is not as it expects.
"""

import re
import sys
from pathlib import Path

# Code points for each block of a table in two stages, as a power of two. Of 16 to 128, 32 makes the smallest.
BLOCK_BITS = 5
BLOCK = 1 << BLOCK_BITS
# Shorter tables stay.
LONG = 1000
# Of the UTF-8 that a named character reference stands for: two code points at most.
TEXT_BYTES = 6


def rewrite(path, change):
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def replace(text, old, new, times=1):
    if text.count(old) != times:
        sys.exit(f"lexbor: {text.count(old)} times '{old}', {times} expected")
    return text.replace(old, new)


def table(c_type, name, rows):
    body = ",\n".join("    " + row for row in rows)
    return f"static const {c_type} {name} =\n{{\n{body}\n}};\n"


def in_two_stages(name, values):
    """The C text of a table of blocks, each of which is there once, and of a table of their numbers."""
    values = values + [0] * (-len(values) % BLOCK)
    blocks = {}
    numbers = [blocks.setdefault(tuple(values[start:start + BLOCK]), len(blocks))
               for start in range(0, len(values), BLOCK)]
    assert [value for number in numbers for value in list(blocks)[number]] == values
    rows = ["{" + ", ".join(map(str, block)) + "}" for block in blocks]
    lines = [", ".join(map(str, numbers[start:start + BLOCK])) for start in range(0, len(numbers), BLOCK)]
    return (table("uint16_t", f"{name}_blocks[{len(blocks)}][{BLOCK}]", rows)
            + table("uint16_t", f"{name}_numbers[{len(numbers)}]", lines))


def compact_unicode(directory):
    long_tables = []

    def shorten(match):
        name, length, body = match.groups()
        values = [int(value) for value in re.findall(r"\d+", re.sub(r"/\*.*?\*/", "", body, flags=re.S))]
        if len(values) != int(length) or max(values) > 0xFFFF:
            sys.exit(f"lexbor: {name} is not the table it was")
        if len(values) < LONG:
            return match[0]
        long_tables.append(name)
        return in_two_stages(name, values)

    rewrite(directory / "unicode/res.h", lambda text: re.sub(
        r"static const uint\d+_t (lxb_unicode_table_map_\w+)\[(\d+)\] =\s*\{(.*?)\};\n", shorten, text, flags=re.S))

    def look_up(text):
        for name in long_tables:
            first = name.split("_")[-2]
            index = f"cp - {first}"
            text = replace(text, f"{name}[{index}]",
                           f"{name}_blocks[{name}_numbers[({index}) / {BLOCK}]][({index}) % {BLOCK}]")
        return text

    rewrite(directory / "unicode/unicode.c", look_up)
    if len(long_tables) != 4:
        sys.exit(f"lexbor: {len(long_tables)} long tables of code points, 4 expected")


def compact_references(directory):
    def narrow(text):
        text = replace(text, "void       *value;\n    size_t     value_len;",
                       f"lxb_char_t value[{TEXT_BYTES}];\n    uint8_t    value_len;")
        for link in ("left", "right", "next"):
            text = replace(text, f"size_t     {link};", f"uint16_t   {link};")
        return text

    def hold_text(text):
        lengths = [int(length) for length in re.findall(r"\{0x\w\w, \"[^\"]*\", (\d+),", text)]
        links = [int(link) for links in re.findall(r", (\d+), (\d+), (\d+)\}", text) for link in links]
        if not lengths or max(lengths) > TEXT_BYTES or max(links) > 0xFFFF:
            sys.exit("lexbor: the named character references are not those they were")
        return re.sub(r"(\{0x\w\w, )NULL,", r'\1"",', text)

    rewrite(directory / "core/sbst.h", narrow)
    rewrite(directory / "html/tokenizer/res.h", hold_text)
    rewrite(directory / "html/tokenizer/state.c", lambda text: replace(
        text, "if (entry->value != NULL) {", "if (entry->value_len != 0) {"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    compact_unicode(Path(sys.argv[1]) / "source/lexbor")
    compact_references(Path(sys.argv[1]) / "source/lexbor")
