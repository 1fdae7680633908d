"""What a question shows is drawn once a process: every page holds its own answers all the same."""

import pytest
from django.test import Client

from procurement.questionnaires import drawing, services
from procurement.questionnaires.models import Assessment
from tests.factories.questionnaires import every_kind, published
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of
from tests.procurement.questionnaires.test_every_kind import GIVEN, form_of
from vendors.calendar import clock

NASTY = 'Ours & "only" <b>ours</b>.'
AS_TEXT = "Ours &amp; &quot;only&quot; &lt;b&gt;ours&lt;/b&gt;."
WRITTEN = {"LINE": {"value": NASTY}, "TEXT": {"value": f"First\r\n{NASTY}"}, "YPN": {"value": "no", "comment": NASTY}}


@pytest.fixture
def first(asked, jonah, portal) -> Assessment:
    """Every question answered, and the page opened since."""
    sent = asked.send(jonah, DUE, FIRST_DAY, version=published(every_kind()))
    portal.post(page_of(sent), form_of(sent, {**GIVEN, **WRITTEN}))
    portal.get(page_of(sent))
    return sent


@pytest.fixture
def second(asked, jonah, cast, first) -> Assessment:
    """The same version, asked once more after the first was cancelled."""
    services.cancel(assessment=first, reason="Sent too early.", by=cast.reviewer, now=clock.now())
    return asked.send(jonah, DUE, FIRST_DAY, version=first.version)


def opened(portal: Client, assessment: Assessment) -> str:
    return portal.get(page_of(assessment)).text


@pytest.mark.slow
def test_what_was_written_stands_in_its_fields_as_text(portal, first):
    for page in (opened(portal, first), opened(portal, first)):
        line, words = answer_to(first, "LINE"), answer_to(first, "YPN")
        assert f'name="a{line.pk}-value" value="{AS_TEXT}"' in page
        assert f"First\n{AS_TEXT}</textarea>" in page
        assert f'id="id_a{words.pk}-comment" rows="2" maxlength="4000">\n{AS_TEXT}</textarea>' in page
        assert f'name="a{words.pk}-revision" value="1"' in page
        assert "\x00" not in page


@pytest.mark.slow
def test_a_page_opened_again_shows_what_changed_since(portal, first):
    portal.post(page_of(first), form_of(first, {"LINE": {"value": "Shorter."}, "YPN": {"value": "yes"}}))
    page = opened(portal, first)
    line, choice = f"a{answer_to(first, 'LINE').pk}", f"a{answer_to(first, 'YPN').pk}"
    assert f'name="{line}-value" value="Shorter."' in page
    assert f'name="{line}-revision" value="2"' in page
    assert f'name="{choice}-value" value="yes" id="id_{choice}-value_0" checked' in page


@pytest.mark.slow
def test_nothing_that_one_vendor_wrote_stands_on_the_page_of_another(portal, second):
    page = opened(portal, second)
    assert AS_TEXT not in page
    assert " checked" not in page
    assert f'name="a{answer_to(second, "LINE").pk}-value" maxlength' in page
    assert AS_TEXT not in "".join(drawing._drawn.values())


@pytest.mark.slow
def test_it_begins_anew_when_much_is_drawn(portal, first, monkeypatch):
    monkeypatch.setattr(drawing, "MOST", 3)
    drawing._drawn.clear()
    assert AS_TEXT in opened(portal, first)
    assert len(drawing._drawn) <= 3
