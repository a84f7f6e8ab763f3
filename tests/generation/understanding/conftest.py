"""Tiny media made on the spot, and a home for what comes of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.media import run_ffmpeg

Make = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """make("a.mp4", *ffmpeg arguments before the file name) → the file."""

    def made(name: str, *arguments: str) -> Path:
        path = tmp_path / name
        run_ffmpeg([*arguments, str(path)])
        return path

    return made


def picture(size: str = "192x108", rate: str = "30", seconds: float = 1.0, source: str = "testsrc2") -> tuple[str, ...]:
    """Input arguments for a moving test picture."""
    return ("-f", "lavfi", "-i", f"{source}=size={size}:rate={rate}:duration={seconds}")


def tone(seconds: float = 1.0, channels: str = "stereo") -> tuple[str, ...]:
    """Input arguments for a sound that can be heard."""
    return (
        "-f",
        "lavfi",
        "-i",
        f"sine=frequency=440:duration={seconds},aformat=channel_layouts={channels},volume=-6dB",
    )


X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
