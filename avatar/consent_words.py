"""What a viewer agrees to before they are on air, word by word. What is changed here is agreed to anew from then on."""

from __future__ import annotations

from core.contracts import Language

_POINTS: dict[Language, tuple[str, ...]] = {
    "zh-CN": (
        "我同意{advertiser}在直播中播出我的声音，以及我打开摄像头时的画面，并随直播录制、存档。",
        "和我对话的是 AI 数字人；我说的话会被转成文字，用来回答我，并和本场直播的记录一起保存，文字最长 30 天。",
        "我可以随时离开，也可以随时在本页撤回同意：撤回后立即下线，我的名字和文字会从直播间记录中删除。",
        "已经由平台播出或被观众录下的内容，需要向平台提出删除，直播间无法收回。",
        "我已年满 18 周岁；画面和声音里没有未同意出镜的人。",
    ),
    "en": (
        "I agree that {advertiser} broadcasts my voice and, while my camera is on, my picture, and records both with "
        "the programme.",
        "I talk with an AI-generated host. What I say is turned into text to answer me and is kept with the records of "
        "this broadcast, the text for 30 days at most.",
        "I can leave at any time, and take this back at any time on this page: I am off the air at once, and my name "
        "and words are deleted from the room's records.",
        "What platforms have already shown or viewers have recorded lies with them; the room cannot take it back.",
        "I am 18 or older, and nobody who has not agreed is seen or heard with me.",
    ),
}


def on_air_points(language: Language, advertiser: str) -> tuple[str, ...]:
    """The points one by one."""
    return tuple(point.format(advertiser=advertiser) for point in _POINTS[language])


def on_air_words(language: Language, advertiser: str) -> str:
    """All of them, as they are kept with the consent."""
    return "\n".join(on_air_points(language, advertiser))
