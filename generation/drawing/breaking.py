"""Lines for a given width: where text is broken so that it fits and reads best."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.phrases import STRONG, WEAK, break_penalty, pieces

Measure = Callable[[str], float]


def break_lines(text: str, width: float, measure: Measure, protected: Sequence[str] = ()) -> list[str]:
    """Fewest lines that fit `width`, balanced, cut where it reads best.

    A piece wider than `width` is split by characters rather than clipped; callers that
    mind shrink the type first.
    """
    parts = [p for piece in pieces(" ".join(text.split("\n")), protected) for p in _fitting(piece, width, measure)]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)] + [(10**6, 0.0, 0)] * len(parts)
    for end in range(1, len(parts) + 1):
        for start in range(end - 1, -1, -1):
            line = "".join(parts[start:end]).strip()
            taken = measure(line)
            if taken > width and end - start > 1:
                break
            lines, cost, _ = best[start]
            slack = (max(0.0, width - taken) / width) ** 2
            cut = break_penalty(parts[end - 1], parts[end]) if end < len(parts) else 0.0
            best[end] = min(best[end], (lines + 1, cost + slack + cut, start))
    lines_out: list[str] = []
    end = len(parts)
    while end > 0:
        start = best[end][2]
        lines_out.append("".join(parts[start:end]).strip())
        end = start
    return [line for line in reversed(lines_out) if line]


def forced_breaks(text: str, lines: Sequence[str]) -> int:
    """How many line ends fall where the text has neither a space nor a mark."""
    count, at = 0, 0
    for line in lines[:-1]:
        at = text.find(line, at) + len(line)
        count += not (text[at : at + 1].isspace() or line[-1] in STRONG or line[-1] in WEAK)
    return count


def _fitting(piece: str, width: float, measure: Measure) -> list[str]:
    if measure(piece.strip()) <= width or len(piece) == 1:
        return [piece]
    return list(piece)
