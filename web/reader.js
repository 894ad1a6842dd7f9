// Shows what was extracted: rendered in a frame that can do nothing, and as text.
import { age, bytes, time } from "./format.js";
import { fillTable, setText } from "./tables.js";

const byId = (id) => document.getElementById(id);

/** The page for the frame: what would be loaded from elsewhere is named instead. */
const framed = ({ html, title, language, dir }) => {
  const page = new DOMParser().parseFromString(html ?? "", "text/html");
  for (const media of page.querySelectorAll("img, picture, video, audio, iframe, object, embed")) {
    const name = page.createElement("span");
    name.className = "media";
    const alt = media.getAttribute("alt") || "without a description";
    name.textContent = `${media.localName}: ${alt}`;
    media.replaceWith(name);
  }
  if (title && !page.querySelector("h1")) {
    const heading = page.createElement("h1");
    heading.textContent = title;
    page.body.prepend(heading);
  }
  const style = page.createElement("link");
  style.rel = "stylesheet";
  style.href = "/assets/reader.css";
  page.head.append(style);
  page.title = title ?? "";
  if (language) page.documentElement.lang = language;
  if (dir) page.documentElement.dir = dir;
  return `<!doctype html>${page.documentElement.outerHTML}`;
};

const kBodies = new Set(["text", "markdown", "html"]);

const write = (value) => {
  if (!Array.isArray(value)) return String(value);
  return value.map((item) => (typeof item === "string" ? item
    : [item.kind, item.text ?? item.alt, item.url].filter(Boolean).join("  "))).join("\n");
};

/** The document's fields but for its bodies; what the page does not tell is left out. */
const facts = (answer) => Object.entries(answer)
  .filter(([name, value]) => !kBodies.has(name) && value !== null && value.length !== 0)
  .map(([name, value]) => [[name.replaceAll("_", " "), ""], [write(value), "lines"]]);

/** The parts of a Server-Timing header: `[name, seconds]`. */
export const serverTimings = (header) => (header ?? "").split(",")
  .map((part) => /^\s*([\w-]+)\s*;.*?dur=([\d.]+)/.exec(part))
  .filter(Boolean)
  .map(([, name, milliseconds]) => [name, Number(milliseconds) / 1000]);

export const summary = (answer, size) => [
  answer.status === "empty" ? "The page has no main content" : `${answer.word_count} words`,
  `${bytes(size)} of HTML`,
  answer.engine === "wasm" ? "from the sandbox"
    : `from the native fallback (${answer.fallback_reason ?? "no sandbox was asked for"})`,
].join(", ");

export const showDocument = (answer, timings, roundTrip) => {
  byId("rendered").querySelector("iframe").srcdoc = framed(answer);
  for (const name of ["markdown", "text"]) {
    setText(byId(name).querySelector("pre"), answer[name] ?? "");
  }
  setText(byId("json").querySelector("pre"), JSON.stringify(answer, null, 2));
  fillTable(byId("facts"), facts(answer), "");
  fillTable(byId("timings"), [...timings, ["round trip, seen here", roundTrip]]
    .map(([name, seconds]) => [name, [seconds < 60 ? time(seconds) : age(seconds), "n"]]), "");
};
