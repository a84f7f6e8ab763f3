"""What is said of files and finished ads: a pattern of the English sentence, and its page words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

POSTS: tuple[tuple[str, Any], ...] = (
    (r"is the number of the post, or its address", gettext_lazy("is the number of the post, or its address")),
    (
        r"is a short link, which holds no number: .*",
        gettext_lazy("is a short link, which holds no number: open it, and copy the address it leads to"),
    ),
    (
        r"leads to many posts: .*",
        gettext_lazy("leads to many posts: open the one that shows this video, and copy its address"),
    ),
    (
        r"nothing of this video is footage that could be described",
        gettext_lazy("nothing of this video is footage that could be described"),
    ),
    (
        r"is booked as showing another video: .*",
        gettext_lazy("is booked as showing another video: remove it there first"),
    ),
)
FILES: tuple[tuple[str, Any], ...] = (
    (
        r"its name holds (?P<a>.*); rename it .*",
        gettext_lazy("its name holds %(a)s; rename it with letters, digits, spaces, dots and dashes"),
    ),
    (
        r"its name is longer than (?P<a>\d+) characters; .*",
        gettext_lazy("its name is longer than %(a)s characters; give it a shorter one"),
    ),
    (
        r"it is a hidden file; .*",
        gettext_lazy("it is a hidden file; rename it without the leading dot if it is meant to be used"),
    ),
    (
        r"it is (?P<a>.*), not a file of its own; .*",
        gettext_lazy("it is %(a)s, not a file of its own; copy the real file here"),
    ),
    (
        r"it is (?P<a>.*) that points at other files or addresses; .*",
        gettext_lazy("it is %(a)s that points at other files or addresses; upload the video itself"),
    ),
    (
        r"it cannot be read; .*",
        gettext_lazy("it cannot be read; check that it exists and that its permissions allow reading"),
    ),
    (
        r"it is empty; upload it again|is empty",
        gettext_lazy("it is empty; upload it again"),
    ),
    (
        r"it is (?P<a>.*), more than the (?P<b>.*) allowed; .*",
        gettext_lazy("it is %(a)s, more than the %(b)s allowed; cut it or export it smaller"),
    ),
    (
        r"is larger than (?P<a>.*) GB",
        gettext_lazy("is larger than %(a)s GB; cut it or export it smaller"),
    ),
    (
        r"it is (?P<a>.*), whatever its name says; .*",
        gettext_lazy("it is %(a)s, whatever its name says; upload a video, a picture or a sound"),
    ),
    (
        r"it is (?P<a>.*), which is not read here; export it as (?P<b>.*)",
        gettext_lazy("it is %(a)s, which is not read here; export it as %(b)s"),
    ),
    (
        r"its (?P<c>.*) is coded as (?P<a>.*), which is not read here; export it as (?P<b>.*)",
        gettext_lazy("it is coded as %(a)s, which is not read here; export it as %(b)s"),
    ),
    (
        r"it is copy-protected; .*",
        gettext_lazy("it is copy-protected; export it without protection from where it was made"),
    ),
    (
        r"it is damaged: (?P<a>.*); export or upload it again",
        gettext_lazy("it is damaged; export or upload it again (%(a)s)"),
    ),
    (
        r"it ends early \((?P<a>.*)\); .*",
        gettext_lazy("it ends early (%(a)s); the upload or the recording was cut off, upload it again"),
    ),
    (
        r"its picture measures (?P<a>.*); between (?P<b>.*) and (?P<c>.*) pixels a side are read",
        gettext_lazy("its picture measures %(a)s; between %(b)s and %(c)s pixels a side are read"),
    ),
    (
        r"it claims (?P<a>.*) frames a second; export it with at most (?P<b>.*)",
        gettext_lazy("it claims %(a)s frames a second; export it with at most %(b)s"),
    ),
    (
        r"it holds (?P<a>.*) streams; .*",
        gettext_lazy("it holds %(a)s streams; export it with one picture and one sound"),
    ),
    (
        r"opening it took more (?P<a>.*) than any honest file needs; .*",
        gettext_lazy("opening it took more than any honest file needs; export it again as MP4 (H.264)"),
    ),
    (
        r"it holds neither picture nor sound; .*",
        gettext_lazy("it holds neither picture nor sound; export it again"),
    ),
    (
        r"a reference has to be a video",
        gettext_lazy("a reference has to be a video"),
    ),
)

ADS: tuple[tuple[str, Any], ...] = (
    (
        r"materials: carry no ad at all; add footage",
        gettext_lazy("the footage carries no ad at all; add some"),
    ),
    (
        r"materials: carry nothing unlike what went out already; .*",
        gettext_lazy(
            "everything the footage carries looks like what the account was given in the last 180 days; add footage, "
            "or order “the count, however alike”"
        ),
    ),
    (
        r"to frame (?P<a>\d+), glyphs (?P<b>\d+) px, contrast (?P<c>[\d.]+)",
        gettext_lazy("to frame %(a)s, %(b)s px, contrast %(c)s"),
    ),
    (
        r"(?P<a>\d+) channels, (?P<b>\d+) Hz",
        gettext_lazy("%(a)s channels, %(b)s Hz"),
    ),
    (
        r"the pixels are not square: .*",
        gettext_lazy("the pixels are not square: players would stretch it"),
    ),
    (
        r"not 8-bit 4:2:0: .*",
        gettext_lazy("not 8-bit 4:2:0: some phones cannot play it"),
    ),
    (
        r"the picture is (?P<a>.*), not (?P<b>.*)",
        gettext_lazy("the picture is %(a)s, not %(b)s"),
    ),
    (
        r"(?P<a>[\d.]+) s long, ordered were (?P<b>[\d.]+) s",
        gettext_lazy("%(a)s s long, ordered were %(b)s s"),
    ),
    (
        r"not the packet that segment (?P<a>\w+) was stored with",
        gettext_lazy("not what segment %(a)s was stored with"),
    ),
    (
        r"segment (?P<a>\w+) does not begin with a key frame",
        gettext_lazy("segment %(a)s does not begin with a key frame"),
    ),
    (
        r"the file has packets that no segment has",
        gettext_lazy("the file holds more than its segments"),
    ),
    (
        r"(?P<a>\d+) stored packets are missing at the end",
        gettext_lazy("the last %(a)s packets of its segments are missing"),
    ),
    (
        r"decoding fails: (?P<a>.*)",
        gettext_lazy("decoding fails: %(a)s"),
    ),
    (
        r"(?P<a>\d+) frames, not (?P<b>\d+)",
        gettext_lazy("%(a)s frames, not %(b)s"),
    ),
    (
        r"decode times do not rise",
        gettext_lazy("decode times do not rise"),
    ),
    (
        r"the frame rate is not constant",
        gettext_lazy("the frame rate is not constant"),
    ),
    (
        r"sound and picture do not (?:start|end) together: (?P<a>.*)",
        gettext_lazy("sound and picture do not go together: %(a)s"),
    ),
    (
        r"black for (?P<a>[\d.]+) s",
        gettext_lazy("black for %(a)s s"),
    ),
    (
        r"nothing moves for (?P<a>[\d.]+) s",
        gettext_lazy("nothing moves for %(a)s s"),
    ),
    (
        r".*: black bars of (?P<a>.*) for (?P<b>[\d.]+) s",
        gettext_lazy("black bars for %(b)s s"),
    ),
    (
        r"(?P<a>\d+) flashes within a second",
        gettext_lazy("%(a)s flashes within a second"),
    ),
    (
        r"silent for (?P<a>[\d.]+) s",
        gettext_lazy("silent for %(a)s s"),
    ),
    (
        r"true peak (?P<a>.*) dBTP",
        gettext_lazy("true peak %(a)s dBTP"),
    ),
    (
        r"(?P<a>\d+) runs at full scale",
        gettext_lazy("%(a)s runs at full scale"),
    ),
    (
        r"(?P<a>[\d.-]+) LUFS",
        gettext_lazy("%(a)s LUFS"),
    ),
    (
        r"the file has no sound",
        gettext_lazy("the file has no sound"),
    ),
    (
        r"too little sound to measure",
        gettext_lazy("too little sound to measure"),
    ),
    (
        r"text outside the safe area: (?P<a>.*)",
        gettext_lazy("text outside the safe area: %(a)s"),
    ),
    (
        r"hard to read: (?P<a>.*)",
        gettext_lazy("hard to read: %(a)s"),
    ),
    (
        r"warning: fast to read: (?P<a>.*)",
        gettext_lazy("fast to read: %(a)s"),
    ),
    (
        r"no visible AI label from the first frame",
        gettext_lazy("no visible AI label from the first frame"),
    ),
    (
        r"the label is gone after (?P<a>[\d.]+) s",
        gettext_lazy("the label is gone after %(a)s s"),
    ),
    (
        r"the label's glyphs are (?P<a>\d+) px high, .*",
        gettext_lazy("the label’s glyphs are only %(a)s px high"),
    ),
    (
        r"the label hardly stands out from the picture",
        gettext_lazy("the label hardly stands out from the picture"),
    ),
    (
        r"the clip is (?P<a>\d+) frames too short for it; choose a longer one",
        gettext_lazy("the clip is %(a)s frames too short for it; choose a longer one"),
    ),
    (
        r"it takes (?P<a>\d+) frames more than the slot's clips have; .*",
        gettext_lazy("the line takes %(a)s frames more than the slot’s clips have; shorten it or swap the clip"),
    ),
    (
        r"pick a reference first",
        gettext_lazy("pick a reference first"),
    ),
    (
        r"cancelled",
        gettext_lazy("cancelled"),
    ),
    (
        r"shows a fact that has changed",
        gettext_lazy("shows a fact that has changed"),
    ),
    (
        r"shows a person who has taken their consent back",
        gettext_lazy("shows a person who has taken their consent back"),
    ),
)
