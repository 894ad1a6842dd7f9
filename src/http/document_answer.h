/// Documents in the representations that a client can choose from.
#pragma once

#include <riptide/document.h>
#include <riptide/options.h>

#include <cstdint>
#include <string_view>

#include "http/refusal.h"
#include "http/response.h"

namespace riptide::http {

enum class Representation : std::uint8_t { kJson, kMarkdown, kText, kHtml, kTei };

/// By the Accept field. Metadata is JSON only. Refusal: 406 that names what there is.
Checked<Representation> choose_representation(std::string_view accept, ExtractionMode mode);

/// What an extraction must render for it.
Outputs outputs_for(Representation representation);

/// 200. `Riptide-Status` says "ok" or "empty" in every representation.
Response answer(const Document& document, Representation representation);

/// Whether the client takes gzip.
enum class GzipUse : std::uint8_t { kRefused, kAccepted };

/// Compresses the body where that is worth it.
void compress(Response& response, GzipUse use);

}  // namespace riptide::http
