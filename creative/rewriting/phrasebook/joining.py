"""Putting clauses together as each language writes them."""

from __future__ import annotations

import re

from core.contracts import Language

_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z]|\d+ [\u4e00-\u9fff])")
"""A Latin word, or a number written with a space after it, has one before it too."""
_VERB = re.compile(
    r"^(?:Tap|Click|Shop|Order|Get|Try|See|Check|Grab|Open|Visit|Start|Book|Find|Buy|Learn|Save|Swipe|Follow|Take|Go|Pick|Join|Download|Sign|Just|Yours|It's)\b"
)
"""A call begins small after a comma: "Ready, tap the link", not "Ready, Tap the link"."""


def join_clauses(language: Language, *clauses: str) -> str:
    """One line from clauses; a clause that ends in its own punctuation keeps it, the line gets its full stop."""
    kept = [clause.strip() for clause in clauses if clause and clause.strip()]
    return _join_zh(kept) if language == "zh-CN" else _join_en(kept)


def _join_zh(clauses: list[str]) -> str:
    line = ""
    for clause in clauses:
        line += ("，" if line and line[-1] not in "，。：；？！、" else "") + clause
    line = _SPACE.sub(" ", line.rstrip("，：；、"))
    return line if line.endswith(("？", "！", "。", "…")) else line + "。"


def _join_en(clauses: list[str]) -> str:
    line = ""
    for clause in clauses:
        if not line:
            line = clause
        elif line[-1] in ",:":
            line += " " + _VERB.sub(lambda match: match.group().lower(), clause)
        else:
            line += ("" if line[-1] in ".!?" else ".") + " " + clause
    line = line.rstrip(",:;")
    line = line if line[-1:] in ".!?" else line + "."
    return re.sub(r"(^|[.!?] )([a-z])", lambda match: match.group(1) + match.group(2).upper(), line)
