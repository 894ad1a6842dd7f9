// Figures as people read them.

const scale = (value, units, step) => {
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return [value, units[unit]];
};

/** Three significant digits at most. */
const short = (value) => {
  if (value >= 100) return Math.round(value).toString();
  if (value >= 10) return (Math.round(value * 10) / 10).toString();
  return (Math.round(value * 100) / 100).toString();
};

export const count = (value) => Math.round(value).toLocaleString("en").replaceAll(",", "\u202f");

export const rate = (value) => (value >= 1000 ? count(value) : short(value));

/** A ratio from 0 to 1; never "100 %" for what is not all, nor "0 %" for what is not nothing. */
export const percent = (ratio) => {
  const value = ratio * 100;
  if (value > 0 && value < 0.1) return "< 0.1\u00a0%";
  if (value < 100 && value > 99.9) return "> 99.9\u00a0%";
  return `${value < 10 || value > 90 ? Math.round(value * 10) / 10 : Math.round(value)}\u00a0%`;
};

export const bytes = (value) => {
  const [number, unit] = scale(value, ["B", "KiB", "MiB", "GiB", "TiB"], 1024);
  return `${short(number)}\u00a0${unit}`;
};

/** A measured time. */
export const time = (seconds) => {
  if (seconds === null) return "–";
  if (seconds === 0) return "0";
  if (seconds < 60) {
    const [number, unit] = scale(seconds * 1e6, ["µs", "ms", "s"], 1000);
    return `${short(number)}\u00a0${unit}`;
  }
  return age(seconds);
};

/** How long something has lasted, in its two largest units. */
export const age = (seconds) => {
  if (seconds === null) return "–";
  const total = Math.floor(seconds);
  const parts = [
    [Math.floor(total / 86400), "d"],
    [Math.floor(total / 3600) % 24, "h"],
    [Math.floor(total / 60) % 60, "min"],
    [total % 60, "s"],
  ];
  const first = Math.max(0, parts.findIndex(([number]) => number > 0));
  if (total === 0) return "0\u00a0s";
  return parts.slice(first, first + 2).filter(([number]) => number > 0)
    .map(([number, unit]) => `${number}\u00a0${unit}`).join(" ");
};

export const ago = (seconds) => {
  if (seconds === null) return "never";
  return seconds < 1 ? "now" : `${age(seconds)} ago`;
};

export const capital = (name) => name.charAt(0).toUpperCase() + name.slice(1);

export const plural = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

/** The hour of a moment (milliseconds since 1970), on the viewer's clock. */
export const hour = (moment) => new Date(moment).toLocaleTimeString("en-GB");
