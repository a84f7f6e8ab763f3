from creative.matching import fits, rank
from tests.creative.making import a_need, an_option


def test_a_shot_too_short_or_too_poor_is_never_shown():
    assert not fits(an_option(1, end_frame=17))
    assert not fits(an_option(2, quality=0.11))
    assert fits(an_option(3, end_frame=18))


def test_a_picture_lasts_as_long_as_it_is_needed():
    assert fits(an_option(1, end_frame=0, is_picture=True))


def test_words_weigh_more_than_everything_but_never_alone():
    fitting_words, fitting_role = an_option(1, role="pain"), an_option(2, role="hook")

    ranked = rank(a_need(role="hook"), [fitting_words, fitting_role], {"shot-01": 0.9, "shot-02": 0.1})

    assert [one.shot_id for one in ranked] == ["shot-01", "shot-02"]
    assert ranked[0].why == ("words", "quality", "look", "unused") or "words" in ranked[0].why


def test_equal_shots_stand_in_order_of_file_and_frame_whatever_their_ids():
    late = an_option(1, shot_id="a", name="b.mp4")
    early = an_option(2, shot_id="z", name="a.mp4")

    assert [one.shot_id for one in rank(a_need(), [late, early], {})] == ["z", "a"]


def test_a_typed_role_that_fits_wins_over_one_that_does_not():
    ranked = rank(a_need(role="proof"), [an_option(1, role="hook"), an_option(2, role="proof")], {})

    assert ranked[0].shot_id == "shot-02"
    assert "role" in ranked[0].why


def test_of_two_that_fit_alike_the_one_that_fills_the_frame_is_taken():
    wide, tall = an_option(1, fits_portrait=False), an_option(2)

    assert [one.shot_id for one in rank(a_need(), [wide, tall], {})] == ["shot-02", "shot-01"]


def test_of_two_that_fit_alike_the_one_without_somebody_elses_lines_is_taken():
    lined, clear = an_option(1, shows_lines=True), an_option(2)

    assert [one.shot_id for one in rank(a_need(), [lined, clear], {})] == ["shot-02", "shot-01"]
