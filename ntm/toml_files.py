"""TOML files of the project's own data, strictly read: an error names the file, the field, and what was found."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ntm.text import _

T = TypeVar("T")


def read(file: Path, of_type: type[T]) -> T:
    """Return a file's content as a type. Raises ValueError, which names file and field."""
    try:
        return TypeAdapter(of_type).validate_python(tomllib.loads(file.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_("{file}: không đúng cú pháp TOML: {error}", file=file.name, error=error)) from error
    except ValidationError as error:
        raise ValueError("\n".join(_sentence(file, fault) for fault in error.errors(include_url=False))) from error


def _sentence(file: Path, fault: Any) -> str:
    field = ".".join(map(str, fault["loc"]))
    found = "" if isinstance(fault["input"], dict | list) else str(fault["input"])
    return _(
        "{file}: mục {field}: tìm thấy “{found}”; {rule}", file=file.name, field=field, found=found, rule=fault["msg"]
    )
