// The page to try riptide with: sends a page to /extract and shows the answer.
import { bytes } from "./format.js";
import { serverTimings, showDocument, summary } from "./reader.js";
import { setText } from "./tables.js";
import { makeTabs } from "./tabs.js";

const kExample = `<!doctype html>
<html lang="en">
<head>
  <title>Riptides, and how to leave them | The Harbour Post</title>
  <meta name="author" content="Ada Marsh">
  <meta property="article:published_time" content="2026-05-04T08:30:00Z">
  <link rel="canonical" href="/sea/riptides">
</head>
<body>
  <nav><a href="/">Home</a> <a href="/sea">Sea</a> <a href="/subscribe">Subscribe</a></nav>
  <article>
    <h1>Riptides, and how to leave them</h1>
    <p>A riptide is a strong, narrow current that flows from the shore through the breaking waves
       out to sea. It carries a swimmer faster than anybody can swim back, but it is rarely wider
       than a street, and it ends behind the waves.</p>
    <h2>What to do</h2>
    <ol><li>Stay calm and float.</li><li>Swim along the shore, not against the current.</li>
        <li>Turn to the beach where the waves break.</li></ol>
    <p>Most who get into trouble do so because they fight the current until they are exhausted.
       <a href="/sea/flags">Learn what the flags mean</a> before you go in.</p>
  </article>
  <aside>Subscribe to our newsletter! <script>alert("never run")<\/script></aside>
  <footer>© The Harbour Post</footer>
</body>
</html>
`;

const byId = (id) => document.getElementById(id);
let file = null;

const choose = (chosen) => {
  file = chosen;
  byId("html").hidden = file !== null;
  byId("chosen").hidden = file === null;
  if (file !== null) setText(byId("chosen-name"), `${file.name}, ${bytes(file.size)}`);
};

const query = () => {
  const parameters = new URLSearchParams({ mode: byId("mode").value });
  if (byId("url").value.trim()) parameters.set("url", byId("url").value.trim());
  if (byId("mode").value === "custom") {
    for (const line of byId("selector").value.split("\n")) {
      if (line.trim()) parameters.append("selector", line.trim());
    }
  }
  return parameters;
};

const showProblem = (title, errorClass, detail, requestId) => {
  byId("document").hidden = true;
  byId("problem").hidden = false;
  setText(byId("problem-title"), title);
  setText(byId("problem-class"), errorClass ?? "");
  setText(byId("problem-detail"), detail ?? "");
  setText(byId("problem-request"), requestId ? `Request ${requestId}` : "");
  setText(byId("summary"), "No document.");
};

const show = async (answer, size, asked) => {
  const body = await answer.json();
  const roundTrip = (performance.now() - asked) / 1000;
  if (!answer.ok) {
    showProblem(`${answer.status} ${body.title ?? answer.statusText}`, body.class, body.detail,
      answer.headers.get("X-Request-Id"));
    return;
  }
  byId("problem").hidden = true;
  byId("document").hidden = false;
  setText(byId("summary"), summary(body, size));
  showDocument(body, serverTimings(answer.headers.get("Server-Timing")), roundTrip);
};

const extract = async () => {
  const page = file ?? new Blob([byId("html").value]);
  if (page.size === 0) {
    byId("html").focus();
    setText(byId("summary"), "There is no page yet: paste one, open a file, or take the example.");
    return;
  }
  byId("extract").disabled = true;
  byId("answer").setAttribute("aria-busy", "true");
  const asked = performance.now();
  try {
    // The bytes of a file go as they are: riptide finds out their encoding.
    await show(await fetch(`/extract?${query()}`, {
      method: "POST",
      body: page,
      headers: {
        "Content-Type": file ? "text/html" : "text/html; charset=utf-8",
        Accept: "application/json",
      },
    }), page.size, asked);
  } catch (error) {
    showProblem("The server does not answer", "", error.message);
  } finally {
    byId("extract").disabled = false;
    byId("answer").setAttribute("aria-busy", "false");
  }
};

const form = byId("request");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  extract();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) extract();
});
form.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("dropping");
});
form.addEventListener("dragleave", () => form.classList.remove("dropping"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("dropping");
  if (event.dataTransfer.files.length > 0) choose(event.dataTransfer.files[0]);
});
byId("file").addEventListener("change", () => choose(byId("file").files[0] ?? null));
byId("unchoose").addEventListener("click", () => {
  byId("file").value = "";
  choose(null);
});
byId("example").addEventListener("click", () => {
  choose(null);
  byId("html").value = kExample;
  byId("url").value = "https://harbour-post.example/sea/riptides?from=feed";
});
byId("mode").addEventListener("change", () => {
  byId("selector-field").hidden = byId("mode").value !== "custom";
});
makeTabs(document.querySelector("[role=tablist]"));
