// What this page has seen: one sample for each answer, and what follows from two of them.

export const kSpan = 300;  // seconds that the charts look back
const kLatencySpan = 60;
const kRateSpan = 5;

/** Of times between two answers, from their histograms: interpolated within the bucket. */
export const quantile = (share, newer, older) => {
  const total = newer.count - (older?.count ?? 0);
  if (total <= 0) return null;
  const wanted = share * total;
  let below = 0;
  let bound = 0;
  for (const [i, bucket] of newer.buckets.entries()) {
    const upTo = bucket.count - (older?.buckets[i].count ?? 0);
    if (upTo >= wanted && upTo > below) {
      return bound + (bucket.at_most_seconds - bound) * ((wanted - below) / (upTo - below));
    }
    below = upTo;
    bound = bucket.at_most_seconds;
  }
  return newer.max_seconds;
};

const quantiles = (newer, older) => ({
  p50: quantile(0.5, newer, older),
  p95: quantile(0.95, newer, older),
  p99: quantile(0.99, newer, older),
});

export class History {
  samples = [];
  #uptime = 0;

  /**
   * The sample of these figures, and they themselves; what is kept is but what rates and
   * percentiles are made from. `now` in seconds, on a clock that never goes back.
   */
  add(figures, now) {
    // A server that was started again counts from zero.
    if (figures.server.uptime_seconds < this.#uptime) this.samples = [];
    this.#uptime = figures.server.uptime_seconds;
    const { counts, processing, wait } = figures;
    const sample = { now, totals: { counts, processing, wait }, ...this.#since(figures, now) };
    this.samples.push(sample);
    while (this.samples[0].now < now - kSpan) this.samples.shift();
    return { ...sample, figures };
  }

  #since(figures, now) {
    const recent = this.#at(now - kRateSpan);
    const minute = this.#at(now - kLatencySpan);
    const perSecond = (of) => {
      if (!recent) return null;
      return Math.max(0, of(figures.counts) - of(recent.totals.counts)) / (now - recent.now);
    };
    return {
      requests: perSecond((counts) => counts.requests_total),
      fallbacks: perSecond((counts) => counts.fallback_total),
      errors: perSecond((counts) => counts.error_total + counts.shed_total),
      success: figures.health.success_ratio,
      fallback: figures.health.fallback_ratio,
      utilization: figures.health.utilization_ratio,
      memory: figures.health.memory.ratio,
      processing: quantiles(figures.processing, minute?.totals.processing),
      wait: quantiles(figures.wait, minute?.totals.wait),
    };
  }

  /** The first sample from then on. */
  #at(then) {
    return this.samples.find((sample) => sample.now >= then);
  }
}
