"""What is said of pictures and clips that a model shall make: a pattern of the English sentence, and its page words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

STUDIO: tuple[tuple[str, Any], ...] = (
    (
        r"has 2 to (?P<a>\d+) characters: .*",
        gettext_lazy("has 2 to %(a)s characters: say what is to be seen"),
    ),
    (
        r"are 0 for a picture, up to (?P<a>\d+) for a clip",
        gettext_lazy("are 0 for a picture, up to %(a)s for a clip"),
    ),
    (
        r"say how many seconds longer it shall be",
        gettext_lazy("say how many seconds longer it shall be"),
    ),
    (
        r"this model makes pictures: .*|.* makes pictures; \d+ frames are a clip, .*",
        gettext_lazy("this model makes pictures: 0 seconds, or choose a model of clips"),
    ),
    (
        r"this model makes clips: .*|.* makes clips; 1 frame is a picture, .*",
        gettext_lazy("this model makes clips: say how many seconds"),
    ),
    (
        r"one picture has nothing between its frames",
        gettext_lazy("a picture has nothing between its frames"),
    ),
    (
        r"one picture has no last frame",
        gettext_lazy("a picture has no last frame"),
    ),
    (
        r"(?P<a>'.*') is no number",
        gettext_lazy("%(a)s is no number"),
    ),
    (
        r"(?P<a>'.*') is no whole number",
        gettext_lazy("%(a)s is no whole number"),
    ),
    (
        r"(?P<a>-?[\d.]+) is not between (?P<b>[\d.]+) and (?P<c>[\d.]+)",
        gettext_lazy("%(a)s is not between %(b)s and %(c)s"),
    ),
    (
        r"is none of your pictures|is none of your clips|is none of yours",
        gettext_lazy("is none of yours"),
    ),
    (
        r"is gone; make it again",
        gettext_lazy("is gone; make it again"),
    ),
    (
        r"is not made yet; choose one that is",
        gettext_lazy("is not made yet; choose one that is"),
    ),
    (
        r"is a clip; choose a picture",
        gettext_lazy("is a clip; choose a picture"),
    ),
    (
        r"is none of the models here",
        gettext_lazy("is none of the models here"),
    ),
    (
        r"is no painted picture; paint it anew",
        gettext_lazy("is no painted picture; paint it anew"),
    ),
    (
        r".* with this checkpoint does not take it; possible with (?P<b>.*)",
        gettext_lazy("this model does not take it; possible with %(b)s"),
    ),
    (
        r".* with this checkpoint cannot make (?P<a>.*); possible with (?P<b>.*)",
        gettext_lazy("this model does not make that (%(a)s); possible with %(b)s"),
    ),
    (
        r"this checkpoint changes pictures; .*",
        gettext_lazy("this model changes pictures: choose one to begin with"),
    ),
    (
        r"this checkpoint's clips begin with a picture; .*|a last frame needs a first one too",
        gettext_lazy("choose the first frame too"),
    ),
    (
        r"this checkpoint's clips lie between two pictures; .*",
        gettext_lazy("this model makes clips between two pictures: choose the first and the last frame"),
    ),
    (
        r"a clip that is continued has its frames already; .*",
        gettext_lazy("a clip that goes on begins with its own end: choose no first and last frame"),
    ),
    (
        r"says which part of a picture may change; .*",
        gettext_lazy("choose the picture that is painted over"),
    ),
    (
        r"the model's values are no numbers .*|the decoded picture has values that are no numbers; .*",
        gettext_lazy(
            "the model gave no picture at this seed and size; try another seed, and have its checkpoint looked over"
        ),
    ),
)
