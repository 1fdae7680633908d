"""The small words of the pages: days, sizes, states, tags and page numbers."""

from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from django.db.models import TextChoices

from procurement.decisions.validity import StandingName
from procurement.policy.terms import Result
from procurement.reviews.models import State as ReviewState
from tests.vendors.templatetags.rendering import rendered
from vendors.correspondence.models import State as MailState
from vendors.reports.currency import CurrencyState
from vendors.templatetags.meanings import MEANINGS


class TestDates:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("{{ d|day }}", "30 Jun 2027"),
            ("{{ d|shortday }}", "30 Jun"),
            ("{{ d|longday }}", "30 June 2027"),
            ("{{ d|weekday }}", "Wednesday 30 June 2027"),
            ("{{ d|iso }}", "2027-06-30"),
        ],
    )
    def test_a_day_is_day_month_year(self, text: str, words: str) -> None:
        assert rendered(text, d=date(2027, 6, 30)) == words

    def test_a_moment_counts_as_its_day_in_the_organisations_zone(self, settings) -> None:
        settings.TIME_ZONE = "Europe/Vienna"
        late = datetime(2027, 6, 30, 22, 30, tzinfo=UTC)

        assert rendered("{{ m|day }}", m=late) == "1 Jul 2027"
        assert rendered("{{ m|moment }}", m=late) == "1 Jul 2027, 00:30 CEST"
        assert rendered("{{ m|clock }}", m=late) == "00:30"

    @pytest.mark.parametrize("name", ["day", "shortday", "longday", "weekday", "moment", "clock", "iso", "filesize_mb"])
    @pytest.mark.parametrize("missing", [None, "", "soon"])
    def test_a_missing_value_leaves_room_for_not_stated(self, name: str, missing: object) -> None:
        assert rendered(f'{{{{ value|{name}|default:"not stated" }}}}', value=missing) == "not stated"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 kB"),
        (1, "1 kB"),
        (40_000, "39 kB"),
        (4_300_000, "4.1 MB"),
        (5 * 1024 * 1024, "5 MB"),
        (100 * 1024 * 1024, "100 MB"),
    ],
)
def test_a_file_size_is_never_nothing_point_nothing(size: int, words: str) -> None:
    assert rendered("{{ size|filesize_mb }}", size=size) == words


def test_a_masked_address_tells_its_owner_which_mailbox() -> None:
    assert rendered("{{ a|masked_email }}", a="jonah.pell@quillhaven.example") == "j•••@quillhaven.example"
    assert rendered("{{ a|masked_email }}", a=None) == ""


class TestStatus:
    def test_it_is_a_glyph_and_a_word(self) -> None:
        html = rendered('{% status "out_of_policy" %}')

        assert '<span class="status" data-tone="bad">' in html
        assert "icons.svg#i-out" in html
        assert "Out of policy" in html

    def test_a_page_may_say_it_in_its_own_words(self) -> None:
        html = rendered('{% badge "current" "Current until 30 Jun 2027" %}')

        assert 'class="badge"' in html
        assert html.endswith("Current until 30 Jun 2027</span>")

    @pytest.mark.parametrize("meaning", sorted(MEANINGS))
    def test_every_meaning_has_a_glyph_that_exists(self, meaning: str, settings) -> None:
        sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text()

        assert f'id="i-{MEANINGS[meaning].glyph}"' in sprite
        assert MEANINGS[meaning].tone in {"ok", "warn", "bad", "idle", "act"}

    @pytest.mark.parametrize(
        "states", [ReviewState, StandingName, CurrencyState, Result, MailState], ids=lambda states: states.__module__
    )
    def test_every_state_that_a_page_may_show_has_a_look(self, states: type[StrEnum] | type[TextChoices]) -> None:
        assert {state.value for state in states} <= set(MEANINGS)

    def test_a_meaning_nobody_defined_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            rendered('{% status "probably_fine" %}')


def test_an_icon_without_words_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "doc" %}')
    assert 'role="img" aria-label="Received"' in rendered('{% icon "ok" label="Received" size="24" %}')


def test_a_tag_is_a_word_or_a_link() -> None:
    assert rendered('{% tag "Tier 1" %}') == '<span class="tag">Tier 1</span>'
    assert rendered('{% tag "Tier 1" href="/vendors/?tier=1" %}').startswith('<a class="tag" href="/vendors/?tier=1">')


class TestPageChip:
    def test_it_names_the_page(self) -> None:
        assert rendered("{% cite 61 %}") == '<span class="cite">p. 61</span>'

    def test_it_opens_the_page(self) -> None:
        html = rendered('{% cite label="pages 61, 66" href="/reports/3/pages/61/" %}')
        assert html == '<a class="cite" href="/reports/3/pages/61/">pages 61, 66</a>'

    def test_it_is_not_there_without_a_page(self) -> None:
        assert rendered("{% cite None %}") == ""
