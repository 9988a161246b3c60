"""Our own translations: compiled without the gettext tools, and of texts that Django really has."""

import gettext
import importlib.util
import io
import json
import re
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as translated
from django.utils.translation import ngettext

_specification = importlib.util.spec_from_file_location(
    "messages", settings.BASE_DIR / "scripts" / "messages.py"
)
messages = importlib.util.module_from_spec(_specification)
_specification.loader.exec_module(messages)

DJANGO = Path(django.__file__).parent
FOLDERS = ("conf", "contrib/admin", "contrib/auth")
DOMAINS = ("django", "djangojs")


def keys(path):
    entries = messages.entries(path.read_text(encoding="utf-8").splitlines())
    return {(one.get("msgctxt"), one["msgid"], one.get("msgid_plural")) for one in entries}


@pytest.mark.parametrize("domain", DOMAINS)
def test_we_translate_only_what_django_still_says(domain):
    ours = keys(settings.BASE_DIR / f"locale/vi/LC_MESSAGES/{domain}.po")
    of_django = set()
    for folder in FOLDERS:
        path = DJANGO / folder / f"locale/en/LC_MESSAGES/{domain}.po"
        of_django |= keys(path) if path.exists() else set()

    assert ours - of_django == set()
    assert len(ours) > 20


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_stay(domain):
    path = settings.BASE_DIR / f"locale/vi/LC_MESSAGES/{domain}.po"
    for entry in messages.entries(path.read_text(encoding="utf-8").splitlines()):
        if not entry["msgid"]:
            continue
        ours = entry.get("msgstr") or entry["msgstr[0]"]
        said = entry.get("msgid_plural", entry["msgid"])
        assert set(_placeholders(ours)) <= set(_placeholders(said)), said


def _placeholders(text):
    return re.findall(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}", text)


def test_what_is_compiled_is_what_gettext_reads():
    source = (
        '# a comment\nmsgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n"Content-Type: '
        'text/plain; charset=UTF-8\\n"\n\nmsgid "Save"\nmsgstr "Lưu"\n\nmsgctxt "day"\nmsgid "Fri"'
        '\nmsgstr "T6"\n\nmsgid "%d row"\nmsgid_plural "%d rows"\nmsgstr[0] "%d dòng"\n'
    )

    catalog = gettext.GNUTranslations(io.BytesIO(messages.compiled(source)))

    assert catalog.gettext("Save") == "Lưu"
    assert catalog.pgettext("day", "Fri") == "T6"
    assert catalog.ngettext("%d row", "%d rows", 5) == "%d dòng"


@pytest.mark.parametrize(
    "source", ['msgid "a"\nmsgstr "b', 'nothing\n"a"', 'msgid "a"\nmsgstr "b"\n\n' * 2]
)
def test_broken_files_are_not_compiled(source):
    with pytest.raises(ValueError, match=r"\d: |twice"):
        messages.compiled(source)


def test_translations_are_in_use():
    assert translated("Save") == "Lưu", "chạy scripts/messages.py"
    assert ngettext("entry", "entries", 3) == "mục"


def test_scripts_of_the_admin_speak_vietnamese(client, world):
    client.force_login(world.admin)

    catalog = client.get(reverse("admin:jsi18n")).content.decode()

    assert json.dumps("Gõ để lọc %s đã chọn.") in catalog
