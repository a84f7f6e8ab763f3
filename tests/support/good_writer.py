"""What a capable language model would answer: for the loopback server's `default`.

Reads the fenced data of our own prompts and answers in the form asked for: scripts by the
phrasebook's pen (so they pass every check), role labels by our classifier.
"""

from __future__ import annotations

import json
import re
from typing import Any

from core.contracts import Fact
from creative.brief.categories import guess_category
from creative.contracts import BriefData, ProductBrief, SlotBudget
from creative.references.roles import label_lines
from creative.rewriting.phrasebook import write_script
from tests.support.openai_server import Request, prompt_of

_DATA = re.compile(r"<data (\w+)>\n(.*)\n</data \1>")


def good_answer(request: Request) -> str:
    """The answer to a request for a script, a repair or a structure."""
    blocks = [json.loads(body) for _, body in _DATA.findall(prompt_of(request))]
    wanted = request["response_format"]["json_schema"]["schema"]["properties"]
    if "roles" in wanted:
        texts = [line["text"] for line in blocks[0]]
        language = "zh-CN" if re.search(r"[\u3400-\u9fff]", "".join(texts)) else "en"
        return json.dumps({"roles": label_lines(texts, language)[0]})
    lines = _script(blocks[0], blocks[1], request.get("seed", 0))
    if len(request["messages"]) > 1:
        places = [problem["slot"] - 1 for problem in blocks[-1]]
        lines = [lines[place] for place in places]
    return script_json(lines)


def script_json(texts: list[str], fact_ids: tuple[str, ...] = (), words: tuple[str, ...] = ()) -> str:
    """An answer with these lines."""
    slots = [{"text": text, "fact_ids": list(fact_ids), "words": list(words)} for text in texts]
    return json.dumps({"slots": slots}, ensure_ascii=False)


def _script(told: dict[str, Any], slots: list[dict[str, Any]], seed: int) -> list[str]:
    brief = _brief(told)
    rate = 4.6 if brief.language == "zh-CN" else 4.1 / 1.5
    budgets = [
        SlotBudget(
            slot["role"],
            (slot["min"] + slot["max"]) / 2 / rate,
            slot["min"] / rate,
            slot["max"] / rate,
        )
        for slot in slots
    ]
    draft = write_script(brief, budgets, "plain", seed, avoid_hooks=told["taken_hooks"])
    return [line.text for line in draft.lines]


def _brief(told: dict[str, Any]) -> BriefData:
    facts = {fact["id"]: fact["text"] for fact in told["facts"]}
    named = {key: facts.pop(key, "") for key in ("name", "price", "offer", "cta", "link")}
    product = ProductBrief(
        name=named["name"] or told["product"],
        category=told["category"],
        category_key=guess_category(told["category"], told["product"]).key,
        price_text=named["price"],
        price=None,
        offer=named["offer"],
        audience=told["audience"],
        cta=named["cta"],
        link=named["link"],
        facts=tuple(Fact(key, text) for key, text in facts.items()),
    )
    language = "zh-CN" if re.search(r"[\u3400-\u9fff]", told["product"] + told["category"]) else "en"
    return BriefData(product, language, "kuaishou", 15.0)  # type: ignore[arg-type]  # one of the two languages
