"""Charts as SVG, readable on light and dark ground."""
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 800, 360
LEFT, RIGHT, TOP, BOTTOM = 84, 232, 40, 52
_COLOURS = ("#3b7dd8", "#d9772b", "#3a9d5d", "#b0509e", "#8a8f98", "#c2a500", "#2aa5b5", "#c7434e")
_INK = "#808890"


def _text(x, y, text, anchor="middle", extra=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{extra}>{escape(text)}</text>'


def number(value):
    """A number for people: three digits, thousands as they are said."""
    if value == 0:
        return "0"
    for factor, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= factor:
            return f"{value / factor:.3g}{suffix}"
    return f"{value:.3g}"


class _Axis:
    """From values to pixels, linear from zero or logarithmic."""

    def __init__(self, values, first, last, is_log):
        self.is_log = is_log
        self.first, self.last = first, last
        if is_log:
            self.low = math.floor(math.log10(min(values)))
            self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        else:
            self.step = self._step(max(values) or 1)
            self.low, self.high = 0, math.ceil((max(values) or 1) / self.step) * self.step

    @staticmethod
    def _step(top):
        raw = top / 5
        power = 10 ** math.floor(math.log10(raw))
        return power * next(factor for factor in (1, 2, 5, 10) if factor * power >= raw)

    def ticks(self):
        if self.is_log:
            return [10.0 ** power for power in range(self.low, self.high + 1)]
        return [self.step * at for at in range(round(self.high / self.step) + 1)]

    def at(self, value):
        position = math.log10(value) if self.is_log else value
        share = (position - self.low) / (self.high - self.low)
        return self.first + share * (self.last - self.first)


def _frame(title, y_axis, y_label):
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
             f'font-family="sans-serif" font-size="12" fill="{_INK}">',
             f"<title>{escape(title)}</title>",
             _text(LEFT, 20, title, "start", ' font-size="14" font-weight="bold"'),
             _text(16, (TOP + HEIGHT - BOTTOM) / 2, y_label,
                   extra=f' transform="rotate(-90 16 {(TOP + HEIGHT - BOTTOM) / 2:.1f})"')]
    for tick in y_axis.ticks():
        y = y_axis.at(tick)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{_INK}" '
                     'stroke-opacity="0.25"/>')
        parts.append(_text(LEFT - 8, y + 4, number(tick), "end"))
    return parts


def _legend(names):
    parts = []
    for at, name in enumerate(names):
        y = TOP + 10 + 20 * at
        x = WIDTH - RIGHT + 12
        parts.append(f'<rect x="{x}" y="{y - 9}" width="10" height="10" '
                     f'fill="{_COLOURS[at % len(_COLOURS)]}"/>')
        parts.append(_text(x + 16, y, name, "start"))
    return parts


def lines(title, x_label, y_label, series, log_x=False, log_y=False):
    """`series` is {name: [(x, y), ...]}; with a logarithmic axis all its values are positive."""
    points = [point for line in series.values() for point in line]
    x_axis = _Axis([x for x, _ in points], LEFT, WIDTH - RIGHT, log_x)
    y_axis = _Axis([y for _, y in points], HEIGHT - BOTTOM, TOP, log_y)
    parts = _frame(title, y_axis, y_label)
    for tick in x_axis.ticks():
        parts.append(_text(x_axis.at(tick), HEIGHT - BOTTOM + 18, number(tick)))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, x_label))
    for at, line in enumerate(series.values()):
        colour = _COLOURS[at % len(_COLOURS)]
        pixels = [(x_axis.at(x), y_axis.at(y)) for x, y in line]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in pixels)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in pixels]
    return "\n".join([*parts, *_legend(series), "</svg>\n"])


def bars(title, y_label, groups, series, log_y=False):
    """`series` is {name: [a value for each of `groups`]}; with a logarithmic axis all are positive."""
    values = [value for heights in series.values() for value in heights]
    y_axis = _Axis(values, HEIGHT - BOTTOM, TOP, log_y)
    parts = _frame(title, y_axis, y_label)
    room = (WIDTH - RIGHT - LEFT) / len(groups)
    width = min(room * 0.8 / len(series), 48)
    for at, group in enumerate(groups):
        middle = LEFT + room * (at + 0.5)
        parts.append(_text(middle, HEIGHT - BOTTOM + 18, group))
        for which, heights in enumerate(series.values()):
            x = middle + (which - len(series) / 2) * width
            y = y_axis.at(heights[at])
            parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width - 2:.1f}" '
                         f'height="{HEIGHT - BOTTOM - y:.1f}" '
                         f'fill="{_COLOURS[which % len(_COLOURS)]}"/>')
            parts.append(_text(x + width / 2 - 1, y - 4, number(heights[at]),
                               extra=' font-size="10"'))
    return "\n".join([*parts, *_legend(series), "</svg>\n"])
