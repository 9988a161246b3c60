"""What no template may hold: the browser would refuse it, or load it from another host."""

import re

import pytest
from django.conf import settings

# What the Content-Security-Policy forbids, and what fetches from elsewhere.
BANNED = {
    "script in the page": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "style in the page": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "handler in an attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "script as an address": re.compile(r"javascript:", re.I),
    "another host": re.compile(r"""(?:https?:|["'(])//""", re.I),
}


def _templates():
    roots = [settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/templates")]
    return [path for root in roots for path in sorted(root.rglob("*.html"))]


def test_templates_hold_no_script_no_style_and_no_other_host():
    templates = _templates()
    faults = [
        f"{path.relative_to(settings.BASE_DIR)}: {what}: {match.group().strip()}"
        for path in templates
        for what, pattern in BANNED.items()
        for match in pattern.finditer(path.read_text())
    ]

    assert faults == []
    assert len(templates) > 0, "no template was seen"


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>go()</script>", "script in the page"),
        ('<script type="module">go()</script>', "script in the page"),
        ("<style>p {}</style>", "style in the page"),
        ('<p class="a"\n style="color: red">', "style in the page"),
        ('<a href="#" onclick="go()">', "handler in an attribute"),
        ('<a href="javascript:go()">', "script as an address"),
        ('<img src="https://cdn.example.vn/a.png">', "another host"),
        ('<img src="//cdn.example.vn/a.png">', "another host"),
    ],
)
def test_the_patterns_catch(html, what):
    assert [name for name, pattern in BANNED.items() if pattern.search(html)] == [what]


@pytest.mark.parametrize(
    "html",
    [
        '<script src="{% static "ui.js" %}" defer></script>',
        '<link rel="stylesheet" href="{% static "app.css" %}">',
        '<a href="{% url "task" task.pk %}" data-once="on">trong hạn = “còn 3 ngày”</a>',
        "<p>Phòng Chuyển đổi số on = off</p>",
    ],
)
def test_the_patterns_let_pass(html):
    assert [name for name, pattern in BANNED.items() if pattern.search(html)] == []
