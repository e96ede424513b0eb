"""TOML files of the project's own data: what is wrong is named with file and field."""

import pytest

from ntm import toml_files
from ntm.geo.files import Source


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('name = "xã"', ("a.toml", "name", "xã")),
        ("name = [1]", ("a.toml", "name.0", "1")),
        ("name = [", ("a.toml", "TOML")),
    ],
)
def test_a_fault_names_file_field_and_what_was_found(tmp_path, content: str, named: tuple[str, ...]) -> None:
    file = tmp_path / "a.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(ValueError, match=named[0]) as fault:
        toml_files.read(file, dict[str, list[str]])
    assert all(word in str(fault.value) for word in named)


def test_an_unknown_field_of_a_source_is_a_fault(tmp_path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text('[[sources]]\nid = "x"\ncolour = "red"', "utf-8")
    with pytest.raises(ValueError, match="colour"):
        toml_files.read(file, dict[str, list[Source]])
