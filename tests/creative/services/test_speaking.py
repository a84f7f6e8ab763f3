from creative.services.speaking import speed_for

SIX = ("hook", "pain", "selling_point", "proof", "offer", "cta")


def test_lines_that_fit_are_spoken_as_they_are():
    assert speed_for([(role, 2.0) for role in SIX], 15) == 1.0


def test_lines_too_long_for_the_ad_are_spoken_a_little_faster():
    assert speed_for([(role, 2.5) for role in SIX], 17) == 1.06


def test_nobody_is_made_to_gabble():
    assert speed_for([(role, 5.0) for role in SIX], 15) == 1.15
