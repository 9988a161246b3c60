"""The file itself: from a path or a stream to a YAML node tree, within limits.

Scalars stay as written: YAML's own guesses (1.10 a number, "no" a false) are never made here.
"""

import os
from typing import IO, TypeAlias

import yaml

from plans.planfile.problems import Place, PlanFileError

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 20

Source: TypeAlias = str | os.PathLike[str] | IO[str] | IO[bytes]

# What PyYAML says, and what to tell an office reader; the first that is found in its words.
_SAID = (
    ("found character '\\t'", "có phím Tab; chỉ dùng dấu cách để thụt lề"),
    (
        "mapping values are not allowed",
        "có dấu hai chấm ở chỗ không được; đặt cả câu trong ngoặc kép, hoặc viết sau dấu >-",
    ),
    ("expected <block end>", "thụt lề không thẳng với các dòng trên, hoặc có ngoặc kép chưa đóng"),
    ("expected ',' or", "danh sách trong ngoặc vuông thiếu dấu phẩy hoặc dấu ngoặc đóng"),
    ("end of stream", "ngoặc kép hoặc ngoặc vuông chưa đóng"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên trường"),
    ("expected a single document", "có dấu --- mở đầu một tài liệu thứ hai"),
)


class _Refused(yaml.MarkedYAMLError):
    """Legal YAML that a plan file may not use."""


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses references (a small file could unfold without end) and deep nests."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        mark = self.peek_event().start_mark
        if self.check_event(yaml.AliasEvent):
            raise _Refused(None, None, "không dùng tham chiếu (dấu *); hãy chép lại nội dung", mark)
        if self.depth >= MAX_DEPTH:
            raise _Refused(None, None, f"lồng nhau quá {MAX_DEPTH} lớp", mark)
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def compose(source: Source) -> yaml.Node:
    """The root node of the file; PlanFileError when there is none to be had.

    A `str` is a path. Streams may be of text or of bytes, and stay open.
    """
    text = _decode(_read(source))
    loader = None
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line, column = _line_and_column(text[: error.position])
        raise _error(
            line, column, f"ký tự không in được: U+{ord(text[error.position]):04X}"
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        assert mark is not None
        raise _error(mark.line + 1, mark.column + 1, _in_vietnamese(error)) from error
    finally:
        if loader is not None:
            loader.dispose()
    if root is None:
        raise _error(1, 1, "tệp trống")
    return root


def _read(source: Source) -> bytes:
    """At most one byte more than is allowed is read."""
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as file:
            content: str | bytes = file.read(MAX_BYTES + 1)
    else:
        content = source.read(MAX_BYTES + 1)
    raw = content.encode(errors="surrogatepass") if isinstance(content, str) else content
    if len(raw) > MAX_BYTES:
        raise _error(1, 1, f"tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB")
    return raw


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        line, column = _line_and_column(before)
        raise _error(line, column, "tệp không phải UTF-8; hãy lưu lại với mã UTF-8") from error


def _line_and_column(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _in_vietnamese(error: yaml.MarkedYAMLError) -> str:
    if isinstance(error, _Refused):
        return str(error.problem)
    said = f"{error.context} {error.problem}"
    for words, meaning in _SAID:
        if words in said:
            return f"sai cú pháp YAML: {meaning}"
    return "sai cú pháp YAML: xem lại thụt lề, dấu hai chấm, dấu ngoặc ở gần chỗ này"


def _error(line: int, column: int, message: str) -> PlanFileError:
    return PlanFileError([Place(line, column, "").problem(message)])
