"""How long text is, and where it may be cut: a Chinese character counts one, a Latin letter 3/8."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
LATIN_WIDTH = 0.375
"""60 Chinese characters and 160 English ones are read in about the same time."""
_SENTENCE = re.compile(
    r"[^。！？!?\n；]*?(?:[。！？!?；]+[”’」』）)\"']*|\n|(?<=[^\d\s])\.(?=\s|$)|(?<=\d)\.(?=\s+[A-Z]|\s*$)|$)"
)

_ABBREVIATION = re.compile(r"\b(?:[ap]\.m|e\.g|i\.e|approx|no|incl)\.$", re.IGNORECASE)


def width(text: str) -> float:
    """Length of `text` in Chinese characters; 8 Latin characters weigh 3."""
    han = len(_HAN.findall(text))
    return han + LATIN_WIDTH * (len(text) - han)


def is_chinese(text: str) -> bool:
    return bool(_HAN.search(text))


def sentences(text: str) -> list[str]:
    """`text` cut after each sentence, end mark kept, white space round it gone."""
    found: list[str] = []
    for piece in (piece.strip() for piece in _SENTENCE.findall(text)):
        if found and piece and _ABBREVIATION.search(found[-1]) and not piece[0].isupper():
            found[-1] += " " + piece
        elif piece:
            found.append(piece)
    return found


def join(pieces: list[str]) -> str:
    """Sentences side by side: a blank between them unless the first ends in Chinese."""
    text = ""
    for piece in pieces:
        blank = " " if text and not _HAN.match(text[-1]) else ""
        text += blank + piece
    return text


_CLAUSE = re.compile(r"(?:[^，,、：:；;]|(?<=\d)[,:](?=\d))*[，,、：:；;]?")
"""Up to a mark that ends a clause: the one in 23,800 or 9:00 ends none."""


def shorten(text: str, limit: float) -> str:
    """`text`, or as many of its clauses as stay within `limit`; a full stop closes what was cut. Numbers stay whole."""
    if width(text) <= limit:
        return text
    kept = ""
    for clause in _CLAUSE.findall(text):
        if width(kept + clause) > limit - 1:
            break
        kept += clause
    kept = kept.rstrip("，,、：:；; ")
    if not kept:
        return hard_cut(text, limit)
    return kept + ("。" if is_chinese(kept[-1]) else ".")


def hard_cut(text: str, limit: float) -> str:
    """The longest beginning within `limit`, English at a blank."""
    end = len(text)
    while end and width(text[:end]) > limit - 1:
        end -= 1
    cut = text[:end]
    if re.match(r"[,.:]?\d", text[end:]):
        cut = re.sub(r"[^\s，。；]*\d[\d,.:]*$", "", cut)
    return (cut if is_chinese(cut) else cut.rpartition(" ")[0] or cut) + "…"


def full_width_marks(text: str) -> str:
    """Half-width commas, semicolons, question and exclamation marks beside a Chinese character as full-width ones."""
    marks = str.maketrans(",;!?", "，；！？")
    return re.sub(
        r"(?<=[\u3400-\u9fff])[,;!?]\s*|(?<=[%\w])[,;]\s*(?=[\u3400-\u9fff])",
        lambda m: m[0].strip().translate(marks),
        text,
    )


def spaced(text: str) -> str:
    """A blank where Chinese and Latin letters meet, as it is printed."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])", " ", text)
