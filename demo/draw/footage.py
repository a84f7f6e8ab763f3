"""Draw the demo's own footage.

`python -m demo.draw.footage` writes every shot and materials.yaml; names limit it to some shots;
`--look FOLDER` writes three stills of each instead.
"""

from __future__ import annotations

import argparse
import importlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import process_time

import numpy as np
import yaml
from PIL import Image

from demo.draw.ambience import write_ambience
from demo.draw.stage import SHOTS, Film, render
from demo.draw.stills import STILLS, make_stills

FOLDER = Path(__file__).resolve().parents[1] / "footage"
SCENES = (
    "shots_pour",
    "shots_drink",
    "shots_day",
    "shots_world",
    "shots_travel",
    "shots_table",
    "shots_order",
    "shots_office",
)


def load() -> None:
    """Import the modules that register shots."""
    for name in SCENES:
        importlib.import_module(f"demo.draw.{name}")


def look(name: str, folder: Path, scale: float = 0.5) -> None:
    """Three stills side by side."""
    one, stills = SHOTS[name], []
    film = Film(one.size, scale, one.vignette, one.bloom)
    for share in (0.08, 0.5, 0.95):
        stills.append(film.frame(one.draw, one.seconds * share)[:, :, 2::-1].copy())
    Image.fromarray(np.concatenate(stills, axis=1 if one.size[0] < one.size[1] else 0)).save(folder / f"{name}.png")


def make(name: str) -> str:
    """Render one shot; a line about it."""
    load()
    started, path = process_time(), FOLDER / f"{name}.mp4"
    sound = write_ambience(name, SHOTS[name].seconds, FOLDER)
    render(SHOTS[name], path, sound)
    if sound:
        sound.unlink()
    return f"{path.name}: {path.stat().st_size // 1024} KiB, {process_time() - started:.1f} CPU s of drawing"


def catalogue() -> None:
    """materials.yaml: words, role and rights of every file."""
    entries = {
        f"{one.name}.mp4": {"words": list(one.words), "role": one.role, "rights": "own"} for one in SHOTS.values()
    }
    entries |= {name: {"words": words.split(), "role": "offer", "rights": "own"} for name, words in STILLS.items()}
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=140, default_flow_style=None)
    (FOLDER / "materials.yaml").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the demo's own footage.")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--look", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    load()
    names = options.names or list(SHOTS)
    if options.look:
        options.look.mkdir(parents=True, exist_ok=True)
        for name in names:
            look(name, options.look)
        return
    FOLDER.mkdir(exist_ok=True)
    with ProcessPoolExecutor(options.jobs) as pool:
        for done in pool.map(make, names):
            print(done, flush=True)
    make_stills(FOLDER)
    catalogue()


if __name__ == "__main__":
    main()
