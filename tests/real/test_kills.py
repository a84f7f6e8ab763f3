"""Twenty kills (-9) of workers, broker and PostgreSQL while ads are rendered: each ad is made once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

from core.processes.places import Places
from tests.real.running import NEED, ROOT, environment

KILLS = 20
ADS = 8
VICTIMS = ("worker-render", "worker-render", "worker-light", "broker", "postgres")

BOOKS = """
import django, json
django.setup()
from collections import Counter
from core.processes.use import embedded_services
with embedded_services("postgres"):
    from creative.models import Ad, AdShot, Batch
    from generation.models import RenderAttempt, RenderJob
    jobs = RenderJob.objects.filter(kind="ad")
    done = Counter(RenderAttempt.objects.filter(outcome="done", job__in=jobs).values_list("job_id", flat=True))
    print(json.dumps({
        "batches": list(Batch.objects.values_list("state", flat=True)),
        "ads": sorted(Ad.objects.values_list("position", "version", "state")),
        "paths": len(set(Ad.objects.values_list("path", flat=True))),
        "jobs": Counter(jobs.values_list("state", flat=True)),
        "done_more_than_once": sum(count > 1 for count in done.values()),
        "frames_booked_twice": sum(
            ad.shots.count() != len({s.start_frame for s in ad.shots.all()}) for ad in Ad.objects.all()
        ),
    }))
"""


def start(home: Path, footage: Path, reference: Path, out: Path) -> subprocess.Popen[str]:
    command = [
        *(sys.executable, str(ROOT / "manage.py"), "make_ads", "--need", NEED, "--materials", str(footage)),
        *("--references", str(reference)),
        *("--out", str(out), "--report", str(out / "report.json"), "--count", str(ADS), "--draft"),
    ]
    return subprocess.Popen(command, env=environment(home), cwd=ROOT, stderr=subprocess.PIPE, text=True)


def hear_until_rendering(run: subprocess.Popen[str], heard: list[str], rendering: threading.Event) -> None:
    assert run.stderr is not None
    for line in run.stderr:
        heard.append(line)
        if line.startswith("ads:"):
            rendering.set()
    rendering.set()


def kill_one(places: Places, chance: random.Random) -> str:
    """Kill a random part, or one of a worker's own processes; "" when it was just not there."""
    name = chance.choice(VICTIMS)
    try:
        pid = int(places.pid_file(name).read_text())
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        target = int(chance.choice(children)) if name.startswith("worker") and children else pid
        os.kill(target, signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return ""
    return name


def test_twenty_kills_lose_nothing_and_make_nothing_twice(own_home, footage, reference, tmp_path):
    seed = int(os.environ.get("KILL_SEED", "") or random.SystemRandom().randrange(10**6))
    print(f"seed {seed} (KILL_SEED repeats it)")
    chance, home, out = random.Random(seed), own_home, tmp_path / "ads"
    run, heard, rendering, moment = start(home, footage, reference, out), [], threading.Event(), threading.Event()
    listener = threading.Thread(target=hear_until_rendering, args=(run, heard, rendering), daemon=True)
    listener.start()
    assert rendering.wait(300)
    killed: list[str] = []
    while len(killed) < KILLS and run.poll() is None:
        moment.wait(chance.uniform(0.1, 1.2))
        name = kill_one(Places(home), chance)
        killed += [name] if name else []
    code = run.wait(600)

    print(f"killed {killed}")
    assert code == 0, "".join(heard)
    done = subprocess.run([sys.executable, "-c", BOOKS], env=django(home), cwd=ROOT, capture_output=True, text=True)
    books = json.loads(done.stdout.strip().splitlines()[-1])
    assert books == {
        "batches": ["done"],
        "ads": [[position, 1, "ready"] for position in range(ADS)],
        "paths": ADS,
        "jobs": {"done": ADS},
        "done_more_than_once": 0,
        "frames_booked_twice": 0,
    }
    assert len(list(out.glob("ad-*.mp4"))) == ADS
    assert len(killed) == KILLS, f"the run was over after {len(killed)} kills"


def django(home: Path) -> dict[str, str]:
    return {**environment(home), "DJANGO_SETTINGS_MODULE": "config.settings.base"}
