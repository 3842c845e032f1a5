"""Words as HTML: what stays together at the end of a line, and that nothing of the words is lost."""

import pytest

from dashboard.ui.opmaak import hold, keep_mark


@pytest.mark.parametrize(
    ("tekst", "html"),
    [
        ("gewoon", "gewoon"),
        ("€ 2,8 mln", "€&nbsp;2,8&nbsp;mln"),
        ("− € 3 (+ 1 %)", "−&nbsp;€&nbsp;3 (+&nbsp;1&nbsp;%)"),
        ("op 31-12-2023.", 'op <span class="si-heel">31-12-2023</span>.'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_amounts_and_dates_hold_together(tekst: str, html: str) -> None:
    assert hold(tekst) == html


@pytest.mark.parametrize(
    ("tekst", "html"),
    [
        ("een twee", 'een <span class="si-heel">tweeM</span>'),
        ("een", '<span class="si-heel">eenM</span>'),
        # the space within the tag of a date is none between words
        (
            hold("van 01-01-2019 (31-12-2023)"),
            'van <span class="si-heel">01-01-2019</span> '
            '<span class="si-heel">(<span class="si-heel">31-12-2023</span>)M</span>',
        ),
    ],
)
def test_a_mark_stays_with_the_last_word(tekst: str, html: str) -> None:
    assert keep_mark(tekst, "M") == html
    assert keep_mark(tekst, "") == tekst
