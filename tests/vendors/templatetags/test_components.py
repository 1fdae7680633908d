"""Each part of the pages, rendered: what a reader sees and what a screen reader hears."""

import re
from datetime import date

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants as levels
from django.contrib.messages.storage.base import Message
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.vendors.templatetags.rendering import rendered, rendered_at, tidy


class TestParts:
    def test_a_stepper_says_where_the_review_is(self) -> None:
        steps = [
            {"name": "Requested", "note": "24 Aug", "state": "done"},
            {"name": "In review", "note": "I. Varga", "state": "now"},
            {"name": "Decided", "state": ""},
            {"name": "Rejected", "state": "stop"},
        ]
        html = tidy(render_to_string("components/stepper.html", {"steps": steps}))

        assert '<li class="done">' in html
        assert '<span class="sr">, done</span>' in html
        assert '<li aria-current="step">' in html
        assert '<li class="stop">' in html

    def test_a_checklist_row_says_its_state_in_words(self) -> None:
        html = rendered('{% check "met" title="Opinion" text="Unqualified." pages=pages %}{% endcheck %}', pages=[4, 7])

        assert '<li data-tone="ok">' in html
        assert '<span class="cite">p. 4</span>' in html
        assert '<span class="small muted">Met</span>' in html

    def test_a_checklist_row_with_an_action_is_still_heard(self) -> None:
        html = rendered(
            '{% check "not_met" title="An NDA" href="/n/" %}{% button "Record it" href="/n/new/" %}{% endcheck %}'
        )

        assert '<span class="sr">Not met</span><a class="btn" href="/n/new/">' in html
        assert '<h3><a href="/n/">An NDA</a></h3>' in html

    def test_the_answer_of_a_page(self) -> None:
        html = rendered(
            '{% answer "not_yet" sentence=sentence why="It is not decided." %}{% endanswer %}', sentence="Not yet"
        )

        assert '<section class="answer" data-tone="warn">' in html
        assert "<strong>Not yet</strong><p>It is not decided.</p>" in html

    def test_a_notice_keeps_the_markup_of_the_page_and_escapes_the_rest(self) -> None:
        html = rendered(
            '{% notice "bad" title=title %}<b>Kept.</b> {{ typed }}{% endnotice %}', title="Stop.", typed="<i>"
        )

        assert 'class="notice" data-tone="bad"' in html
        assert "<b>Stop.</b>" in html
        assert "<b>Kept.</b> &lt;i&gt;" in html

    @pytest.mark.parametrize(("tone", "glyph"), [("ok", "ok"), ("warn", "flag"), ("bad", "flag"), ("act", "info")])
    def test_a_notice_has_a_glyph_for_its_tone(self, tone: str, glyph: str) -> None:
        assert f"#i-{glyph}" in rendered("{% notice tone %}x{% endnotice %}", tone=tone)

    def test_a_dialog_is_named_by_its_question(self) -> None:
        html = rendered('{% dialog "reject" title="Reject?" opened=True %}<p>Gone.</p>{% enddialog %}')
        assert html == (
            '<dialog id="reject" aria-labelledby="reject-title" data-opened><header><h2 id="reject-title">Reject?</h2>'
            "</header><p>Gone.</p></dialog>"
        )

    def test_a_meter_is_a_picture_of_words_beside_it(self) -> None:
        html = rendered('{% meter 3 7 note="policy version 12" %}')

        assert html.count('class="cov"') == 3
        assert html.count('class="left"') == 4
        assert 'aria-hidden="true"' in html
        assert "policy version 12" in html

    def test_an_agenda_reads_dates_moments_and_words(self) -> None:
        rows = [
            {"when": date(2026, 11, 24), "title": "Umberline", "text": "NDA reminder", "href": "/v/1/"},
            {"when": "then", "title": "Adaeze Lind"},
        ]
        html = tidy(render_to_string("components/agenda.html", {"rows": rows}))

        assert '<time datetime="2026-11-24">24 Nov</time>' in html
        assert '<span class="when">then</span>' in html
        assert "24 Nov 2026" in render_to_string("components/agenda.html", {"rows": rows, "css": "dated"})

    def test_pairs_say_when_a_fact_is_missing_and_write_nought(self) -> None:
        pairs = [("Owner", "Adaeze Lind"), ("Auditor", None), ("Exceptions", 0), ("Text", "9c41", "hash")]
        html = tidy(render_to_string("components/pairs.html", {"pairs": pairs}))

        assert "<dt>Auditor</dt><dd>not stated</dd>" in html
        assert "<dt>Exceptions</dt><dd>0</dd>" in html
        assert '<dd class="hash">9c41</dd>' in html

    def test_good_news_floats_and_bad_news_stays(self) -> None:
        said = [
            Message(levels.SUCCESS, "Reminder sent."),
            Message(levels.ERROR, "Not sent."),
            Message(levels.WARNING, "Hm."),
        ]
        html = tidy(render_to_string("components/messages.html", {"messages": said}))

        assert "data-toast><svg" in html
        assert html.count("data-toast") == 1
        assert html.index("Not sent.") < html.index('class="toasts"') < html.index("Reminder sent.")

    def test_an_upload_tells_its_limits_in_words(self) -> None:
        known = {
            "action": "/portal/requests/3/upload/",
            "field_name": "file",
            "max_bytes": 100 * 1024 * 1024,
            "accept": "application/pdf,.pdf",
            "suffix": ".pdf",
            "what": "PDF",
            "csrf_token": "token",
        }
        html = tidy(render_to_string("components/upload.html", known))

        assert 'enctype="multipart/form-data"' in html
        assert 'data-max-bytes="104857600"' in html
        assert "PDF, up to 100 MB. Without a password, please." in html
        assert 'name="csrfmiddlewaretoken" value="token"' in html
        assert "data-wait" not in html
        assert "data-refusal hidden" in html
        refused = tidy(render_to_string("components/upload.html", {**known, "error": "This is a SOC 3 report."}))
        assert "<p data-sentence>This is a SOC 3 report.</p>" in refused
        assert "data-refusal hidden" not in refused

    def test_an_upload_with_more_to_say_waits_for_the_button(self) -> None:
        class Statement(forms.Form):
            note = forms.CharField(label="Note")

        known = {"action": "/", "field_name": "file", "max_bytes": 1024, "what": "PDF", "extra": Statement()}
        html = render_to_string("components/upload.html", known)
        assert "data-wait" in html
        assert 'name="note"' in html

    def test_the_key_of_the_timeline(self) -> None:
        assert "bridged by a letter" in render_to_string("components/coverage_key.html")


