from creative.material_words import guess_role, words_of


def test_folders_and_name_give_words_and_typed_ones_come_first():
    assert words_of("office/pour-over_ice (close).mp4", ["冰块"]) == ["冰块", "office", "pour", "over", "ice", "close"]


def test_camera_numbering_says_nothing():
    assert words_of("DCIM/IMG_2207.mov") == ["DCIM"]


def test_a_role_is_guessed_only_where_the_words_agree():
    assert guess_role(["犯困", "办公室"]) == "pain"
    assert guess_role(["price", "test"]) == ""
    assert guess_role(["sunset"]) == ""


def test_control_characters_of_a_name_stay_out():
    assert words_of("a\nb\x07c.mp4") == ["a", "bc"]
