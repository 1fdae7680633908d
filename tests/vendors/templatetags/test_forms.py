"""Buttons, fields and forms, rendered: what belongs together, what went wrong, and where."""

import re
from datetime import date

import pytest
from django import forms
from django.forms import formset_factory
from django.template.loader import render_to_string

from tests.vendors.templatetags.rendering import rendered, tidy


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
