"""A promo of stills through the whole platform, on a machine without a clip model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.generation.engines.clips.subjects import noise_picture
from tests.real.running import Ran, manage

PASSAGE = "雨夜，她推开了那扇尘封十年的门。屋里有人。"


@pytest.fixture(scope="module")
def ran(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("promo")
    (folder / "stills").mkdir()
    for number in (1, 2):
        noise_picture(number, 360, 640).save(folder / "stills" / f"{number}.png")
    (folder / "chapter.txt").write_text(PASSAGE, encoding="utf-8")
    arguments = ["--title", "尘封的门", "--text", str(folder / "chapter.txt"), "--stills", str(folder / "stills")]
    arguments += ["--out", str(folder / "out"), "--ending", "点击看全文", "--seconds", "12", "--draft", "--json"]
    return manage(home, "make_promo", *arguments)


def test_the_film_says_the_passage_and_what_no_model_made(ran: Ran) -> None:
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)

    assert Path(answer["path"]).stat().st_size > 10_000
    assert "".join(each["line"] for each in answer["lines"]) == PASSAGE + "点击看全文"
    assert answer["clips"] == []
    assert [each["file"] for each in answer["left_out"]] == ["clips"]
    assert "CLIP_ENGINE" in answer["left_out"][0]["reason"]


def test_its_captions_are_the_passage(ran: Ran) -> None:
    captions = Path(json.loads(ran.out)["path"]).with_suffix(".srt").read_text(encoding="utf-8")

    assert "尘封十年的门" in captions
