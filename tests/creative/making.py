"""Small values the tests of planning share."""

from __future__ import annotations

from core.contracts import Fact, Money
from creative.contracts import (
    BriefData,
    ClipOption,
    ProductBrief,
    ScriptLine,
    SlotNeed,
    SpokenTake,
)
from creative.planning import MusicChoice, Spoken


def an_option(number: int, **changes: object) -> ClipOption:
    """A good, unused close shot of 120 frames."""
    values: dict[str, object] = {
        "shot_id": f"shot-{number:02}",
        "material_id": f"material-{number:02}",
        "name": f"clip-{number:02}.mp4",
        "start_frame": 0,
        "end_frame": 120,
        "words": ("coffee",),
        "role": "",
        "scale": "close",
        "motion": 0.5,
        "quality": 0.8,
        "faces": 0,
        "fits_portrait": True,
        "phash": f"{number:016x}",
    }
    return ClipOption(**{**values, **changes})  # type: ignore[arg-type] # the values above are of the right kinds


def a_need(position: int = 0, role: str = "hook", frames: int = 80, pace: float = 0.4) -> SlotNeed:
    return SlotNeed(position, role, f"line {position}", ("coffee",), frames, pace)  # type: ignore[arg-type] # a role's word


def a_brief(**changes: object) -> BriefData:
    product = ProductBrief(
        name="澄夜冷萃",
        category="冷萃咖啡",
        category_key="drinks",
        price_text="¥39.9",
        price=Money(3990),
        offer="第二件半价",
        cta="点左下角",
        link="https://example.com/c",
        facts=(Fact("steep", "12 小时低温慢萃"),),
    )
    values: dict[str, object] = {
        "product": product,
        "language": "zh-CN",
        "platform": "kuaishou",
        "length_seconds": 15,
    }
    return BriefData(**{**values, **changes})  # type: ignore[arg-type] # the values above are of the right kinds


def a_script(degraded: tuple[str, ...] = ("voice:espeak",)) -> Spoken:
    """Six lines of two to three spoken seconds, one a role."""
    texts = {
        "hook": "下午三点又犯困？",
        "pain": "会开到一半，眼皮先打架。",
        "selling_point": "澄夜冷萃，12 小时低温慢萃。",
        "proof": "倒出来你看，颜色透亮。",
        "offer": "¥39.9，第二件半价。",
        "cta": "点左下角，带一瓶回工位。",
    }
    lines = tuple(
        ScriptLine(role, text, ("price",) if role == "offer" else (), 2.5)  # type: ignore[arg-type] # roles' words
        for role, text in texts.items()
    )
    takes = tuple(SpokenTake(f"/voice/{number}.wav", f"{number}", 2.2) for number in range(6))
    return Spoken(lines, takes, (0.4,) * 6, degraded)


def some_music() -> list[MusicChoice]:
    return [MusicChoice(f"/music/{name}.ogg", name, name) for name in ("calm", "drive")]
