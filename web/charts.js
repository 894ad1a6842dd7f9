// Line charts in SVG, drawn into a box of 100 by 100 that is stretched to its place.

const kNamespace = "http://www.w3.org/2000/svg";

const svg = (name, attributes = {}) => {
  const node = document.createElementNS(kNamespace, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

const element = (name, className) => {
  const node = document.createElement(name);
  node.className = className;
  return node;
};

const sheet = () => svg("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none" });

/** A path through points; where a value is null the line is broken. */
const path = (points, place) => {
  let out = "";
  let isDown = false;
  for (const [time, value] of points) {
    if (value === null) {
      isDown = false;
      continue;
    }
    out += `${isDown ? "L" : "M"}${place(time, value)}`;
    isDown = true;
  }
  return out;
};

/** A round number that is not below the value: 1, 2 or 5 times a power of ten. */
export const ceiling = (value) => {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((factor) => factor * power >= value) * power;
};

export class Chart {
  #root;
  #plot = sheet();
  #ticks = [];
  #keys = new Map();
  #legend = element("ul", "legend");
  #ends = element("p", "ends");

  constructor(root) {
    this.#root = root;
    const plot = element("div", "plot");
    plot.append(this.#plot);
    this.#plot.setAttribute("role", "img");
    this.#ends.append(document.createElement("span"), document.createElement("span"));
    root.append(plot, this.#ends, this.#legend);
  }

  /**
   * `from`, `to`: seconds. `top`: the largest value. `lines`: `{name, value, points}` with the
   * current value as text; the first is filled. `ticks`: `[value, text]`. `ahead`: a forecast,
   * `{from, to, start, expected, low, high}`. `label`: the chart in words.
   */
  draw({ from, to, top, lines, ticks, ends, ahead, label }) {
    const x = (time) => (((time - from) / (to - from)) * 100).toFixed(2);
    const y = (value) => (100 - (Math.min(value, top) / top) * 100).toFixed(2);
    const place = (time, value) => `${x(time)},${y(value)}`;
    const add = (className, d) => {
      if (d) parts.push(svg("path", { class: className, d }));
    };
    const parts = [];
    for (const [value] of ticks) add("grid", `M0,${y(value)}L100,${y(value)}`);
    if (ahead) {
      const start = place(ahead.from, ahead.start);
      add("band", `M${start}L${place(ahead.to, ahead.high)}L${place(ahead.to, ahead.low)}Z`);
      add("now", `M${x(ahead.from)},0L${x(ahead.from)},100`);
      add("ahead", `M${start}L${place(ahead.to, ahead.expected)}`);
    }
    const first = lines[0].points.filter(([, value]) => value !== null);
    if (first.length > 1) {
      const floor = `L${x(first.at(-1)[0])},100L${x(first[0][0])},100Z`;
      add("area", path(first, place) + floor);
    }
    lines.forEach(({ points }, i) => add(`line-${i + 1}`, path(points, place)));
    this.#plot.replaceChildren(...parts);
    this.#plot.setAttribute("aria-label", label);
    this.#writeTicks(ticks, y);
    this.#ends.firstChild.textContent = ends[0];
    this.#ends.lastChild.textContent = ends[1];
    for (const [i, line] of lines.entries()) this.#writeKey(i, line);
  }

  #writeTicks(ticks, y) {
    while (this.#ticks.length < ticks.length) {
      const tick = element("span", "tick");
      this.#ticks.push(tick);
      this.#root.firstChild.append(tick);
    }
    ticks.forEach(([value, text], i) => {
      this.#ticks[i].textContent = text;
      this.#ticks[i].style.top = `${y(value)}%`;
    });
  }

  #writeKey(i, { name, value }) {
    if (!this.#keys.has(i)) {
      const key = document.createElement("li");
      const sample = svg("svg", { viewBox: "0 0 24 8", "aria-hidden": "true" });
      sample.append(svg("path", { class: `line-${i + 1}`, d: "M1,4L23,4" }));
      const text = document.createElement("span");
      key.append(sample, text);
      this.#legend.append(key);
      this.#keys.set(i, text);
    }
    this.#keys.get(i).textContent = value ? `${name} ${value}` : name;
  }
}
