"""The command as people run it: in a process of its own, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from generation.contracts import Provenance
from generation.provenance.labels import label_and_sign
from tests.generation.quality import ads

ROOT = Path(__file__).resolve().parents[2]
ORDER = Provenance("001191110000MA0000000X00001", "ad-1", "冷萃咖啡")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    ad = ads.clean_ad(4, 105)
    label_and_sign(ads.save(ad, folder / "composed.mp4"), folder / "ad.mp4", ORDER, (105, 19), home)
    (folder / "ad.boxes.json").write_text(json.dumps({"boxes": [asdict(box) for box in ad.boxes]}))
    return folder / "ad.mp4"


def test_a_finished_ad_holds_and_the_answer_is_one_json_document(finished: Path, home: Path) -> None:
    done = _check_ad(home, str(finished), "--canvas", "360x640", "--seconds", "3.5", "--json")

    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"], answer["file"]) == (0, True, str(finished))
    assert set(answer["checks"][0]) == {"name", "ok", "measured", "limit", "at_frame", "reason"}
    assert {"aigc", "c2pa", "label_visible", "contrast"} <= {check["name"] for check in answer["checks"]}
    assert answer["label"]["visible"]["to_frame"] == 105
    assert answer["label"]["aigc"]["ContentProducer"] == ORDER.producer
    assert answer["label"]["c2pa"]["state"] == "Trusted"


def test_a_platforms_own_rules_are_applied(finished: Path, home: Path) -> None:
    done = _check_ad(home, str(finished), "--platform", "kuaishou", "--json")

    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert done.returncode == 1
    assert checks["size"]["reason"] == "the picture is 360x640, not 1080x1920"
    assert (checks["length"]["ok"], checks["length"]["limit"]) == (False, "5..60 s")
    assert checks["caption_area"]["ok"]


def test_without_json_the_answer_is_a_table_people_can_read(finished: Path, home: Path) -> None:
    done = _check_ad(home, str(finished))

    assert done.returncode == 0
    assert done.stdout.splitlines()[0].split() == ["check", "measured", "limit", "frame"]
    assert done.stdout.splitlines()[-1] == f"{finished}: all checks hold"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.mp4"], r"^nowhere\.mp4: no such file"),
        ([__file__], r"^test_check_ad\.py: cannot be read as a video"),
        (["{ad}", "--canvas", "large"], r"^--canvas: 'large' is not WIDTHxHEIGHT"),
        (["{ad}", "--boxes", "nowhere.json"], r"^nowhere\.json: no such file"),
        (["{ad}", "--boxes", "{ad}"], r"^ad\.mp4: not a record of text boxes"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_its_name(arguments: list[str], message: str, finished: Path) -> None:
    with pytest.raises(CommandError, match=message) as raised:
        call_command("check_ad", *(each.format(ad=finished) for each in arguments))

    assert raised.value.returncode == 2


def _check_ad(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment = {**inherited, "ADLOOM_HOME": str(home), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, str(ROOT / "manage.py"), "check_ad", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
