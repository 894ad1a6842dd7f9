// What the figures mean: the tone of a state, a sentence, and what an operator should know.
import { age, bytes, percent, plural, time } from "./format.js";

const kTones = {
  healthy: "good", degraded: "fair", unhealthy: "poor", critical: "bad",
  low: "good", medium: "fair", high: "poor",
  closed: "good", "half-open": "fair", open: "bad",
  passed: "good", failed: "bad",
  improving: "good", stable: "good", degrading: "fair",
};

/** "good", "fair", "poor", "bad", or "none" for what cannot be judged. */
export const tone = (state) => kTones[state] ?? "none";

const successes = ({ success_ratio, fallback_ratio, window_calls, window_seconds }) => {
  if (window_calls === 0) return "no calls lately";
  const fallback = fallback_ratio > 0 ? `, ${percent(fallback_ratio)} by the fallback` : "";
  return `${percent(success_ratio)} of ${plural(window_calls, "call", "calls")} in the last `
    + `${age(Math.max(1, window_seconds))} succeeded${fallback}`;
};

export const sentence = ({ health, server }) => {
  const { instances } = health;
  const parts = [`${instances.active} of ${plural(instances.max, "instance", "instances")} busy`];
  parts.push(successes(health));
  if (health.requests_waiting > 0) {
    parts.push(`${plural(health.requests_waiting, "request waits", "requests wait")}`);
  }
  return `${parts.join(", ")}${server.draining ? "; the server is being stopped" : ""}.`;
};

const breakerNotice = (breaker) => {
  if (breaker.state === "open") {
    return `The circuit breaker is open: no page goes to the sandbox, all go to the fallback. `
      + `It is tried again in ${age(breaker.open_seconds_left)}.`;
  }
  return `The circuit breaker is half-open: ${breaker.probes_succeeded} of 3 probes succeeded.`;
};

/** Sentences, the worst first: `[kind, text]`. */
export const notices = ({ health, server }) => {
  const found = [];
  const bad = (text) => found.push(["bad", text]);
  const fair = (text) => found.push(["fair", text]);
  if (health.sandbox_error !== null) bad(`There is no sandbox: ${health.sandbox_error}`);
  if (health.ticker === "stuck") bad("The ticker is stuck: no guest is stopped at its deadline.");
  if (health.circuit_breaker.state === "open") bad(breakerNotice(health.circuit_breaker));
  if (health.canary === "failed") bad("The sandbox does not extract the canary page.");
  if (health.circuit_breaker.state === "half-open") fair(breakerNotice(health.circuit_breaker));
  if (server.draining) fair("The server is draining: it finishes what it has and takes no more.");
  if (health.start_target_missed) {
    fair(`The start took ${time(health.start_seconds)}, longer than its target.`);
  }
  return found;
};

export const breakerNote = ({ state, ...breaker }) => {
  const since = age(breaker.state_seconds);
  if (state === "closed") {
    return `Closed for ${since}. Of the last ${plural(breaker.window_calls, "call", "calls")} `
      + `that count, ${breaker.window_failures} failed.`;
  }
  if (state === "open") {
    return `Open for ${since}; the next probes come in ${age(breaker.open_seconds_left)}.`;
  }
  return `Half-open for ${since}: ${breaker.probes_in_flight} in flight, `
    + `${breaker.probes_succeeded} of 3 probes succeeded.`;
};

export const forecastNote = (forecast) => (forecast === null
  ? "No forecast yet: it takes five checks."
  : `In ${age(forecast.horizon_seconds)} ${percent(forecast.expected_ratio)} `
    + `(${percent(forecast.low_ratio)} to ${percent(forecast.high_ratio)}).`);

export const memoryNote = (memory) => {
  const denied = memory.grow_failures_total;
  return `Most of one call ${bytes(memory.peak_bytes)}`
    + (denied > 0 ? `; ${plural(denied, "growth", "growths")} denied. ` : ". ");
};
