"""Spellings: the words at the head of a column, as offices write them, and what each means (data/intake)."""

from ntm import text, toml_files
from ntm.paths import OWN_DATA

HEADINGS = OWN_DATA / "intake" / "headings.toml"
ROLES = {  # letters → role
    text.letters(words): role
    for role, spellings in toml_files.read(HEADINGS, dict[str, list[str]]).items()
    for words in spellings
}
