// The text of each element that has a data-field, from the latest sample and its figures.
import { age, bytes, capital, count, percent, rate, time } from "./format.js";
import { helpersNote, httpNote, instancesNote } from "./panels.js";
import { breakerNote, forecastNote, memoryNote, sentence } from "./verdict.js";

/** A rate that needs two samples. */
export const quick = (value) => (value === null ? "–" : rate(value));

const percentilesNote = (sample, name) => {
  const { p50, p99 } = sample[name];
  const since = sample.figures[name];
  return `p50 ${time(p50)}, p99 ${time(p99)}. Since the start p95 ${time(since.p95_seconds)}, `
    + `longest ${time(since.max_seconds)}.`;
};

export const fields = {
  version: ({ figures }) => `riptide ${figures.server.version}`,
  uptime: ({ figures }) => `up ${age(figures.server.uptime_seconds)}`,
  level: ({ figures }) => capital(figures.health.level),
  verdict: ({ figures }) => sentence(figures),
  success_level: ({ figures }) => capital(figures.health.success_level),
  utilization_level: ({ figures }) => capital(figures.health.utilization_level),
  memory_pressure: ({ figures }) => capital(figures.health.memory.pressure),
  breaker_state: ({ figures }) => capital(figures.health.circuit_breaker.state),
  canary: ({ figures }) => capital(figures.health.canary.replace("-", " ")),
  trend: ({ figures }) => capital(figures.health.trend),
  request_rate: (sample) => quick(sample.requests),
  request_note: ({ figures }) => `${count(figures.counts.requests_total)} since the start; `
    + `${figures.health.requests_waiting} waiting now.`,
  success: (sample) => percent(sample.success),
  success_note: ({ figures, fallback }) => `${percent(fallback)} from the fallback. Of `
    + `${count(figures.health.window_calls)} calls in ${age(figures.health.window_seconds)}.`,
  processing_p95: (sample) => time(sample.processing.p95),
  processing_note: (sample) => percentilesNote(sample, "processing"),
  wait_p95: (sample) => time(sample.wait.p95),
  wait_note: (sample) => percentilesNote(sample, "wait"),
  utilization: (sample) => percent(sample.utilization),
  utilization_of: ({ figures: { health } }) =>
    `${health.instances.active} of ${health.instances.max} busy`,
  utilization_note: ({ figures }) => forecastNote(figures.health.forecast.utilization),
  memory: ({ figures }) => bytes(figures.health.memory.committed_bytes),
  memory_of: ({ figures: { health } }) =>
    `of ${bytes(health.memory.allowed_bytes)}, ${percent(health.memory.ratio)}`,
  memory_note: ({ figures: { health } }) =>
    memoryNote(health.memory) + forecastNote(health.forecast.memory),
  breaker_note: ({ figures }) => breakerNote(figures.health.circuit_breaker),
  breaker_totals: ({ figures: { health: { circuit_breaker: one } } }) =>
    `Since the start: trips ${one.trips_total}, reopenings ${one.reopenings_total}, `
    + `recoveries ${one.recoveries_total}.`,
  http_note: ({ figures }) => httpNote(figures),
  helpers_note: ({ figures }) => helpersNote(figures),
  instances_note: ({ figures }) => instancesNote(figures),
};
