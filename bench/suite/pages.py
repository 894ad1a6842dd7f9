"""Pages that are made, not found: the same bytes on every machine."""

TINY = "<html><head><title>Hi</title></head><body><p>Hello</p></body></html>"
_WORDS = ("the pilots who had waited since dawn went out in the first boat and nobody they said had "
          "seen the water so low or the piers so bare in all of their years on the quay").split()


def _sentence(number):
    words = [_WORDS[(number * 7 + i) % len(_WORDS)] for i in range(12)]
    return f"{words[0].capitalize()} {' '.join(words[1:6])}, {' '.join(words[6:])}."


def _teaser(number):
    return (f"<li class='teaser teaser--{number}'><a href='/news/2024/05/item-{number}' "
            f"data-track='list'><span class='kicker'>Harbour</span> Headline, number {number}</a></li>")


def _paragraph(number):
    text = " ".join(_sentence(number * 5 + i) for i in range(5))
    return (f"<p>{text} <a href='/people/{number}'>They</a> waited.</p>"
            "<div class='share'><a href='#'>Share</a></div>")


def news(size):
    """A news page of about so many bytes: two thirds links around it, one third article."""
    head = ("<html><head><title>The harbour</title></head><body><nav><ul>", "</ul></nav><main>"
            "<article><h1>The harbour</h1>", "</article></main><aside><ul>", "</ul></aside></body></html>")

    def fill(make, budget):
        parts, number = [], 0
        while budget > 0:
            parts.append(make(number))
            budget -= len(parts[-1])
            number += 1
        return "".join(parts)

    third = (size - sum(map(len, head))) // 3
    return (head[0] + fill(_teaser, third) + head[1] + fill(_paragraph, third) + head[2]
            + fill(_teaser, third) + head[3])


def nested(depth):
    """As much text at every depth: paragraphs inside so many elements."""
    text = "".join(_paragraph(number) for number in range(40))
    return ("<html><head><title>The harbour</title></head><body>" + "<div>" * depth + text
            + "</div>" * depth + "</body></html>")
