import pytest

from creative.reframing import framing_for, is_still, shows_lines
from generation.contracts import LANDSCAPE, PORTRAIT, Box, Framing, ShotDescription
from generation.engines.framing import crop_window

LOW_LINE = Box(0.1, 0.8, 0.8, 0.05)


def test_a_portrait_source_fills_a_portrait_canvas():
    assert framing_for(1080, 1920, (0.2, 0.5), True, False, PORTRAIT).mode == "crop"
    assert framing_for(1080, 1920, (0.2, 0.5), True, False, PORTRAIT).centre_x == 0.5


def test_a_wide_source_is_cropped_round_its_subject():
    framing = framing_for(1920, 1080, (0.7, 0.4), True, False, PORTRAIT)

    assert (framing.mode, framing.centre_x, framing.centre_y) == ("crop", 0.7, 0.4)


def test_a_wide_source_whose_subject_does_not_fit_is_shown_whole():
    assert framing_for(1920, 1080, (0.5, 0.5), False, False, PORTRAIT).mode == "blur"


def test_a_portrait_source_on_a_wide_canvas_is_shown_whole():
    assert framing_for(1080, 1920, (0.5, 0.4), False, False, LANDSCAPE).mode == "blur"


def test_pictures_and_shots_without_motion_stand_still():
    assert is_still(0.9, is_picture=True)
    assert is_still(0.02, is_picture=False)
    assert is_still(0.134, is_picture=False), "somebody crosses an empty room"
    assert not is_still(0.3, is_picture=False)


def test_a_still_source_shown_whole_grows_too():
    assert framing_for(1920, 1080, (0.5, 0.5), False, True, PORTRAIT).to_zoom == 1.1


def test_a_still_source_never_stands_still():
    assert framing_for(1080, 1920, (0.5, 0.5), True, True, PORTRAIT).to_zoom == 1.1


def seen(**boxes):
    return ShotDescription(0, 90, **boxes)


def portrait(shows, subject=(0.5, 0.4), is_still=False):
    return framing_for(1080, 1920, subject, True, is_still, PORTRAIT, shows)


def test_a_shot_without_anything_found_in_it_is_framed_as_ever():
    assert portrait(seen()) == portrait(None) == Framing("crop", 0.5, 0.5)


def test_burnt_in_lines_are_cropped_away():
    framing = portrait(seen(subtitles=(LOW_LINE,)))

    assert (framing.mode, framing.centre_x, framing.centre_y, framing.zoom) == ("crop", 0.5, 0.394, 1.2691)
    assert not shows_lines(framing, 1080, 1920, PORTRAIT, seen(subtitles=(LOW_LINE,)))


def test_a_still_shot_without_its_lines_still_grows():
    framing = portrait(seen(subtitles=(LOW_LINE,)), is_still=True)

    assert (framing.zoom, framing.to_zoom) == (1.2691, 1.3961)


def test_a_line_at_the_top_moves_the_crop_down():
    framing = portrait(seen(subtitles=(Box(0.2, 0.05, 0.6, 0.05),)))

    assert (framing.centre_y, framing.zoom) == (0.556, 1.1262)


@pytest.mark.parametrize(
    ("found", "subject"),
    [
        ({"subtitles": (Box(0.1, 0.5, 0.8, 0.05),)}, (0.5, 0.4)),
        ({"subtitles": (LOW_LINE,), "products": (Box(0.4, 0.84, 0.2, 0.14),)}, (0.5, 0.4)),
        ({"subtitles": (LOW_LINE,)}, (0.5, 0.9)),
    ],
    ids=["a line in the middle", "the product below the line", "the subject below the line"],
)
def test_lines_stay_where_the_subject_or_too_much_else_would_be_lost(found, subject):
    framing = portrait(seen(**found), subject)

    assert framing.zoom == 1.0
    assert shows_lines(framing, 1080, 1920, PORTRAIT, seen(**found))


def test_what_is_printed_on_the_product_is_no_burnt_in_line():
    found = seen(subtitles=(Box(0.4, 0.5, 0.2, 0.04),), products=(Box(0.3, 0.3, 0.4, 0.5),))

    assert portrait(found) == Framing("crop", 0.5, 0.5)
    assert not shows_lines(portrait(found), 1080, 1920, PORTRAIT, found)


def test_a_line_beside_the_crop_of_a_wide_source_changes_nothing():
    corner = seen(subtitles=(Box(0.02, 0.9, 0.2, 0.05),))

    assert framing_for(1920, 1080, (0.7, 0.4), True, False, PORTRAIT, corner) == Framing("crop", 0.7, 0.4)


def test_a_source_shown_whole_shows_its_lines():
    found = seen(subtitles=(LOW_LINE,))

    assert shows_lines(framing_for(1920, 1080, (0.5, 0.5), False, False, PORTRAIT, found), 1920, 1080, PORTRAIT, found)


def test_a_wide_source_is_cropped_round_the_product():
    found = seen(products=(Box(0.7, 0.4, 0.1, 0.2),), persons=(Box(0.1, 0.1, 0.2, 0.9),))

    framing = framing_for(1920, 1080, (0.2, 0.5), True, False, PORTRAIT, found)

    assert (framing.mode, framing.centre_x, framing.centre_y) == ("crop", 0.75, 0.5)


def test_who_holds_the_product_is_in_the_picture_where_both_fit():
    found = seen(products=(Box(0.5, 0.4, 0.1, 0.2),), persons=(Box(0.4, 0.2, 0.2, 0.8),))

    framing = framing_for(1920, 1080, (0.2, 0.5), True, False, PORTRAIT, found)

    assert (framing.centre_x, framing.centre_y) == (0.5, 0.6)


def test_a_product_wider_than_the_crop_is_shown_whole():
    found = seen(products=(Box(0.2, 0.4, 0.6, 0.2),))

    assert framing_for(1920, 1080, (0.5, 0.5), True, False, PORTRAIT, found).mode == "blur"


def test_a_crop_beside_every_person_moves_to_the_largest():
    found = seen(persons=(Box(0.7, 0.2, 0.2, 0.8), Box(0.05, 0.5, 0.05, 0.2)))

    assert framing_for(1920, 1080, (0.4, 0.5), True, False, PORTRAIT, found).centre_x == 0.8
    assert framing_for(1920, 1080, (0.75, 0.5), True, False, PORTRAIT, found).centre_x == 0.75


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_engine_crops_above_the_line_from_the_first_frame_to_the_last(share):
    window = crop_window(1080, 1920, PORTRAIT, portrait(seen(subtitles=(LOW_LINE,)), is_still=True), share)

    assert window.top >= 0
    assert window.top + window.height < 0.8 * 1920
