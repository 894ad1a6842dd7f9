// The dashboard: asks, draws, and says so when nobody answers.
import { Chart, ceiling } from "./charts.js";
import { fields, quick } from "./fields.js";
import { age, ago, capital, hour, percent, rate, time } from "./format.js";
import { History, kSpan } from "./history.js";
import { fillPanels } from "./panels.js";
import { Poller } from "./poll.js";
import { setText } from "./tables.js";
import { forecastNote, notices, tone } from "./verdict.js";

const byId = (id) => document.getElementById(id);
const checks = ({ health }) => ({
  success: health.success_level,
  utilization: health.utilization_level,
  memory: health.memory.pressure,
  breaker: health.circuit_breaker.state,
  canary: health.canary,
  trend: health.trend,
});

const history = new History();
const charts = new Map([...document.querySelectorAll("[data-chart]")]
  .map((root) => [root.dataset.chart, new Chart(root)]));
let latest = null;

const series = (name, of, write) => ({
  name,
  points: history.samples.map((sample) => [sample.now, of(sample)]),
  value: latest === null ? "" : write(of(latest)),
});

/** As far back as this page has seen, but a minute at least. */
const lookBack = () => Math.min(kSpan, Math.max(60, latest.now - history.samples[0].now));

const drawPast = (chart, lines, write, what) => {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value ?? 0));
  const top = ceiling(Math.max(...values));
  charts.get(chart).draw({
    from: latest.now - lookBack(), to: latest.now, top, lines,
    ticks: [[top, write(top)], [top / 2, write(top / 2)]],
    ends: [ago(lookBack()), "now"],
    label: `${what}: ${lines.map((line) => `${line.name} ${line.value}`).join(", ")}`,
  });
};

/** A ratio with its forecast, under the bounds of the health levels. */
const drawRatio = (chart, forecast, bounds, what) => {
  const now = latest[chart];
  charts.get(chart).draw({
    from: latest.now - kSpan, to: latest.now + kSpan, top: 1,
    lines: [series("seen by this page", (sample) => sample[chart], percent)],
    ticks: bounds.map((bound) => [bound, percent(bound)]),
    ends: ["5 min ago", "in 5 min"],
    ahead: forecast && {
      from: latest.now, to: latest.now + Math.min(forecast.horizon_seconds, kSpan), start: now,
      expected: forecast.expected_ratio, low: forecast.low_ratio, high: forecast.high_ratio,
    },
    label: `${what}: now ${percent(now)}. ${forecastNote(forecast)}`,
  });
};

const drawCharts = ({ health }) => {
  drawPast("requests", [
    series("all", (sample) => sample.requests, quick),
    series("fallback", (sample) => sample.fallbacks, quick),
    series("errors", (sample) => sample.errors, quick),
  ], rate, "Requests per second");
  charts.get("rates").draw({
    from: latest.now - lookBack(), to: latest.now, top: 1,
    lines: [
      series("success", (sample) => sample.success, percent),
      series("fallback", (sample) => sample.fallback, percent),
    ],
    ticks: [[0.9, percent(0.9)], [0.5, percent(0.5)]],
    ends: [ago(lookBack()), "now"],
    label: `Success ${percent(latest.success)}, fallback ${percent(latest.fallback)}`,
  });
  for (const [chart, what] of [["processing", "Processing time"], ["wait", "Waiting time"]]) {
    drawPast(chart, ["p50", "p95", "p99"]
      .map((name) => series(name, (sample) => sample[chart][name], time)), time, what);
  }
  drawRatio("utilization", health.forecast.utilization, [0.95, 0.75], "Utilisation");
  drawRatio("memory", health.forecast.memory, [0.95, 0.7], "Memory pressure");
};

const writeNotices = (found) => {
  const list = byId("notices");
  while (list.children.length > found.length) list.lastChild.remove();
  found.forEach(([kind, text], i) => {
    const item = list.children[i] ?? list.appendChild(document.createElement("li"));
    item.className = "notice";
    item.dataset.kind = kind;
    setText(item, text);
  });
};

const writeStates = (figures) => {
  const { level, circuit_breaker: breaker } = figures.health;
  document.querySelector("[data-level]").dataset.tone = tone(level);
  for (const [name, state] of Object.entries(checks(figures))) {
    document.querySelector(`[data-check="${name}"]`).dataset.tone = tone(state);
  }
  for (const item of byId("breaker-states").children) {
    const isCurrent = item.dataset.state === breaker.state;
    if (isCurrent) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    item.dataset.tone = isCurrent ? tone(breaker.state) : "none";
  }
  // Read out only when it changes.
  setText(byId("announcer"), `Pool ${level}, circuit breaker ${breaker.state}`);
  document.title = `${capital(level)}: riptide pool`;
};

const writeConnection = (text, itsTone) => {
  byId("connection").dataset.tone = itsTone;
  setText(byId("connection-text"), text);
  byId("figures").classList.toggle("stale", itsTone === "bad" && latest !== null);
};

const redraw = () => {
  const { figures } = latest;
  for (const node of document.querySelectorAll("[data-field]")) {
    setText(node, fields[node.dataset.field](latest));
  }
  writeStates(figures);
  writeNotices(notices(figures));
  fillPanels(figures, byId("only-set").checked);
  drawCharts(figures);
};

const poller = new Poller("/admin/pool/health", {
  answered(figures) {
    latest = history.add(figures, performance.now() / 1000);
    byId("token-form").hidden = true;
    byId("figures").hidden = false;
    writeConnection("Live, once a second", "good");
    redraw();
  },
  failed(why, since, pause) {
    const lasting = age((Date.now() - since) / 1000);
    writeConnection(`The server does not answer since ${hour(since)} (${lasting})`
      + `${why && `: ${why}`}. Asking again in ${pause / 1000} s.`, "bad");
    document.title = "No answer: riptide pool";
  },
  locked(isRefused) {
    byId("token-form").hidden = false;
    byId("figures").hidden = true;
    writeConnection("The server asks for a token", "fair");
    if (isRefused) setText(byId("token-text"), "The server refused this token.");
    byId("token").focus();
  },
});

byId("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  poller.unlock(byId("token").value);
  byId("token").value = "";
});
byId("only-set").addEventListener("change", () => {
  if (latest !== null) fillPanels(latest.figures, byId("only-set").checked);
});
poller.start();
