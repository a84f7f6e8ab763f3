"""The main job on any folder of footage, with its figures: `python bench/trial.py DIR [--count 6]`.

Runs make_ads as a user would, in a home of its own, then measures a pure transcode (T) of the
first ad with the same settings, so that the cost stands as a ratio and not as seconds of one machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
NEED = "15 秒，随身水杯，39.9 元，上班族"
TRANSCODE = [
    "-c:v",
    "libx264",
    "-preset",
    "veryfast",
    "-crf",
    "23",
    "-pix_fmt",
    "yuv420p",
    "-g",
    "60",
    "-c:a",
    "aac",
    "-b:a",
    "128k",
]


def main() -> int:
    """Run, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--need", default=NEED)
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--out", type=Path, help="keep the ads here")
    parser.add_argument("--home", type=Path, help="keep the install's home here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="adloom-trial-") as scratch:
        # As root PostgreSQL runs as `nobody`, whose data would otherwise stay behind elsewhere.
        Path(scratch).chmod(0o711)
        out = arguments.out or Path(scratch) / "ads"
        home = arguments.home or Path(scratch) / "home"
        figures = run_trial(arguments.folder, arguments.need, arguments.count, out, home)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0 if figures["exit"] == 0 else 1


def run_trial(folder: Path, need: str, count: int, out: Path, home: Path) -> dict[str, Any]:
    """One run of make_ads and what it came to."""
    report_path = out / "report.json"
    command = [
        *(sys.executable, str(ROOT / "manage.py"), "make_ads", "--need", need, "--materials", str(folder)),
        *("--count", str(count), "--out", str(out), "--report", str(report_path)),
    ]
    began = time.monotonic()
    code = subprocess.run(command, env={**os.environ, "ADLOOM_HOME": str(home)}, check=False).returncode
    seconds = time.monotonic() - began
    if not report_path.exists():
        return {"exit": code, "seconds": round(seconds, 1)}
    report = json.loads(report_path.read_text(encoding="utf-8"))
    return {"exit": code, "seconds": round(seconds, 1), **_figures(report)}


def _figures(report: dict[str, Any]) -> dict[str, Any]:
    ads = report["ads"]
    shots = [shot for ad in ads for slot in ad["slots"] for shot in slot["shots"]]
    frames = sum(ad["frames"] for ad in ads)
    own = sum(shot["end_frame"] - shot["start_frame"] for shot in shots if not shot["source"].startswith("card:"))
    failed = sorted({check["name"] for ad in ads for check in ad["checks"] if not check["ok"]})
    transcode = transcode_cpu_seconds(Path(ads[0]["path"])) if ads else 0.0
    return {
        "requested": report["requested"],
        "made": report["made"],
        "missing": report["missing"],
        "refused": report["errors"],
        "timings": report["timings"],
        "seconds_of_ads": round(frames / 30, 1),
        "own_footage_share": round(own / frames, 3) if frames else 0,
        "distinct_sources": len({shot["source"] for shot in shots}),
        "failed_checks": failed,
        "cpu_seconds_per_ad": [ad["cpu_seconds"] for ad in ads],
        "transcode_cpu_seconds": round(transcode, 2),
        "cpu_per_transcode": [round(ad["cpu_seconds"] / transcode, 2) for ad in ads] if transcode else [],
        "degraded": report["degraded"],
        "notes": report["notes"],
    }


def transcode_cpu_seconds(video: Path) -> float:
    """CPU seconds of a plain decode and encode of a finished ad."""
    import imageio_ffmpeg

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as scratch:
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(video), *TRANSCODE]
        subprocess.run([*command, str(Path(scratch) / "t.mp4")], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


if __name__ == "__main__":
    sys.exit(main())
