"""The fonts the product carries, and what they can write.

A character without a glyph would come out as an empty box and no program would say so,
therefore everything that is drawn passes `require_glyphs` first.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from core.errors import InputError

Weight = Literal["regular", "bold"]
FOLDER = Path(__file__).resolve().parent / "fonts"
FILES: dict[Weight, Path] = {
    "regular": FOLDER / "AdloomSansSC-Regular.otf",
    "bold": FOLDER / "AdloomSansSC-Bold.otf",
}
_INVISIBLE = frozenset("\n\r\t\u200b\u2060")
_EMOJI_JOINERS = frozenset("\ufe0e\ufe0f\u200d\u20e3")


@lru_cache(maxsize=512)
def font(size: int, weight: Weight = "bold") -> ImageFont.FreeTypeFont:
    """The font at `size` pixels per em."""
    return ImageFont.truetype(str(FILES[weight]), size=max(1, size))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """SHA-256 over all font files: part of the key of everything drawn with them."""
    digest = hashlib.sha256()
    for weight in sorted(FILES):
        digest.update(FILES[weight].read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=2)
def covered(weight: Weight = "bold") -> frozenset[int]:
    """Code points the font has a glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(str(FILES[weight]), lazy=True) as face:
        return frozenset(face.getBestCmap())


def missing_characters(text: str) -> tuple[str, ...]:
    """Characters of `text` that would be drawn as an empty box, in order, each once."""
    known = covered("bold")
    absent = [c for c in text if ord(c) not in known and c not in _INVISIBLE]
    return tuple(dict.fromkeys(absent))


def require_glyphs(thing: str, text: str) -> None:
    """Raise InputError naming each character of `text` that cannot be drawn."""
    absent = missing_characters(text)
    if not absent:
        return
    named = ", ".join(f"{c if c.isprintable() else '?'} (U+{ord(c):04X})" for c in absent)
    way_out = "remove the emoji" if any(is_emoji(c) for c in absent) else "write it differently"
    raise InputError(thing, f"the font has no glyph for {named}; {way_out}", code="glyph-missing")


def is_emoji(character: str) -> bool:
    """Whether a character is a pictograph, or glue between pictographs."""
    point = ord(character)
    if character in _EMOJI_JOINERS:
        return True
    return 0x1F000 <= point <= 0x1FAFF or (0x2600 <= point <= 0x27BF and point not in covered("bold"))
