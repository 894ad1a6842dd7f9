// Asks the server for its figures once a second, and goes on asking when it does not answer.

const kInterval = 1000;
const kLongestPause = 4000;
const kPatience = 3000;
const kTokenKey = "riptide-admin-token";

/**
 * Calls `answered(figures)` for every answer, `failed(why, since, pause)` for every question
 * without one (`since` is when the first of them was asked, `pause` the time to the next, in
 * milliseconds), and `locked(isRefused)` when a token is needed; then it waits for `unlock`.
 */
export class Poller {
  #url;
  #handlers;
  #failures = 0;
  #failingSince = 0;
  #timer = 0;

  constructor(url, handlers) {
    this.#url = url;
    this.#handlers = handlers;
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.#timer) this.#after(0);
    });
  }

  start() {
    this.#after(0);
  }

  unlock(token) {
    sessionStorage.setItem(kTokenKey, token);
    this.#after(0);
  }

  #after(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), pause);
  }

  async #ask() {
    this.#timer = 0;
    const asked = Date.now();
    const token = sessionStorage.getItem(kTokenKey);
    const headers = { Accept: "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    try {
      const answer = await fetch(this.#url, {
        headers,
        cache: "no-store",
        signal: AbortSignal.timeout(kPatience),
      });
      if (answer.status === 401 || answer.status === 403) {
        sessionStorage.removeItem(kTokenKey);
        this.#failures = 0;
        this.#handlers.locked(Boolean(token));
        return;
      }
      if (!answer.ok) throw new Error(`it says ${answer.status} ${answer.statusText}`.trim());
      this.#handlers.answered(await answer.json());
      this.#failures = 0;
      this.#after(Math.max(0, kInterval - (Date.now() - asked)));
    } catch (error) {
      if (this.#failures === 0) this.#failingSince = asked;
      const pause = Math.min(kInterval * 2 ** this.#failures, kLongestPause);
      this.#failures += 1;
      this.#handlers.failed(reason(error), this.#failingSince, pause);
      this.#after(pause);
    }
  }
}

/** Why there was no answer; empty where the browser does not tell. */
const reason = (error) => {
  if (error.name === "TimeoutError") return `nothing came within ${kPatience / 1000} s`;
  return error instanceof TypeError ? "" : error.message;
};
