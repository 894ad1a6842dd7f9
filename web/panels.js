// The tables of the dashboard, filled from one answer of the server.
import { age, ago, bytes, count, plural, time } from "./format.js";
import { fillTable } from "./tables.js";

const table = (id) => document.getElementById(id);

/** The names that were counted at least once, the most frequent first. */
const tally = (counts) => Object.entries(counts)
  .filter(([, number]) => number > 0)
  .sort(([, a], [, b]) => b - a)
  .map(([name, number]) => [[name, "code"], [count(number), "n"]]);

/** Connections that were closed for waiting, beside the requests that were turned away. */
const waits = (timeouts) => Object.fromEntries(
  Object.entries(timeouts).map(([what, number]) => [`${what}-timeout`, number]),
);

const times = (name, of) => [
  name,
  ...["mean", "p50", "p95", "p99", "max"].map((key) => [time(of[`${key}_seconds`]), "n"]),
];

const results = (counts) => [
  ["From the sandbox", counts.ok_total],
  ["Without main content", counts.empty_total],
  ["From the fallback", counts.fallback_total],
  ["Errors", counts.error_total],
  ["Refused, overloaded", counts.shed_total],
  ["Stopped at a deadline", counts.epoch_timeouts_total],
].map(([name, number]) => [name, [count(number), "n"]]);

const instance = (one) => [
  [String(one.id), "n"],
  [one.state, `state-${one.state}`],
  [count(one.calls_total), "n"],
  [count(one.failures_total), "n"],
  [time(one.busy_seconds_total), "n"],
  [bytes(one.memory_bytes), "n"],
  [bytes(one.peak_memory_bytes), "n"],
  [count(one.denied_growths_total), "n"],
  [ago(one.store_age_seconds), "n"],
  [ago(one.last_used_age_seconds), "n"],
];

const configuration = (settings, onlySet) => settings
  .filter((setting) => !onlySet || setting.source !== "default")
  .map(({ name, value, source }) => [[name, "code nowrap"], [value, "code"], source]);

export const fillPanels = (figures, onlySet) => {
  fillTable(table("transitions"), figures.circuit_breaker_transitions.toReversed().map((one) => [
    [age(one.age_seconds), "nowrap"],
    [`${one.from} → ${one.to}`, "nowrap"],
    [one.cause, "wide"],
  ]), "None since the start.");
  fillTable(table("results"), results(figures.counts), "");
  fillTable(table("errors"), tally(figures.errors), "None.");
  fillTable(table("fallbacks"), tally(figures.fallbacks), "None.");
  fillTable(table("refusals"), tally({ ...figures.http.refused, ...waits(figures.http.timeouts) }),
    "None.");
  fillTable(table("times"), [
    times("Processing", figures.processing),
    times("Waiting", figures.wait),
  ], "");
  fillTable(table("recent"), figures.recent_errors.map((error) => [
    [age(error.age_seconds), "nowrap"],
    [error.class, "code nowrap"],
    [error.detail, "wide"],
    [error.request_id ?? "–", "code"],
  ]), "None.");
  fillTable(table("instances"), figures.instances.map(instance), "None: there is no sandbox.");
  fillTable(table("configuration"), configuration(figures.configuration, onlySet),
    "Everything is at its default.");
};

export const httpNote = ({ http }) =>
  `${plural(http.open_connections, "connection", "connections")} open, `
  + `${plural(http.requests_in_flight, "request", "requests")} in flight. `
  + `${bytes(http.received_bytes_total)} received, ${bytes(http.sent_bytes_total)} sent; `
  + `${plural(http.disconnects_total, "client", "clients")} left early.`;

/** Of the processes that extract natively. */
export const helpersNote = ({ helpers }) => {
  const deaths = Object.entries(helpers.deaths).filter(([, number]) => number > 0)
    .map(([cause, number]) => `${cause} ${count(number)}`).join(", ");
  return `Helper processes of the fallback: ${helpers.ready} ready, `
    + `${count(helpers.answers_total)} of ${count(helpers.calls_total)} pages answered`
    + `${deaths ? `; ended early: ${deaths}` : ""}.`;
};

export const instancesNote = ({ instance_states: states, counts, aot_cache: cache }) => {
  const loads = Object.entries(cache).filter(([, number]) => number > 0)
    .map(([result, number]) => `${result} ${number}`).join(", ");
  return `${states.busy} busy, ${states.ready} ready, ${states.free} without a store, `
    + `${states.spent} to be cleared. ${count(counts.stores_made_total)} stores made; `
    + `${count(counts.cold_calls_total)} calls found none ready. `
    + (loads ? `Compiled component from the cache: ${loads}.` : "");
};
