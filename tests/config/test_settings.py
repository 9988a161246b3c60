"""Settings in processes of their own, each with the environment that the test names."""

import json
import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

SHOW = """
import json
from config import settings as s
print(json.dumps({name: getattr(s, name) for name in %r}, default=str))
"""


@pytest.fixture
def python(tmp_path):
    """Runs Python in the project with no variable of ours but those given; the result."""

    def run(*arguments, **variables):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env={"PATH": os.defpath, "PYTHONUTF8": "1", "DATA_DIR": str(tmp_path), **variables},
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def setting(python):
    """The values of the named settings under the given variables."""

    def values(*names, **variables):
        result = python("-c", SHOW % (names,), **variables)
        assert result.returncode == 0, result.stderr
        return list(json.loads(result.stdout).values())

    return values


def production():
    return {
        "DEBUG": "off",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "kehoach.example.vn",
    }


def test_nothing_set_is_a_local_system_on_sqlite(setting, tmp_path):
    debug, hosts, databases = setting("DEBUG", "ALLOWED_HOSTS", "DATABASES")

    assert (debug, hosts) == (True, [])
    assert databases["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert databases["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert databases["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(("asked", "is_one"), [({}, False), ({"DEMONSTRATION": "on"}, True)])
def test_an_installation_is_a_demonstration_only_when_that_is_said(setting, asked, is_one):
    assert setting("DEMONSTRATION", **production(), **asked) == [is_one]


def test_relative_sqlite_path_is_inside_the_project(setting):
    [databases] = setting("DATABASES", DATABASE_URL="sqlite:///var/other.sqlite3")

    assert databases["default"]["NAME"] == str(settings.BASE_DIR / "var/other.sqlite3")


def test_database_url_names_postgresql_with_kept_connections(setting):
    [databases] = setting("DATABASES", DATABASE_URL="postgresql://app:pw@db:5433/kehoach")

    database = databases["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", 5433, "kehoach")
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)
    assert "OPTIONS" not in database


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", [None, ""])
def test_production_refuses_to_start_without(python, missing, value):
    variables = production()
    del variables[missing]
    if value is not None:
        variables[missing] = value

    result = python("manage.py", "check", **variables)

    assert result.returncode != 0
    assert f"Thiếu {missing}." in result.stderr


def test_production_refuses_the_key_of_local_systems(python):
    from config.settings import LOCAL_SECRET_KEY

    result = python("manage.py", "check", **production() | {"SECRET_KEY": LOCAL_SECRET_KEY})

    assert result.returncode != 0
    assert "Thiếu SECRET_KEY." in result.stderr


def test_production_passes_the_deployment_check(python):
    result = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **production())

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_production_is_for_https_only_unless_told(setting):
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")

    assert setting(*names, "SECURE_HSTS_SECONDS", **production()) == [True, True, True, 31_536_000]
    assert setting(*names, "SECURE_HSTS_SECONDS", **production(), HTTPS="off") == [
        False,
        False,
        False,
        0,
    ]


def test_forwarded_https_counts_only_behind_a_proxy(python):
    show = "from config import settings as s; print(hasattr(s, 'SECURE_PROXY_SSL_HEADER'))"

    assert python("-c", show).stdout == "False\n"
    assert python("-c", show, BEHIND_PROXY="on").stdout == "True\n"


def test_limits_are_set_in_minutes_and_megabytes(setting):
    names = ("SESSION_COOKIE_AGE", "EVIDENCE_MAX_BYTES")

    assert setting(*names) == [30 * 60, 20 * 1024 * 1024]
    assert setting(*names, SESSION_IDLE_MINUTES="15", EVIDENCE_MAX_MB="5") == [900, 5 * 1024 * 1024]


def test_pages_load_nothing_from_elsewhere():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert {source for sources in directives.values() for source in sources} == {"'none'", "'self'"}
    assert directives["default-src"] == ["'none'"]
