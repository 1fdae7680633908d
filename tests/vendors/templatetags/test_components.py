"""Each part of the pages, rendered: what a reader sees and what a screen reader hears."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants as levels
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.forms import formset_factory
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

from procurement.decisions.validity import StandingName
from procurement.policy.terms import Result
from procurement.reviews.models import State as ReviewState
from vendors.correspondence.models import State as MailState
from vendors.reports.currency import CurrencyState
from vendors.templatetags.meanings import MEANINGS


def rendered(text: str, **known: Any) -> str:
    """The text with the library loaded, white space between tags taken out."""
    return tidy(Template("{% load countersign i18n %}" + text).render(Context(known)))


def rendered_at(address: str, text: str, **known: Any) -> str:
    request = RequestFactory().get(address)
    return tidy(
        Template("{% load countersign %}" + text).render(RequestContext(request, {"request": request, **known}))
    )


def tidy(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html)).strip()


class FactsForm(forms.Form):
    system = forms.CharField(label="System", help_text="As the auditor's letter names it.")
    period_end = forms.DateField(label="Period ends", widget=forms.DateInput)
    opinion = forms.ChoiceField(label="Opinion", choices=[("u", "Unqualified"), ("q", "Qualified")])
    basis = forms.CharField(label="Basis", required=False, widget=forms.Textarea)
    categories = forms.MultipleChoiceField(
        label="Categories", choices=[("s", "Security"), ("a", "Availability")], widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(
        label="Type", choices=[("1", "Type I"), ("2", "Type II")], widget=forms.RadioSelect, help_text="See page 1."
    )
    fits = forms.BooleanField(label="It fits what we buy", required=False)
    paper = forms.FileField(label="Report", required=False)
    seen_on = forms.DateField(label="Seen on", required=False, widget=forms.SelectDateWidget(years=[2026]))
    revision = forms.CharField(widget=forms.HiddenInput)


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


class TestButton:
    def test_it_sends_its_form(self) -> None:
        html = rendered('{% button "Ask for approval" kind="primary" name="act" value="ask" glyph="pen" %}')

        assert html.startswith('<button class="btn primary" name="act" value="ask">')
        assert "i-pen" in html

    def test_it_belongs_to_a_form_elsewhere(self) -> None:
        assert 'form="facts"' in rendered('{% button "Accept" form="facts" %}')

    def test_it_leads_somewhere(self) -> None:
        assert rendered('{% button "Open review" href="/reviews/3/" size="sm" %}') == (
            '<a class="btn sm" href="/reviews/3/">Open review</a>'
        )

    def test_a_disabled_one_stays_in_the_tab_order_and_says_why(self) -> None:
        html = rendered(
            '{% button "Ask for approval" kind="primary" disabled_because="4 checks are open." key="ask" %}'
        )

        assert 'aria-disabled="true" aria-describedby="why-ask"' in html
        assert 'type="button"' in html
        assert " disabled" not in html.replace("aria-disabled", "")
        assert '<span class="why" id="why-ask">4 checks are open.</span>' in html

    def test_it_opens_a_dialog_or_leads_to_it(self) -> None:
        html = rendered('{% button "Reject" kind="danger" dialog="reject" %}')
        assert 'href="#reject" role="button" data-dialog="reject"' in html

    def test_what_people_typed_is_escaped(self) -> None:
        assert "<script>" not in rendered("{% button label %}", label="<script>alert(1)</script>")


class TestField:
    def test_help_and_control_belong_together(self) -> None:
        html = rendered("{% field form.system %}", form=FactsForm())

        assert '<label for="id_system">System</label>' in html
        assert 'aria-describedby="id_system_helptext"' in html
        assert '<div class="help" id="id_system_helptext">' in html

    def test_an_error_names_itself_to_the_control(self) -> None:
        html = rendered("{% field form.system %}", form=FactsForm({}))

        assert 'aria-invalid="true"' in html
        assert 'aria-describedby="id_system_helptext id_system_error"' in html
        assert '<p class="error" id="id_system_error">' in html

    def test_help_from_the_page_is_described_too(self) -> None:
        html = rendered('{% field form.opinion help="Page 4 says it." %}', form=FactsForm({}))

        assert 'aria-describedby="id_opinion_helptext id_opinion_error"' in html
        assert 'id="id_opinion_helptext">Page 4 says it.' in html

    def test_a_date_gets_the_browsers_calendar(self) -> None:
        html = rendered("{% field form.period_end %}", form=FactsForm(initial={"period_end": date(2026, 6, 30)}))
        assert '<input type="date"' in html
        assert html.count("type=") == 1
        assert 'value="2026-06-30"' in html

    def test_what_was_typed_is_kept(self) -> None:
        assert 'value="People Cloud"' in rendered("{% field form.system %}", form=FactsForm({"system": "People Cloud"}))

    def test_only_what_may_be_left_out_is_marked(self) -> None:
        assert "(optional)" in rendered("{% field form.basis %}", form=FactsForm())
        assert "(optional)" not in rendered("{% field form.system %}", form=FactsForm())

    @pytest.mark.parametrize("name", ["categories", "kind"])
    def test_boxes_that_belong_together_have_a_legend(self, name: str) -> None:
        html = rendered(f'{{% field form.{name} choices="side" %}}', form=FactsForm({}))

        assert html.startswith('<fieldset class="field"')
        assert "<legend>" in html
        assert f'id="id_{name}"' in html
        assert f"id_{name}_error" in html
        for number in (0, 1):
            assert f'<label class="choice" for="id_{name}_{number}">' in html

    def test_a_group_is_described_by_its_help(self) -> None:
        assert 'aria-describedby="id_kind_helptext"' in rendered("{% field form.kind %}", form=FactsForm())

    def test_a_single_box_stands_before_its_words(self) -> None:
        html = rendered("{% field form.fits %}", form=FactsForm())
        assert re.search(r'<label class="choice" for="id_fits"><input [^>]*type="checkbox"[^>]*><span>It fits', html)

    def test_a_file_and_a_date_in_parts(self) -> None:
        assert 'type="file"' in rendered("{% field form.paper %}", form=FactsForm())
        assert "<legend>Seen on" in rendered("{% field form.seen_on %}", form=FactsForm())

    def test_a_hidden_field_has_no_label(self) -> None:
        html = rendered("{% field form.revision %}", form=FactsForm())
        assert 'type="hidden"' in html
        assert "<label" not in html


class TestForm:
    def test_all_fields_come_in_order_and_hidden_ones_too(self) -> None:
        html = render_to_string("components/form_fields.html", {"form": FactsForm()})

        assert html.index("id_system") < html.index("id_opinion") < html.index("id_seen_on")
        assert 'name="revision"' in html
        assert "data-focus" not in html

    def test_it_says_which_fields_need_somebody_and_leads_there(self) -> None:
        form = FactsForm({"categories": ["s"], "kind": "2", "revision": "1"})
        form.add_error(None, "The period overlaps the report of 2025.")
        html = tidy(render_to_string("components/form_errors.html", {"form": form}))

        assert "Not saved yet: 3 fields need you." in html
        assert '<a href="#id_period_end">Period ends</a>' in html
        assert "The period overlaps the report of 2025." in html

    def test_an_error_of_a_hidden_field_is_not_swallowed(self) -> None:
        html = render_to_string("components/form_errors.html", {"form": FactsForm({})})
        assert "Fill this in." in html

    def test_a_short_form_shows_its_errors_in_place_only(self) -> None:
        class CodeForm(forms.Form):
            code = forms.CharField()

        assert "notice" not in render_to_string("components/form_errors.html", {"form": CodeForm({})})
        assert "Fill this in." in rendered("{% field form.code %}", form=CodeForm({}))

    def test_a_formset_has_rows_and_an_empty_one_to_clone(self) -> None:
        class ExceptionForm(forms.Form):
            criterion = forms.CharField(label="Criterion")
            found = forms.CharField(label="What was found", widget=forms.Textarea)

        formset = formset_factory(ExceptionForm, extra=2, can_delete=True)(prefix="exceptions")
        known = {"formset": formset, "add_label": "Add an exception", "row_label": "Exception"}
        html = tidy(render_to_string("components/formset.html", known))

        assert 'data-formset="exceptions"' in html
        assert 'aria-label="Exception 1"' in html
        assert 'aria-label="Exception 2"' in html
        assert 'name="exceptions-TOTAL_FORMS"' in html
        template = html[html.index("<template") : html.index("</template>")]
        assert 'name="exceptions-__prefix__-criterion"' in template
        assert "__number__" in template
        assert "Remove this row" in html

    def test_a_formset_shows_what_is_wrong_with_it_and_with_a_row(self) -> None:
        class RowForm(forms.Form):
            name = forms.CharField()

            def clean(self) -> None:
                raise forms.ValidationError("This organization stands twice.")

        row_set = formset_factory(RowForm, min_num=1, validate_min=True)
        formset = row_set({"r-TOTAL_FORMS": "1", "r-INITIAL_FORMS": "1", "r-0-name": "Tarnfield"}, prefix="r")
        formset.is_valid()
        html = render_to_string("components/formset.html", {"formset": formset, "row_label": "Row", "add_label": "Add"})
        assert "This organization stands twice." in html

        empty = row_set({"r-TOTAL_FORMS": "0", "r-INITIAL_FORMS": "0"}, prefix="r")
        empty.is_valid()
        html = render_to_string("components/formset.html", {"formset": empty, "row_label": "Row", "add_label": "Add"})
        assert "submit at least 1 form" in html


class TestLists:
    def test_a_column_head_sorts_up_then_down_and_keeps_the_filters(self) -> None:
        up = rendered_at("/vendors/?q=mail&page=3", '{% sort_header "Vendor" "name" %}')
        assert up == '<th scope="col"><a href="?q=mail&amp;sort=name">Vendor</a></th>'

        down = rendered_at("/vendors/?sort=name", '{% sort_header "Vendor" "name" css="num" %}')
        assert 'class="num" aria-sort="ascending"' in down
        assert 'href="?sort=-name"' in down

        assert 'aria-sort="descending"' in rendered_at("/vendors/?sort=-name", '{% sort_header "Vendor" "name" %}')

    def test_pages_say_which_rows_of_how_many(self) -> None:
        page = Paginator(range(46), 12).page(2)
        html = rendered_at(
            "/vendors/?tier=1", '{% include "components/pagination.html" with page=page only %}', page=page
        )

        assert "13–24 of 46" in html
        assert 'rel="prev" href="?tier=1&amp;page=1"' in html
        assert 'rel="next" href="?tier=1&amp;page=3"' in html

    def test_nothing_is_written_as_nought(self) -> None:
        page = Paginator([], 12).page(1)
        html = rendered_at("/vendors/", '{% include "components/pagination.html" with page=page only %}', page=page)
        assert "<span>0</span>" in html

    def test_a_filtered_list_says_so_and_offers_to_clear(self) -> None:
        class Filters(forms.Form):
            q = forms.CharField(
                required=False, label="Name or domain", widget=forms.TextInput(attrs={"type": "search"})
            )
            tier = forms.ChoiceField(required=False, label="Tier", choices=[("", "Any tier")])

        known = {"form": Filters({"q": "mail"}), "shown": 7, "total": 46, "clear_url": "/vendors/", "keep": "-name"}
        html = tidy(render_to_string("components/filters.html", known))

        assert 'method="get"' in html
        assert "7 of 46" in html
        assert '<a href="/vendors/">Clear</a>' in html
        assert 'name="sort" value="-name"' in html
        assert 'value="mail"' in html
        assert html.count('placeholder="Name or domain"') == html.count("placeholder") == 1
        assert "7 of 46" not in render_to_string("components/filters.html", {**known, "shown": 46})

    def test_segments_show_counts_and_where_one_is(self) -> None:
        items = [
            {"label": "All", "href": "?", "count": 46, "is_current": True},
            {"label": "Current", "href": "?state=current", "count": 0, "meaning": "current"},
            {"label": "Ledger", "href": "ledger/", "count": None},
        ]
        html = tidy(render_to_string("components/segments.html", {"items": items, "label": "Assurance"}))

        assert '<a href="?" aria-current="page">All <b>46</b></a>' in html
        assert "i-ok" in html
        assert "<b>0</b>" in html
        assert html.count("<b>") == 2

    def test_an_empty_list_says_what_to_do_first(self) -> None:
        known = {
            "title": "No report on file",
            "text": "The NDA comes first.",
            "href": "/x/",
            "action": "Request a report",
        }
        html = tidy(render_to_string("components/empty.html", known))

        assert "<h3>No report on file</h3>" in html
        assert '<a class="btn primary" href="/x/">Request a report</a>' in html


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
