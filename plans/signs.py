"""The drawn signs of states; the word that says the same always stands beside one."""

from django.templatetags.static import static


def signs_address() -> str:
    """Where the drawings are; asked once by who writes many signs."""
    return static("signs.svg")


def sign_html(name: str, signs: str) -> str:
    """One sign, by a name of ours that needs no escaping, from the drawings at `signs`."""
    return f'<svg class="sign {name}" aria-hidden="true"><use href="{signs}#{name}"></use></svg>'
