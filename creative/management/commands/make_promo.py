"""`make_promo`: stills and a passage become one moving, spoken, captioned film."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.commands import guarded
from core.contracts import LANGUAGES, PLATFORMS, Language, Platform
from core.errors import InputError
from core.processes.database import prepared_services
from creative.brief import guess_category
from creative.console.making import find_advertiser
from creative.console.progress import stage_bars
from creative.console.reading import read_file, require_folder
from creative.contracts import BriefData, ProductBrief
from creative.management.commands.make_ads import CANVASES, DRAFTS
from creative.services.promos import MadePromo, PromoWish, make_promo

LONGEST_SECONDS = 180.0


class Command(BaseCommand):
    help = (
        "A moving promo for a novel or short play, of its pictures and its own words. "
        "Exit: 0 made, 2 input wrong, 3 not made, 4 no service."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--title", required=True, help="the work's name")
        parser.add_argument(
            "--text", type=Path, required=True, help="a text file with the passage, from where it begins"
        )
        parser.add_argument("--stills", type=Path, required=True, help="folder of pictures, shown in order of names")
        parser.add_argument("--out", type=Path, required=True, help="folder for promo.mp4 and promo.srt")
        parser.add_argument("--ending", default="", help='the last line, e.g. "点击免费看全文"')
        parser.add_argument("--category", default="小说")
        parser.add_argument("--seconds", type=float, default=30.0)
        parser.add_argument("--language", choices=LANGUAGES, default="zh-CN")
        parser.add_argument("--platform", choices=PLATFORMS, default="kuaishou")
        parser.add_argument("--ratio", choices=sorted(CANVASES), default="9:16")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--draft", action="store_true", help="540p, quick to make")
        parser.add_argument("--advertiser", default="", help="slug (default: the sample advertiser)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        code = guarded(lambda: self._make(options))
        if code:
            sys.exit(code)

    def _make(self, options: dict[str, Any]) -> int:
        wish = _wish(options)
        wish.out.mkdir(parents=True, exist_ok=True)
        with stage_bars() as tell:
            tell("services", 0, 1)
            with prepared_services("postgres", "broker", "workers"):
                tell("services", 1, 1)
                answer = _answer(make_promo(find_advertiser(options["advertiser"]), wish, tell))
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else _lines(answer))
        return 0


def _wish(options: dict[str, Any]) -> PromoWish:
    if not 3 <= options["seconds"] <= LONGEST_SECONDS:
        raise InputError("seconds", f"{options['seconds']:g} is not between 3 and {LONGEST_SECONDS:.0f}", "seconds")
    language: Language = options["language"]
    platform: Platform = options["platform"]
    title, category = options["title"], options["category"]
    product = ProductBrief(title, category, guess_category(category, title).key, "", None, cta=options["ending"])
    return PromoWish(
        BriefData(product, language, platform, options["seconds"]),
        read_file(options["text"], "text"),
        require_folder(options["stills"], "stills"),
        options["out"].expanduser(),
        options["seed"],
        options["draft"],
        (DRAFTS if options["draft"] else CANVASES)[options["ratio"]],
    )


def _answer(promo: MadePromo) -> dict[str, Any]:
    return {
        "path": promo.made.file,
        "seconds": round(promo.made.plan.frames / 30, 2),
        "lines": [{"line": shot.line, "still": shot.still} for shot in promo.shots],
        "degraded": list(promo.made.degraded),
        **promo.generated.told(),
    }


def _lines(answer: dict[str, Any]) -> str:
    clips = f"{len(answer['clips'])} of {len(answer['lines'])} lines over clips made of stills"
    reasons = "".join(f"\nleft out: {each['file']}: {each['reason']}" for each in answer["left_out"])
    marks = f" ({', '.join(answer['degraded'])})" if answer["degraded"] else ""
    return f"{answer['path']}: {answer['seconds']:.1f} s, {clips}{marks}{reasons}"
