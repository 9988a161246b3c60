import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_models_have_no_pending_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True)

    assert capsys.readouterr().out == "No changes detected\n"
