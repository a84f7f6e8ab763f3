from creative.reframing import framing_for, is_still
from generation.contracts import LANDSCAPE, PORTRAIT


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
