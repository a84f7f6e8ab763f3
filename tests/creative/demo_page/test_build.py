from creative.demo_page.build import mark_facts


def test_bound_words_are_underlined_and_numbered():
    assert mark_facts("只要 ¥39.9", (("price", 3, 8),)) == ('只要 <span class="bound">¥39.9<sup>price</sup></span>')


def test_markup_in_a_line_stays_text():
    assert mark_facts("<b>a</b>", (("x", 3, 4),)) == ('&lt;b&gt;<span class="bound">a<sup>x</sup></span>&lt;/b&gt;')


def test_of_overlapping_facts_the_first_and_longest_is_marked():
    assert mark_facts("12 小时低温", (("a", 0, 5), ("b", 3, 7))) == (
        '<span class="bound">12 小时<sup>a</sup></span>低温'
    )
