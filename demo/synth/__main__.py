"""Write demo/music: the loops as Opus in Ogg, music.yaml, and a printed check of loudness and seam."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import yaml

from demo.synth import songs
from demo.synth.instruments import RATE
from demo.synth.loop import Stereo

FOLDER = Path(__file__).resolve().parents[1] / "music"
TARGET_LUFS = -16.0
CATALOGUE = {
    "calm-night": (songs.calm_night, "静夜、舒缓、深夜下班", "calm, night, unhurried"),
    "bright-morning": (songs.bright_morning, "明亮、清晨、轻快", "bright, morning, light-footed"),
    "city-drive": (songs.city_drive, "动感、通勤、有冲劲", "driving, commute, energetic"),
    "warm-pluck": (songs.warm_pluck, "温暖、木吉他、生活感", "warm, acoustic, homely"),
    "soft-electronic": (songs.soft_electronic, "柔和电子、清透、科技", "soft electronic, clear, modern"),
}


def _ffmpeg(*arguments: str, feed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-y", *arguments]
    return subprocess.run(command, input=feed, capture_output=True, check=True)


def _raw(sound: Stereo) -> bytes:
    return sound.astype("<f4").tobytes()


def loudness(sound: Stereo) -> float:
    """Integrated loudness in LUFS of the loop played three times, by ffmpeg's ebur128."""
    done = _ffmpeg(
        "-f",
        "f32le",
        "-ar",
        str(RATE),
        "-ac",
        "2",
        "-i",
        "-",
        "-af",
        "ebur128",
        "-f",
        "null",
        "-",
        feed=_raw(np.tile(sound, (3, 1))),
    )
    return float(re.findall(rb"I:\s+(-?[\d.]+) LUFS", done.stderr)[-1])


def _limit(sound: Stereo) -> Stereo:
    """Soft knee above -4 dBFS; never over -1.6 dBFS."""
    knee, top = 0.63, 0.83
    level = np.abs(sound)
    return np.where(
        level <= knee, sound, np.sign(sound) * (knee + (top - knee) * np.tanh((level - knee) / (top - knee)))
    )


def master(sound: Stereo) -> Stereo:
    """Bring a loop to the target loudness through the limiter."""
    gain = 0.4 / np.sqrt(np.mean(sound**2)) * 0.4
    for _ in range(3):
        out = _limit(sound * gain)
        gain *= 10 ** ((TARGET_LUFS - loudness(out)) / 20)
    return _limit(sound * gain)


def store(name: str, sound: Stereo) -> Path:
    """Encode so that decoding gives back exactly the loop's samples."""
    path = FOLDER / f"{name}.ogg"
    _ffmpeg(
        "-f",
        "f32le",
        "-ar",
        str(RATE),
        "-ac",
        "2",
        "-i",
        "-",
        "-c:a",
        "libopus",
        "-b:a",
        "80k",
        "-map_metadata",
        "-1",
        "-fflags",
        "+bitexact",
        "-flags",
        "+bitexact",
        str(path),
        feed=_raw(sound),
    )
    return path


def decoded(path: Path) -> Stereo:
    """The stored loop as samples."""
    raw = _ffmpeg("-i", str(path), "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-").stdout
    return np.frombuffer(raw, "<f4").reshape(-1, 2).astype(np.float64)


def seam_ratio(sound: Stereo) -> float:
    """Jump across the seam against the 99.9th percentile of jumps inside the loop; about 1 or less is inaudible."""
    jumps = np.abs(np.diff(sound, axis=0)).max(axis=1)
    return float(np.abs(sound[0] - sound[-1]).max() / np.quantile(jumps, 0.999))


def main() -> None:
    """Make every loop and say what was measured."""
    FOLDER.mkdir(exist_ok=True)
    entries = []
    for name, (compose, mood_zh, mood_en) in CATALOGUE.items():
        loop = compose()
        path = store(name, master(loop.mix()))
        back = decoded(path)
        assert back.shape[0] == loop.samples, f"{path.name}: {back.shape[0]} samples, {loop.samples} wanted"
        print(
            f"{path.name}: {loop.samples / RATE:.3f} s, {loudness(back):.1f} LUFS, peak {np.abs(back).max():.3f}, "
            f"seam {seam_ratio(back):.2f}, {path.stat().st_size // 1024} KiB"
        )
        entries.append(
            {
                "file": path.name,
                "name": name,
                "bpm": loop.bpm,
                "bars": loop.beats // 4,
                "samples": loop.samples,
                "seconds": round(loop.samples / RATE, 3),
                "mood": {"zh-CN": mood_zh, "en": mood_en},
                "rights": "own",
            }
        )
    text = yaml.safe_dump({"loops": entries}, allow_unicode=True, sort_keys=False, width=120)
    (FOLDER / "music.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
