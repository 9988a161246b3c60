"""Fixtures for all tests: fast, apart from real data, and with a browser where one asks for it."""

import os
import shutil
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from reports import files
from reports.content.frozen import freeze
from tests.builders import make_world

# Playwright's loop runs in the thread of the tests; their queries are synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    for item in items:
        if "page" in item.fixturenames:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On SQLite the test database is a file: threads then lock each other as in production."""
    # A kept connection of a server's thread would stand in the way of dropping the database.
    connection.settings_dict["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(folder / "db.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A browser that is still closing may hold a session when the database is to be dropped."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests(tmp_path_factory):
    with override_settings(
        MADE_ROOT=tmp_path_factory.mktemp("made"),
        MEDIA_ROOT=tmp_path_factory.mktemp("evidence"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STATIC_ROOT=tmp_path_factory.mktemp("static"),  # the live server asks the finders
    ):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.fail("Không tìm thấy Chromium; chạy `scripts/prepare tests` hoặc đặt biến CHROMIUM.")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    plain = ["--disable-gpu", "--disable-quic", "--no-first-run"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [*quiet, *plain, *sandbox],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """The screen of the office, in Vietnam."""
    return {
        **browser_context_args,
        "viewport": {"width": 1366, "height": 768},
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
    }


@pytest.fixture
def world(db):
    """A department with a plan and people of every role (tests/builders.py)."""
    return make_world()


@pytest.fixture
def as_user(client):
    """The client, logged in as the person given."""

    def logged_in(user):
        client.force_login(user)
        return client

    return logged_in


def work():
    """What the worker does, until nothing waits."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.fixture
def worked(monkeypatch):
    """The worker inside a test: it takes no signals and leaves the test's transaction open."""
    module = "django_tasks_db.management.commands.db_worker"
    monkeypatch.setattr(f"{module}.Worker.configure_signals", lambda _: None)
    monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
    return work


@pytest.fixture
def light_files(monkeypatch):
    """Files of a few bytes that still are made of the content alone: a PDF takes seconds."""
    for name, one in files.FORMATS.items():
        made = replace(
            one, render=lambda content, _, name=name: name.encode() + freeze(content)[-40:]
        )
        monkeypatch.setitem(files.FORMATS, name, made)
