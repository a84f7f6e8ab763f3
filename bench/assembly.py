"""Rows B3, B4 and B9: what an ad costs that is put together from segments and stems, and whether it plays right.

The pool is the bench's ad of eight slots, every segment and stem rendered once and kept
under several keys, so that a thousand ads are different mixes; as in the reference
measurements the copies share contents, not files. T is a pure transcode of one finished ad.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from bench.compose import bench_ad, make_sound, transcode_seconds
from bench.flashes import beeps_of, flash_ad, flashes_of
from bench.footage import make_footage
from bench.run import Figure, Row, cpu_seconds
from core.media import ffmpeg_binary
from generation.assembly.deliver import sign_head, write_file
from generation.assembly.recipe import Recipe, check_structure, make_recipe, open_recipe, pictures_of, sounds_of
from generation.contracts import PORTRAIT, Canvas, Provenance, Timeline
from generation.engines.compose import render_segment
from generation.provenance.aigc import build_label
from generation.provenance.chain import load_chain
from generation.segments.specs import segment_specs
from generation.segments.store import SegmentFacts, SegmentStore, StemFacts
from generation.sound.stems import make_stems, stem_spec

COPIES = 5
ADS, FILES, SIGNED = 1000, 40, 5
RECIPE_SHARE, FILE_SHARE = 30_000, 2_500
PROVENANCE = Provenance("adloom", "bench", "台词 A 三秒冲开 29.9")


@dataclass(frozen=True)
class Pool:
    """Keys that may fill each slot."""

    store: SegmentStore
    segments: tuple[tuple[str, ...], ...]
    stems: tuple[tuple[str, ...], ...]

    def mix(self, chance: random.Random) -> tuple[list[str], list[str]]:
        """One ad: a segment and a stem for every slot."""
        return [chance.choice(keys) for keys in self.segments], [chance.choice(keys) for keys in self.stems]

    def recipe(self, segments: Sequence[str], stems: Sequence[str], number: int) -> Recipe:
        """What is done for every ad of a batch."""
        found = self.store.get_many((*segments, *stems))
        label = build_label(Provenance(PROVENANCE.producer, f"{PROVENANCE.produce_id}-{number}", PROVENANCE.title))
        return make_recipe([found[key] for key in segments], [found[key] for key in stems], label, PROVENANCE.title)


def recipes(small: bool, folder: Path) -> Figure:
    """B3: T / CPU of one recipe out of a thousand, store warm."""
    return _worst([_recipe_share(kind, small, folder / kind) for kind in _kinds(small)], RECIPE_SHARE)


def full_files(small: bool, folder: Path) -> Figure:
    """B4: T / CPU of one ad written as a file; what signing one costs stands behind."""
    return _worst([_file_share(kind, small, folder / kind) for kind in _kinds(small)], FILE_SHARE)


def _worst(found: list[dict[str, Any]], wanted: int) -> Figure:
    worst = min(each["T_over_cpu"] for each in found)
    return Figure(worst, "T / CPU of one ad", worst >= wanted, {each.pop("kind"): each for each in found})


def _kinds(small: bool) -> tuple[str, ...]:
    return ("plain",) if small else ("noisy", "plain")


def _recipe_share(kind: str, small: bool, folder: Path) -> dict[str, Any]:
    pool, t = _pool_and_t(kind, small, folder)
    mixes = [pool.mix(random.Random(number)) for number in range(50 if small else ADS)]
    rounds = []
    for _ in range(2 if small else 5):
        began = cpu_seconds()
        made = [pool.recipe(*mix, number) for number, mix in enumerate(mixes)]
        rounds.append((cpu_seconds() - began) / len(mixes))
    checked = _check_milliseconds(pool, mixes, made)
    spent = statistics.median(rounds[1:])
    return {
        **{"kind": kind, "T": round(t, 2), "cpu_ms": round(spent * 1e3, 4), "check_cpu_ms": checked},
        "T_over_cpu": round(t / spent),
        "head_bytes": round(statistics.mean(len(recipe.head) for recipe in made)),
        "file_bytes": round(statistics.mean(recipe.size_bytes for recipe in made)),
    }


def _check_milliseconds(pool: Pool, mixes: Sequence[tuple[list[str], list[str]]], made: Sequence[Recipe]) -> float:
    began = cpu_seconds()
    for (segments, stems), recipe in zip(mixes, made, strict=True):
        found = pool.store.get_many((*segments, *stems))
        tables = pictures_of([found[key] for key in segments]), sounds_of([found[key] for key in stems])
        assert all(check.ok for check in check_structure(recipe.head, recipe.size_bytes, *tables))
    return round((cpu_seconds() - began) / len(mixes) * 1e3, 4)


def _file_share(kind: str, small: bool, folder: Path) -> dict[str, Any]:
    pool, t = _pool_and_t(kind, small, folder)
    spent, size = [], 0
    for number in range(4 if small else FILES):
        mix = pool.mix(random.Random(number))
        began = cpu_seconds()
        with open_recipe(pool.recipe(*mix, number), pool.store) as virtual:
            write_file(virtual, folder / f"ad-{number}.mp4")
        spent.append(cpu_seconds() - began)
        size = (folder / f"ad-{number}.mp4").stat().st_size
        (folder / f"ad-{number}.mp4").unlink()
    # The first ads also pay for hashing segments nobody has read yet; a batch pays that once.
    warm = statistics.median(spent[len(spent) // 2 :])
    signing = _sign_milliseconds(pool, folder, 2 if small else SIGNED)
    return {
        **{"kind": kind, "T": round(t, 2), "cpu_ms": round(warm * 1e3, 3), "T_over_cpu": round(t / warm)},
        **{"cold_cpu_ms": round(spent[0] * 1e3, 2), "sign_cpu_ms": signing, "file_bytes": size},
    }


def _sign_milliseconds(pool: Pool, folder: Path, count: int) -> float:
    chain = load_chain(folder)
    spent = []
    for number in range(count):
        with open_recipe(pool.recipe(*pool.mix(random.Random(number)), number), pool.store) as virtual:
            began = cpu_seconds()
            sign_head(virtual, PROVENANCE, chain)
            spent.append(cpu_seconds() - began)
    return round(statistics.median(spent) * 1e3, 2)


def _pool_and_t(kind: str, small: bool, folder: Path) -> tuple[Pool, float]:
    folder.mkdir(parents=True)
    frames = 32 if small else 112
    canvas = Canvas(270, 480) if small else PORTRAIT
    sources = make_footage(folder, kind, 2 if small else 7, frames / 30 + 0.8, 4 if small else 1)
    plan = bench_ad(sources, make_sound(folder / "voice.wav", frames / 30), frames, canvas, "cut")
    pool = make_pool(plan, folder)
    path = folder / "one.mp4"
    with open_recipe(pool.recipe(*pool.mix(random.Random(0)), 0), pool.store) as virtual:
        write_file(virtual, path)
    return pool, statistics.median(transcode_seconds(path, folder) for _ in range(1 if small else 3))


def make_pool(plan: Timeline, folder: Path, copies: int = COPIES) -> Pool:
    """Every slot's segment and stem rendered once and kept under `copies` keys."""
    store = SegmentStore(folder / "store")
    segments, stems = [], []
    made = make_stems([stem_spec(plan, slot) for slot in range(len(plan.slots))])
    for slot, spec in enumerate(segment_specs(plan)):
        path = folder / f"slot-{slot}.mp4"
        facts = render_segment(spec, path, folder / "work")
        segments.append(_put(store, "picture", slot, path, facts, copies))
        stem = made[slot]
        (folder / "stem").write_bytes(stem.payload)
        heard = SegmentFacts(stem.frames, (), stem.cpu_seconds, StemFacts(stem.index))
        stems.append(_put(store, "sound", slot, folder / "stem", heard, copies))
    return Pool(store, tuple(segments), tuple(stems))


