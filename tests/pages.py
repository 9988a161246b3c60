"""What a reader finds on a page, and what the browser would send from it."""

import io
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from django.http import HttpResponse


class Page:
    """An answer as its reader sees it."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.root = lxml.html.fromstring(response.content.decode())

    def all(self, path: str) -> list[Any]:
        """The elements that an XPath finds."""
        return self.root.xpath(path)

    def of_class(self, name: str, tag: str = "*") -> list[Any]:
        """The elements that have a class."""
        return self.all(f"//{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")

    def texts(self, path: str) -> list[str]:
        return [text_of(one) for one in self.all(path)]

    @property
    def text(self) -> str:
        return text_of(self.root)

    @property
    def messages(self) -> list[str]:
        return [text_of(one) for one in self.of_class("message")]

    def form(self, action: str) -> Any:
        """The form that sends to an address."""
        [found] = [one for one in self.root.forms if one.action == action]
        return found

    def sends(self, action: str) -> dict[str, str]:
        """What the browser sends from that form when nothing is changed on it."""
        form = self.form(action)
        typed = [one for one in form.inputs if one.get("type") == "text" or one.tag == "textarea"]
        # A browser drops the line feed after <textarea>, and sends empty fields.
        return dict(form.form_values()) | {
            one.name: (one.value or "").removeprefix("\n") for one in typed
        }

    def has_form(self, action: str) -> bool:
        return action in [one.action for one in self.root.forms]

    @property
    def errors(self) -> dict[str, str]:
        """The message at each field that has one."""
        found = {}
        for one in self.of_class("has-error"):
            names = [c for c in one.classes if c.startswith("field-")]
            found[names[0].removeprefix("field-")] = text_of(
                one.xpath(".//ul[contains(@class, 'errorlist')]")[0]
            )
        return found


def text_of(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def path_of(response: HttpResponse) -> str:
    """Where a redirect leads, without its query."""
    return urlsplit(response["Location"]).path


def upload(name: str, content: bytes) -> io.BytesIO:
    """A file as the test client sends it."""
    file = io.BytesIO(content)
    file.name = name
    return file


def content_of(response: HttpResponse) -> bytes:
    """All that was sent; a file is read to its end, which closes it."""
    return b"".join(response.streaming_content) if response.streaming else response.content