class TestMasthead:
    def test_a_stranger_sees_the_brand_only(self) -> None:
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        html = render_to_string("components/masthead.html", {"request": request})

        assert "Countersign" in html
        assert "<nav" not in html

    def test_it_knows_where_the_reader_is(self) -> None:
        assert 'aria-current="page"' in rendered_at("/", '{% nav_link "/" "Today" %}')
        assert "aria-current" not in rendered_at("/vendors/", '{% nav_link "/" "Today" %}')
        assert 'aria-current="true"' in rendered_at("/vendors/3/", '{% nav_link "/vendors/" "Vendors" %}')
        assert 'aria-current="page"' in rendered_at("/vendors/", '{% nav_link "/vendors/" "Vendors" %}')
        assert "aria-current" not in rendered('{% nav_link "/vendors/" "Vendors" %}')

    def test_each_is_led_to_what_they_may_open(self, reviewer, requester, administrator) -> None:
        for person, vendors, clearance in (
            (reviewer, True, False),
            (requester, False, True),
            (administrator, False, False),
        ):
            request = RequestFactory().get("/")
            request.user = person
            html = render_to_string("components/masthead.html", {}, request=request)
            assert ('href="/vendors/"' in html, 'action="/vendors/"' in html) == (vendors, vendors)
            assert ('href="/clearance/"' in html, 'action="/clearance/"' in html) == (clearance, clearance)

    def test_only_an_administrator_is_led_to_people(self, reviewer, administrator) -> None:
        for person, sees in ((reviewer, False), (administrator, True)):
            request = RequestFactory().get("/vendors/")
            request.user = person
            html = render_to_string("components/masthead.html", {}, request=request)
            assert ('href="/people/"' in html) is sees
            assert person.name in html


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_an_error_page_needs_nothing_from_a_request(page: str, settings) -> None:
    html = render_to_string(page)

    assert settings.ORGANISATION_NAME in html
    assert html.count("<h1") == 1
    assert "style=" not in html


def test_a_page_without_a_margin_or_a_heading_is_whole() -> None:
    html = Template('{% extends "base.html" %}{% block title %}Refused{% endblock %}').render(Context({}))

    assert "<title>Refused · Countersign</title>" in html
    assert '"allowEval": false, "selfRequestsOnly": true, "includeIndicatorStyles": false' in html


def test_no_template_of_a_page_has_a_style_or_a_script_in_it(settings) -> None:
    """The policy of the pages forbids them; mails and the printed papers carry their styles inline."""
    ours = [
        path
        for folder in ("", "components", "account", "mfa", "allauth")
        for path in (settings.BASE_DIR / "templates" / folder).glob("**/*.html" if folder else "*.html")
    ]
    assert len(ours) > 50
    for path in ours:
        text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script or 'type="application/json"' in script, path


def test_a_tag_without_its_end_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered('{% notice "bad" %}forgotten')