def _put(store: SegmentStore, kind: str, slot: int, path: Path, facts: SegmentFacts, copies: int) -> tuple[str, ...]:
    keys = tuple(hashlib.sha256(f"{kind} {slot} {copy}".encode()).hexdigest() for copy in range(copies))
    for key in keys:
        store.put(key, path, facts)
    return keys


def plays_right(small: bool, folder: Path) -> Figure:
    """B9: the largest distance of a flash and its beep in an ad of ten segments, everything else exact."""
    plan = flash_ad(folder, slots=4 if small else 10, canvas=Canvas(270, 480))
    pool = make_pool(plan, folder, copies=1)
    path = folder / "ad.mp4"
    recipe = pool.recipe([keys[0] for keys in pool.segments], [keys[0] for keys in pool.stems], 0)
    with open_recipe(recipe, pool.store) as virtual:
        write_file(virtual, path)
    stored = [pool.store.get_many(keys)[keys[0]].path for keys in pool.segments]
    shown, uniform = _places(path)
    is_exact = _frame_hashes(path) == [each for segment in stored for each in _frame_hashes(segment)]
    flashes, beeps = flashes_of(path), beeps_of(_sound(path))
    skews = [round((beep - flash) * 1e3, 3) for flash, beep in zip(flashes, beeps, strict=True)]
    worst = max(map(abs, skews))
    behind = {
        **{"frames": shown, "ordered": plan.frames, "pts_uniform": uniform, "bit_exact": is_exact},
        **{"samples": len(_sound(path)), "skew_ms": skews},
    }
    is_right = shown == plan.frames and uniform and is_exact and len(_sound(path)) == plan.frames * 1600
    return Figure(worst, "ms", is_right and len(skews) == len(plan.slots) and worst <= 2.0, behind)


def _places(path: Path) -> tuple[int, bool]:
    """Frames decoded, and whether they stand at 0, 1/30, 2/30 …"""
    import av

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        places = [(frame.pts or 0) * (stream.time_base or Fraction(0)) for frame in container.decode(stream)]
    return len(places), places == [Fraction(number, 30) for number in range(len(places))]


def _ffmpeg(*arguments: str) -> bytes:
    """Its output; AssertionError for a word of complaint."""
    ran = subprocess.run([str(ffmpeg_binary()), "-v", "error", *arguments], capture_output=True, check=True)
    assert not ran.stderr, ran.stderr.decode()
    return ran.stdout


def _frame_hashes(path: Path) -> list[str]:
    lines = _ffmpeg("-i", str(path), "-map", "0:v", "-f", "framemd5", "-").decode().splitlines()
    return [line.rsplit(",", 1)[1] for line in lines if not line.startswith("#")]


def _sound(path: Path) -> np.ndarray:
    wave = _ffmpeg("-i", str(path), "-map", "0:a", "-f", "f32le", "-ac", "2", "-")
    return np.frombuffer(wave, "<f4").reshape(-1, 2)[:, 0]


ROWS = [
    Row("B3", "1,000 recipes, warm: T / CPU of one", "58,000-90,000", ">= 30,000", recipes),
    Row("B4", "the same as full files", "3,800", ">= 2,500", full_files),
    Row(
        "B9", "flash + beep, ten segments; frames, pts, bits exact", "-50 ms, no error printed", "<= 2 ms", plays_right
    ),
]
