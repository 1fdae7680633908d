"""Lists, rendered: heads that sort, pages, filters, segments and what stands where nothing is."""

from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from tests.vendors.templatetags.rendering import rendered_at, tidy


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
