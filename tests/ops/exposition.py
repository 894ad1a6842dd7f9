"""What is exported: names of metrics, their labels, and the values that those take."""
import os
import re
import subprocess

SAMPLE = re.compile(r'^([a-z_]+)(?:\{(.*)\})? \S+$')
LABEL = re.compile(r'([a-z_]+)="([^"]*)"')
# What Prometheus itself adds.
TARGET_LABELS = {"job", "instance"}
FREE_LABELS = {("riptide_build_info", "version")}

SELECTOR = re.compile(r'\b((?:riptide|process)_[a-z0-9_]+)(?:\{([^}]*)\})?')
MATCHER = re.compile(r'([a-z_]+)\s*(=~|!~|!=|=)\s*"([^"]*)"')
GROUPING = re.compile(r'\b(?:by|without|on|ignoring)\s*\(([^)]*)\)')


def exported():
    """{sample name: {label: {value, ...}}}, histograms by the names of their samples."""
    text = subprocess.run([os.environ["METRICS_SAMPLE"]], check=True, capture_output=True,
                          text=True).stdout
    metrics = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, labels = SAMPLE.match(line).groups()
        known = metrics.setdefault(name, {})
        for label, value in LABEL.findall(labels or ""):
            known.setdefault(label, set()).add(value)
    return metrics


def problems(expression, metrics):
    """What a query asks for that is not exported."""
    labels_seen = set(TARGET_LABELS)
    for name, matchers in SELECTOR.findall(expression):
        if name not in metrics:
            yield f"{name} is not exported"
            continue
        labels_seen |= set(metrics[name])
        for label, operator, value in MATCHER.findall(matchers):
            if label in TARGET_LABELS or (name, label) in FREE_LABELS:
                continue
            values = value.split("|") if "~" in operator else [value]
            known = metrics[name].get(label, set())
            for each in values:
                if each not in known and not each.startswith("$"):
                    yield f'{name} has no {label}="{each}"'
    for group in GROUPING.findall(expression):
        for label in filter(None, (part.strip() for part in group.split(","))):
            if label not in labels_seen:
                yield f"{label} is no label of what is grouped by it"
