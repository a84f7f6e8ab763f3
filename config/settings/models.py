"""Picture and clip models: which engine and checkpoint are configured, where weights lie, which device runs them."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import read_folder, read_home, read_list, read_text, read_whole_number

CLIP_ENGINES = ("stable-diffusion", "edit", "wan", "ltx", "cogvideox")
"""Those of `generation.engines.clips.engines`, which settings cannot ask."""
CLIP_ENGINE = read_text("CLIP_ENGINE")
if CLIP_ENGINE and CLIP_ENGINE not in CLIP_ENGINES:
    raise ImproperlyConfigured(f"CLIP_ENGINE: {CLIP_ENGINE!r} is none of {', '.join(CLIP_ENGINES)}")
CLIP_CHECKPOINT = read_text("CLIP_CHECKPOINT")
"""A folder, or the name of a checkpoint that `checkpoints list` knows."""

MODELS_DIR = Path(read_text("MODELS_DIR") or read_home("ADLOOM_HOME") / "checkpoints").expanduser().absolute()
MODEL_DEVICE = read_text("MODEL_DEVICE", "auto")
MODEL_AGREEMENTS = read_list("MODEL_AGREEMENTS", [])
"""Checkpoints for whose commercial use the operator holds an agreement with the licensor."""

MODEL_MEMORY_BYTES = read_whole_number("MODEL_MEMORY_BYTES", 0, 0, 1 << 50)
"""Most bytes of weights kept warm; 0: what the device and the machine have."""

CLIP_SIZE = read_text("CLIP_SIZE")
"""Size of generated clips as WIDTHxHEIGHT, turned for the ad's ratio; empty: the checkpoint's own."""

CLIP_STEPS = read_whole_number("CLIP_STEPS", 30, 1, 1000)
CLIP_BATCH = read_whole_number("CLIP_BATCH", 4, 1, 64)
CLIP_BATCH_WAIT_MS = read_whole_number("CLIP_BATCH_WAIT_MS", 500, 0, 60_000)
CLIP_STEP_CACHE_PERCENT = read_whole_number("CLIP_STEP_CACHE_PERCENT", 0, 0, 100)
"""Threshold of the first-block cache in hundredths; 0: off. Used only where a probe finds the picture unharmed."""

if MODEL_DEVICE not in ("auto", "cpu", "cuda"):
    raise ImproperlyConfigured(f"MODEL_DEVICE: {MODEL_DEVICE!r} is none of auto, cpu, cuda")
EVALUATION_MODELS_DIR = read_folder("EVALUATION_MODELS_DIR")
"""DINO and CLIP for two of VBench's dimensions; without it clips are judged by what needs no weights."""

if CLIP_SIZE and not re.fullmatch(r"[1-9]\d{1,3}x[1-9]\d{1,3}", CLIP_SIZE):
    raise ImproperlyConfigured(f"CLIP_SIZE: {CLIP_SIZE!r} is not like 480x832")
if CLIP_CHECKPOINT and not CLIP_ENGINE:
    raise ImproperlyConfigured("CLIP_ENGINE: must be set together with CLIP_CHECKPOINT")
