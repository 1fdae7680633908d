"""The frame of every mail, in HTML and in text."""

from typing import Any

from django.template import Context, Template
from django.template.loader import get_template


def letter(text: str, **known: Any) -> str:
    return Template("{% load letters %}" + text).render(Context(known))


def test_the_parts_carry_their_styles() -> None:
    html = letter(
        "{% paragraph %}Hello <b>{{ name }}</b>{% endparagraph %}{% facts %}{% fact 'What' value %}{% endfacts %}"
        "{% letter_button url 'Send the report' %}{% aside %}Later.{% endaside %}{% letter_code '407123' %}"
        "{% letter_link url 'here' %}",
        name="Jonah",
        value="SOC 2 <Type II>",
        url="https://countersign.example/portal/",
    )

    assert html.count("<p ") == 3
    assert "Hello <b>Jonah</b>" in html
    assert "SOC 2 &lt;Type II&gt;" in html
    assert html.count('href="https://countersign.example/portal/"') == 2
    assert "407123" in html
    assert "&#x27;IBM Plex" not in html


def test_somebody_is_greeted_by_the_first_name() -> None:
    assert letter("{{ name|first_name }}", name="Jonah Pell") == "Jonah"
    assert letter("{{ name|first_name }}", name=None) == ""


def test_facts_in_text_hang_in_a_column() -> None:
    value = "a bridge letter from 1 July 2027 until the report is out, signed by somebody who may sign"
    lines = letter("{% fact_line 'Also' value %}", value=value).splitlines()

    assert lines[0].startswith("  Also        a bridge letter")
    assert lines[1].startswith(" " * 14 + "report") or lines[1].startswith(" " * 14)
    assert all(len(line) <= 72 for line in lines)
    assert letter("{% fact_line 'Also' value %}", value="") == "  Also        "


def test_the_html_frame_names_house_and_subject() -> None:
    template = Template(
        '{% extends "mail/base.html" %}{% load letters %}{% block preheader %}Soon.{% endblock %}'
        "{% block title %}Send it{% endblock %}{% block foot %}Ref 3{% endblock %}"
    )
    html = template.render(Context({"organisation": "Northmoor Health", "subject": "Please send it"}))

    assert "<title>Please send it</title>" in html
    assert "Northmoor Health" in html
    assert "prefers-color-scheme:dark" in html
    assert "Ref 3" in html
    assert "http" not in html


def test_the_text_frame_ends_with_a_signature_mark() -> None:
    source: Any = get_template("mail/base.txt")
    text = source.template.render(Context({"organisation": "Northmoor & Sons"}, autoescape=False))

    assert "Northmoor & Sons" in text
    assert "\n-- \n" in text
