//! One number for the documents of a run; `bench/document_hash.h` computes the same.

use crate::arms::wit;

/// FNV-1a of 64 bits.
pub struct Digest(u64);

impl Digest {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn value(&self) -> u64 {
        self.0
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn number(&mut self, number: usize) {
        self.bytes(&(number as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes(text.as_bytes());
    }
}

/// Adds a document: what the core tells unless it is asked for more, in the order of the contract,
/// lists and texts after their length.
pub fn document(digest: &mut Digest, document: &wit::Document) {
    digest.number(document.status as usize);
    for text in [
        &document.url,
        &document.canonical_url,
        &document.title,
        &document.byline,
        &document.published,
        &document.modified,
        &document.language,
        &document.dir,
        &document.site_name,
        &document.description,
        &document.text,
        &document.markdown,
        &document.html,
    ] {
        digest.text(text);
    }
    digest.number(document.links.len());
    for link in &document.links {
        digest.text(&link.url);
        digest.text(&link.text);
        digest.text(&link.rel);
    }
    digest.number(document.media.len());
    for media in &document.media {
        digest.text(&media.url);
        digest.number(media.kind as usize);
        digest.text(&media.alt);
    }
    for list in [&document.categories, &document.tags] {
        digest.number(list.len());
        for text in list {
            digest.text(text);
        }
    }
    digest.number(document.word_count as usize);
    digest.number(document.reading_time_minutes as usize);
    digest.number(document.quality_score as usize);
    digest.number(document.page_type as usize);
    digest.number(document.truncated.len());
    for cut in &document.truncated {
        digest.number(*cut as usize);
    }
}
