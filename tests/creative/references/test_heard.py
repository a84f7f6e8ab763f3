"""What was heard in a file becomes script text: of a reference without words, and of an advertiser's own shots."""

from __future__ import annotations

from creative.material_speech import said_during, script_of
from creative.references.describing import Given, as_heard, cuts_of, is_heard, spoken_lines, structure_of
from creative.references.record import Record
from creative.references.subtitles import Subtitle
from generation.contracts import HeardLine, MediaSource, Understanding

LINES = (
    HeardLine("还在喝速溶吗", 0.0, 1.5, 0.9),
    HeardLine("这杯挂耳只要三十九块九", 1.6, 4.0, 0.8),
    HeardLine("嗯", 4.1, 4.3, 0.2),
)
UNDERSTOOD = Understanding(
    MediaSource("a" * 64, "/m/a.mp4", "a.mp4", "video", 720, 1280, 150), "video", 5.0, True, (), speech=LINES
)


def test_a_reference_without_words_is_structured_by_what_was_heard_and_says_so():
    given = Given(Record())
    lines = spoken_lines(given, UNDERSTOOD)

    structured = as_heard(structure_of(lines, cuts_of(UNDERSTOOD), "zh-CN"), UNDERSTOOD)

    assert lines[0] == Subtitle(0.0, 1.5, "还在喝速溶吗")
    assert is_heard(given, UNDERSTOOD)
    assert (structured.read_from, structured.confidence) == ("heard+shots", "medium")


def test_words_that_somebody_wrote_go_before_words_that_were_heard():
    given = Given(Record(script="写下来的一句话。"))

    assert [line.text for line in spoken_lines(given, UNDERSTOOD)] == ["写下来的一句话。"]
    assert not is_heard(given, UNDERSTOOD)


def test_an_unsure_ear_makes_an_unsure_structure():
    unsure = Understanding(
        UNDERSTOOD.source, "video", 5.0, True, (), speech=(HeardLine("还在喝速溶吗", 0.0, 1.5, 0.3),)
    )
    lines = spoken_lines(Given(Record()), unsure)

    assert as_heard(structure_of(lines, cuts_of(unsure), "zh-CN"), unsure).confidence == "low"


def test_a_shot_is_found_by_what_is_said_in_it():
    plain = {"speech": [line.__dict__ for line in LINES]}

    assert said_during(plain, 0, 60) == "还在喝速溶吗"
    assert said_during(plain, 60, 150) == "这杯挂耳只要三十九块九"
    assert script_of(plain) == "还在喝速溶吗\n这杯挂耳只要三十九块九"
    assert said_during(None, 0, 30) == ""
