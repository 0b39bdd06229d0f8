"""Small pictures for the report: bars drawn in SVG, tables, and escaped text."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from eval.yardsticks import Yardstick


def escaped(text: object) -> str:
    """Text that is safe inside HTML."""
    return html.escape(str(text).encode("utf-8", "replace").decode("utf-8"), quote=True)


def bar(value: float, base: float | None, top: float = 1.0) -> str:
    """A bar for a value from 0 to `top`, with a mark where the floor's figure stands."""
    width = 100 * min(1.0, max(0.0, value / top)) if top else 0.0
    mark = ""
    if base is not None and top:
        at = 100 * min(1.0, max(0.0, base / top))
        mark = (
            f'<rect class="base" x="{max(0.0, at - 0.6):.2f}%" y="0" width="1.2%" height="100%"/>'
        )
    return (
        '<svg role="img" aria-hidden="true"><rect class="track" width="100%" height="100%"/>'
        f'<rect class="bar" y="15%" width="{width:.2f}%" height="70%"/>{mark}</svg>'
    )


def change(now: float, before: float | None, yardstick: Yardstick) -> str:
    """The difference to the floor, coloured by whether it is good."""
    if before is None:
        return ""
    difference = now - before
    if abs(difference) < (0.5 if yardstick.unit == " mots" else 0.0005):
        return '<span class="soft">=</span>'
    good = (difference > 0) == yardstick.higher
    digits = 0 if yardstick.unit == " mots" else 3
    text = f"{difference:+.{digits}f}".replace(".", ",")
    return f'<span class="{"up" if good else "down"}">{text}</span>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()) -> str:
    """A table; the heads are escaped here, the cells are HTML already."""

    def cells(tag: str, values: Sequence[str]) -> str:
        return "".join(
            f"<{tag}{' class=n' if place in numeric else ''}>{value}</{tag}>"
            for place, value in enumerate(values)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    head = cells("th", [escaped(name) for name in heads])
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="wide"><table>{inside}</table></div>'
