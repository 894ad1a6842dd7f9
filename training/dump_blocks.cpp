/// dump_blocks LIST OUT: writes what the block classifier is told of a list of pages.
///
/// LIST has a page per line: id, path, URL, separated by tabs; the pages are UTF-8. OUT becomes a
/// sequence of records, one for each page that has a body: little-endian 32-bit numbers, and
/// strings as their size and bytes.
///
///     id, blocks, features
///     features x blocks bytes, feature by feature
///     for each block: its code points
///     for each block: its text
///     for each block: its code points again, the number of its group of blocks built alike,
///         whether it is a heading, and of each scope the first block inside and the one after the
///         last
///
/// Blocks of later articles, which are never chosen, are without text, and the first time without
/// code points.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "core/chars.h"
#include "core/page_analysis.h"
#include "core/tag_traits.h"

namespace {

using namespace riptide;
using namespace riptide::core;

void put(std::ostream& out, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) out.put(static_cast<char>(number >> shift));
}

void put(std::ostream& out, const std::string& text) {
    put(out, static_cast<std::uint32_t>(text.size()));
    out << text;
}

std::string text_of(const Dom& dom, const Signals& signals, const TextBlock& block) {
    std::string text;
    for (NodeId n = block.first; n <= block.last; ++n) {
        if (signals[n].is(kHidden)) {
            n = dom[n].end - 1;
        } else if (dom[n].is_text()) {
            append_collapsed(dom.text(n), text);
        } else if (dom[n].tag == LXB_TAG_BR) {
            text += ' ';
        }
    }
    return text;
}

/// What second opinions are made of.
void dump_structure(const Dom& dom, const PageAnalysis& page, std::ostream& out) {
    for (BlockIndex b = 0; b < page.blocks.size(); ++b) {
        const TextBlock& block = page.blocks[b];
        put(out, block.chars);
        put(out, page.features.groups()[b]);
        put(out, has_trait(dom[block.container].tag, kHeadingTag) ? 1U : 0U);
        for (const NodeId scope : block.scopes) {
            const BlockRange range = page.blocks.inside(scope, dom[scope].end);
            put(out, range.begin);
            put(out, range.end);
        }
    }
}

void dump(const std::string& id, const std::string& url, const std::string& html,
          std::ostream& out) {
    Truncations truncations;
    Result<Dom> dom = Dom::parse(html, truncations);
    if (!dom || dom->body() == kNoNode) return;
    const UrlResolver urls(*dom, url);
    const Metadata metadata = read_metadata(*dom, urls);
    const PageAnalysis page(*dom, metadata);
    const BlockIndex blocks = page.blocks.size();
    put(out, id);
    put(out, blocks);
    const std::size_t features = page.features.features();
    put(out, static_cast<std::uint32_t>(features));
    for (std::size_t feature = 0; feature < features; ++feature) {
        for (BlockIndex b = 0; b < blocks; ++b) {
            out.put(static_cast<char>(page.features.at(feature, b)));
        }
    }
    std::vector<bool> later(blocks);
    for (const NodeId article : page.later_articles) {
        const BlockRange range = page.blocks.inside(article, (*dom)[article].end);
        std::fill(later.begin() + range.begin, later.begin() + range.end, true);
    }
    for (BlockIndex b = 0; b < blocks; ++b) put(out, later[b] ? 0 : page.blocks[b].chars);
    for (BlockIndex b = 0; b < blocks; ++b) {
        put(out, later[b] ? std::string() : text_of(*dom, page.signals, page.blocks[b]));
    }
    dump_structure(*dom, page, out);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: dump_blocks LIST OUT\n";
        return 2;
    }
    std::ifstream list(argv[1]);
    std::ofstream out(argv[2], std::ios::binary);
    std::string line;
    while (std::getline(list, line)) {
        std::istringstream fields(line);
        std::string id;
        std::string path;
        std::string url;
        std::getline(fields, id, '\t');
        std::getline(fields, path, '\t');
        std::getline(fields, url, '\t');
        std::ifstream file(path, std::ios::binary);
        std::ostringstream html;
        if (!file || !(html << file.rdbuf())) {
            std::cerr << "dump_blocks: cannot read " << path << '\n';
            return EXIT_FAILURE;
        }
        dump(id, url, html.str(), out);
    }
    return out.flush() ? EXIT_SUCCESS : EXIT_FAILURE;
}
