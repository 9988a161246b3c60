import re

from django.conf import settings


def test_readme_lists_every_environment_variable():
    code = (settings.BASE_DIR / "config/settings.py").read_text()
    read = set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", code))

    listed = re.findall(r"^\| `([A-Z_]+)` \|", (settings.BASE_DIR / "README.md").read_text(), re.M)

    assert sorted(listed) == sorted(read)
    assert "DATABASE_URL" in read
