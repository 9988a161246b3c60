"""Whether anything that pages show has been written since: what is remembered of a page is kept
under the `version` of the data, so that it can never be older than they are.

The database marks every write, by triggers on every table of ours. No act, admin page, command or
`QuerySet.update` has to remember to do it, and none can forget. Only what the tables of ALONE hold
may change unmarked: it is shown to its owner only, and on no page that is remembered.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from units.models import Change

APPS = ("units", "plans", "reports")
# Written for one person while they read; see above.
ALONE = {
    "units.change",
    "units.draft",
    "units.notice",
    "plans.savedview",
    "plans.chosencolumns",
}

# More than are ever written by others between the last write of a transaction and its end.
_LATEST = 1000

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS "fresh_{table}_{event}" AFTER {event} ON "{table}" BEGIN
  INSERT OR REPLACE INTO "{change}" (id, token) VALUES (1, lower(hex(randomblob(16))));
END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION fresh_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "{change}" (token) VALUES (replace(gen_random_uuid()::text, '-', ''));
  RETURN NULL;
END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER "fresh_{table}" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION fresh_mark()
"""
_VERSION = """
SELECT count(*), sum(id), (array_agg(token))[1]
FROM (SELECT id, token FROM "{change}" ORDER BY id DESC LIMIT {latest}) AS newest
"""


def version() -> str:
    """A word that is another one after every write that was committed; one small query.

    On PostgreSQL it is made of the newest marks and not of the last one alone: a transaction that
    began earlier may be committed later.
    """
    connection = connections["default"]
    table = Change._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_VERSION.format(change=table, latest=_LATEST))
        else:
            cursor.execute(f'SELECT token FROM "{table}"')  # noqa: S608 - our own table's name
        return str(cursor.fetchone())


def watched() -> list[type[models.Model]]:
    """Every model whose writes are marked, also those that Django makes for many-to-many."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in APPS
        and model._meta.label_lower not in ALONE
        and not model._meta.proxy
    ]


def install(using: str = "default") -> None:
    """Put the triggers on the tables that are there; again and again, as SQLite drops those of a
    table whose columns a migration changes."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        change = Change._meta.db_table
        if change not in there:
            return
        for statement in _statements(connection, change, there):
            cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper, change: str, there: set[str]) -> list[str]:
    tables = sorted({model._meta.db_table for model in watched()} & there)
    if connection.vendor == "postgresql":
        function = _POSTGRESQL_FUNCTION.format(change=change)
        return [function, *(_POSTGRESQL.format(table=table) for table in tables)]
    return [
        _SQLITE.format(table=table, event=event, change=change)
        for table in tables
        for event in ("INSERT", "UPDATE", "DELETE")
    ]


def after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate."""
    install(using)
