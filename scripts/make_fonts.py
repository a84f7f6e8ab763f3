"""Cuts Noto Sans SC to GB 2312 + Latin + signs and writes generation/drawing/fonts/*.otf.

Needs Debian's `fonts-noto-cjk`; the product carries the result, so neither captions nor
cards need a system font. The family is renamed: a cut font is a Modified Version in the
sense of the SIL Open Font License, and must not be taken for the original.

    .venv/bin/python scripts/make_fonts.py [FOLDER_WITH_TTC]
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FOLDER = Path("/usr/share/fonts/opentype/noto")
LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")
OUT = Path(__file__).resolve().parent.parent / "generation" / "drawing" / "fonts"
FAMILY = "Adloom Sans SC"
STYLES = ("Regular", "Bold")
SIGNS = "¥￥€£$₩₹¢%‰·•…—–‘’“”「」『』《》〈〉【】〔〕（）！？，。、；：～→←↑↓✓✔✕✗★☆●○■□▲△▼▶◆℃°²³№™®©×÷±≈≤≥½¼①②③④⑤⑥⑦⑧⑨⑩"
LATIN = range(0x20, 0x7F), range(0xA0, 0x180)
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "palt", "halt", "tnum", "pnum"]


def gb2312_characters() -> set[int]:
    """The 7,445 characters of GB 2312 as code points."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.update(map(ord, bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def wanted_characters() -> set[int]:
    """Everything the cut keeps."""
    return gb2312_characters() | set(map(ord, SIGNS)) | {point for block in LATIN for point in block}


def simplified_face(path: Path) -> TTFont:
    """The Simplified Chinese face of a Noto CJK collection."""
    for face in TTCollection(str(path)).fonts:
        if face["name"].getDebugName(1) == "Noto Sans CJK SC":
            return face
    raise SystemExit(f"{path}: holds no face named Noto Sans CJK SC")


def rename(face: TTFont, style: str) -> None:
    """Give the cut its own name; the notices of the original stay."""
    names = face["name"]
    plain = FAMILY.replace(" ", "")
    values = {1: FAMILY, 2: style, 3: f"{plain}-{style}", 4: f"{FAMILY} {style}", 6: f"{plain}-{style}"}
    names.names = [record for record in names.names if record.nameID in {0, 7, 13, 14} and record.langID == 0x409]
    for name_id, value in values.items():
        names.setName(value, name_id, 3, 1, 0x409)
    top = face["CFF "].cff
    top.fontNames[0] = f"{plain}-{style}"
    top[0].FamilyName, top[0].FullName = FAMILY, f"{FAMILY} {style}"


def cut(path: Path, style: str) -> Path:
    """Write one cut style and return where it lies."""
    face = simplified_face(path)
    options = subset.Options(layout_features=FEATURES, name_IDs=[0, 1, 2, 3, 4, 6, 7, 13, 14], hinting=False)
    options.desubroutinize = False
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(wanted_characters()))
    cutter.subset(face)
    rename(face, style)
    target = OUT / f"AdloomSansSC-{style}.otf"
    face["head"].modified = face["head"].created
    face.recalcTimestamp = False
    face.save(str(target))
    return target


def write_licence() -> None:
    """The licence text as the package ships it, with the copyright line of the original."""
    text = LICENCE.read_text(encoding="utf-8")
    body = text[text.index(" SIL OPEN FONT LICENSE Version 1.1") :]
    lines = ["" if line.strip() == "." else line.strip() for line in body.splitlines()]
    end = next((i for i, line in enumerate(lines) if line.startswith(("License:", "Files:"))), len(lines))
    head = [
        "Adloom Sans SC is Noto Sans CJK SC 2.004, cut to GB 2312, Latin and signs, and renamed.",
        "Copyright 2014-2021 Adobe (http://www.adobe.com/). Noto is a trademark of Google Inc.",
        "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        "",
    ]
    (OUT / "OFL.txt").write_text("\n".join(head + lines[:end]).rstrip() + "\n", encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    OUT.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        target = cut(folder / f"NotoSansCJK-{style}.ttc", style)
        print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")
    write_licence()


if __name__ == "__main__":
    main()
