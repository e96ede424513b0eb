"""Rules: what may stand where, written once. Each takes a surface and returns the lines that break it.

A rule knows the facts, and not how the dashboard words them: it recomputes from the dataset's frames what is known.
"""

import re
from collections.abc import Callable, Iterator

import pandas as pd

from ntm import labels, metrics, text
from ntm.catalogue import load as catalogue
from ntm.dataset import Dataset
from tests.days.days import DUE
from tests.days.surfaces import Surface

Rule = Callable[[Surface], Iterator[str]]

SAMPLE_WORDS = {"vi": "minh họa", "en": "sample"}
OFFICIAL_WORDS = {"vi": "số liệu chính thức", "en": "official, revision"}
OF_REPORTED = {"vi": ("đã báo cáo", "chưa báo cáo"), "en": ("reported",)}
CERTAIN = {"vi": ("từ", "đến"), "en": (" to ",)}
CLAIMS = {  # of everybody, or of the first or last of all
    "vi": (
        "thấp nhất", "cao nhất", "khó nhất", "xếp thứ", "đứng thứ", "mọi xã đ", "mọi mục tiêu", "không xã nào thiếu",
        "không có xã đã công nhận nào", "còn xa mục tiêu", "giữ kết quả", "nhiều xã thiếu nhất",
        "nhiều xã chưa đạt nhất", "thường thiếu cùng nhau",
    ),
    "en": (
        "lowest", "highest", "hardest", "rank ", "every commune meets", "every recognised", "all targets",
        "no commune lacks", "no recognised commune", "furthest", "keep the results", "most lack",
        "most do not meet", "often lacking",
    ),
}  # fmt: skip
SUPPOSED = {"vi": ("nếu ", "mỗi hàng: nếu"), "en": ("if ", "each row: if")}  # what would be, and is not claimed
NONE_MISSING = {"vi": "không thiếu tiêu chí nào", "en": "lacks no criteri"}
RECOGNISED = {"vi": ("Đã công nhận", "Mới công nhận"), "en": ("Recognised", "Newly recognised")}
NOT_RECOGNISED = {"vi": ("Chưa công nhận", "Đạt đủ tiêu chí, chưa công nhận"), "en": ("Not recognised",)}
AVERAGE = {"vi": re.compile(r"bình quân", re.I), "en": re.compile(r"average", re.I)}
DECIMAL = re.compile(r"\d+[,.]\d\b")
PLANNED = {"vi": ("mục tiêu", "kế hoạch", "mốc", "cần"), "en": ("target", "plan", "baseline", "need")}
SETS = {  # words of a set of facts in a source line → how to find its rows
    "kết quả tiêu chí xã": "commune_set", "criteria of communes": "commune_set",
    "tiêu chí nâng cao": "advanced_set", "advanced criteria": "advanced_set",
    "tiêu chí huyện": "district_set", "district criteria": "district_set",
    "công nhận": "recognitions", "recognition": "recognitions",
    "thôn bản": "villages", "villages": "villages",
}  # fmt: skip
KIND_WORDS = {
    "vi": {"published": "số liệu công bố", "official": "số liệu chính thức", "sample": "số liệu minh họa"},
    "en": {"published": "published", "official": "official", "sample": "sample data"},
}
NOT_FOR_READERS = re.compile(r"\bnan\b|NaN|<NA>|\bNone\b|\binf\b|frozenset|Lacking\(|python -m|\broot\b|\.toml|\bUTC\b")
LATE = {"vi": "Chậm tiến độ", "en": "Behind schedule"}
SINCE_BASELINE = {"vi": re.compile(r"[+-]\d+(,\d)? so với mốc"), "en": re.compile(r"[+-]\d+(\.\d)? since the baseline")}
DATE = re.compile(r"\b(\d\d)/(\d\d)/(20\d\d)\b")


def whole(surface: Surface) -> bool:
    """Whether every commune of the surface's scope has every criterion known."""
    return bool(_communes(surface)["met"].notna().all())


def _communes(surface: Surface) -> pd.DataFrame:
    return surface.data.communes_of(surface.period, surface.groups)


def _sentences(surface: Surface) -> Iterator[str]:
    for line in surface.lines:
        yield from re.split(r"(?<=[.;])\s+", line)


def the_world_is_named(surface: Surface) -> Iterator[str]:
    """The sample calls itself a sample everywhere, the real world nothing."""
    word, official = SAMPLE_WORDS[surface.language], OFFICIAL_WORDS[surface.language]
    if surface.data.is_sample:
        if word not in surface.said.lower():
            yield f"{surface.name}: does not say that it is a sample"
        yield from (line for line in _without_explanations(surface) if official in line.lower())
        return
    yield from (line for line in _without_explanations(surface) if word in line.lower())


def _without_explanations(surface: Surface) -> Iterator[str]:
    """The lines that speak of this dataset, and not of what kinds of data there are or of the way to the sample."""
    explained = {text.translated(message, surface.language) for message in EXPLANATIONS}
    resources = catalogue()
    explained |= {*resources["title_vi"], *resources["title_en"]}
    for line in surface.lines:
        if surface.name in ("page data", "page update") and re.match(r"\d+ \|", line):
            continue  # the list of revisions says of each which kind it was of
        if not any(known and known.replace("**", "") in line.replace("**", "") for known in explained):
            yield line


EXPLANATIONS = (
    "**Số liệu minh họa**: do máy sinh ra để minh họa; không phải số liệu của tỉnh.",
    "**Số liệu chính thức**: do cơ quan nhập vào, có phiên bản, người nhập, ngày nhập.",
    "Xem số liệu minh họa (tập huấn)",
)


def sources_name_the_kinds_that_are_there(surface: Surface) -> Iterator[str]:
    """A source line says of each set of facts exactly the kinds that its rows of this period have."""
    nothing = text.translated("chưa có số liệu", surface.language)
    heads = {"vi": ("Nguồn: ", "Loại số liệu: "), "en": ("Source: ", "Kind of data: ")}[surface.language]
    for line in surface.lines:
        at = next((line.index(head) + len(head) for head in heads if head in line), None)
        if at is None:
            continue
        for part in line[at:].split("; "):
            words, _colon, said = part.partition(": ")
            named = words.split(", ")
            if not said or not set(named) <= set(SETS):
                continue
            days = surface.data.periods if " – " in line else [surface.period]
            days = [day for day in days if day <= surface.period]
            kinds = set[str]().union(*(_kinds(surface.data, day, SETS[name]) for day in days for name in named))
            expected = {kind for kind in kinds if KIND_WORDS[surface.language][kind] in said} == kinds
            others = {kind for kind in labels.KIND if kind not in kinds and KIND_WORDS[surface.language][kind] in said}
            if not expected or others or (not kinds) != (nothing in said):
                yield f"{part} (there is: {sorted(kinds) or 'nothing'})"


def _kinds(data: Dataset, period: str, found_in: str) -> set[str]:
    if found_in == "recognitions":
        decided = data.recognitions[data.recognitions["recognised_by"] <= period]["kind"]
        return {*decided, *data.complete_lists["kind"]}
    if found_in == "villages":
        return set(data.villages.loc[data.villages["period"] == period, "kind"])
    rows = data.assessments
    mine = (rows["period"] == period) & (rows["criteria_set"] == getattr(data.reference, found_in))
    return set(rows.loc[mine, "kind"])


def no_claim_of_everybody_below_full_coverage(surface: Surface) -> Iterator[str]:
    """Nobody is lowest, first, last, and nothing holds of all, as long as somebody is unknown."""
    if whole(surface) or surface.data.is_sample:
        return
    for sentence in _sentences(surface):
        low = sentence.lower()
        if low.startswith(SUPPOSED[surface.language]) or low.split(": ")[-1].startswith(SUPPOSED[surface.language]):
            continue
        claims = any(claim in low for claim in CLAIMS[surface.language])
        if claims and not any(words in low for words in OF_REPORTED[surface.language]):
            yield sentence


def an_average_below_full_coverage_is_of_those_reported(surface: Surface) -> Iterator[str]:
    """Below full coverage an average is a bound, the plan's, or worded as that of those that have reported."""
    if whole(surface) or surface.data.is_sample:
        return
    allowed = (*OF_REPORTED[surface.language], *PLANNED[surface.language])
    for sentence in _sentences(surface):
        low = sentence.lower()
        if "|" in sentence or not AVERAGE[surface.language].search(low) or not DECIMAL.search(low):
            continue
        if not any(words in low for words in allowed) and not all(words in low for words in CERTAIN[surface.language]):
            yield sentence


def the_coverage_is_said(surface: Surface) -> Iterator[str]:
    """Whoever speaks of communes that have not all reported says how many have."""
    if whole(surface) or surface.data.is_sample or not (surface.name.startswith("figure") or surface.name == "report"):
        return
    communes = _communes(surface)
    known = f"{communes['met'].notna().sum()}/{len(communes)}"
    if known not in surface.said and not re.search(r"\b\d+/\d+ (xã|communes?|huyện|districts?)", surface.said):
        yield f"{surface.name}: does not say {known}"


def none_missing_only_where_all_is_known(surface: Surface) -> Iterator[str]:
    """Only of a commune whose every criterion is known to be met it is said that it lacks none."""
    lacking = surface.data.lacking_at(surface.period)
    communes = surface.data.communes_at(surface.period)
    for line in surface.lines:
        if NONE_MISSING[surface.language] not in line.lower() or any(
            words in line.lower() for words in OF_REPORTED[surface.language]
        ):
            continue
        named = [code for code, label in communes["label"].items() if label in line]
        if named and not any(lacking[code].is_none for code in named):
            yield line
        if not named and not any(lacks.is_none for lacks in lacking.values()):
            yield line


def recognition_is_said_as_far_as_it_is_known(surface: Surface) -> Iterator[str]:
    """In a list of communes, recognised and not recognised stand only beside whom they are known of."""
    communes = surface.data.communes_at(surface.period)
    for line in surface.lines:
        cells = [cell.strip().strip('"') for cell in re.split(r" \| |,(?! )", line)]
        named = communes[communes["label"].isin(cells[:3]) & communes["group"].isin(cells[:4])]
        if len(named) != 1:
            continue
        flag = named["recognised"].iloc[0]
        yes = any(cell.startswith(RECOGNISED[surface.language]) for cell in cells)
        no = any(cell in NOT_RECOGNISED[surface.language] for cell in cells)
        if (yes and not metrics.is_true(flag)) or (no and not metrics.is_false(flag)):
            yield line


def only_periods_that_have_data_are_compared(surface: Surface) -> Iterator[str]:
    """In the real world no period of the sample is named; what is compared has data of its own."""
    if surface.data.is_sample or surface.language != "vi":
        return
    plan = surface.data.reference.plan
    known = {*surface.data.all_periods, surface.period}
    known |= {plan.baseline_period, plan.due_date.isoformat()} if plan else set()
    for line in surface.lines:
        for day, month, year in DATE.findall(line):
            iso = f"{year}-{month}-{day}"
            if iso in SAMPLE_PERIODS and iso not in known:
                yield line


SAMPLE_PERIODS = ("2024-03-31", "2024-06-30", "2024-09-30", "2026-03-31", "2026-09-30")


def a_change_since_the_baseline_needs_the_baseline(surface: Surface) -> Iterator[str]:
    """Nothing has changed since a baseline that nobody has reported."""
    start = surface.data.communes_of(surface.data.reference.baseline_period, surface.groups)
    if start["met"].notna().any():
        return
    yield from (line for line in surface.lines if SINCE_BASELINE[surface.language].search(line))


def nothing_is_late_once_the_year_is_over(surface: Surface) -> Iterator[str]:
    """From the due date on a target is missed, and not behind schedule."""
    if surface.period >= DUE:
        yield from (line for line in surface.lines if LATE[surface.language] in line)


def words_are_for_readers(surface: Surface) -> Iterator[str]:
    """No codes, commands or accounts, and no empty value of a program."""
    yield from (line for line in surface.lines if NOT_FOR_READERS.search(line))


RULES: tuple[Rule, ...] = (
    the_world_is_named,
    sources_name_the_kinds_that_are_there,
    no_claim_of_everybody_below_full_coverage,
    an_average_below_full_coverage_is_of_those_reported,
    the_coverage_is_said,
    none_missing_only_where_all_is_known,
    recognition_is_said_as_far_as_it_is_known,
    only_periods_that_have_data_are_compared,
    a_change_since_the_baseline_needs_the_baseline,
    nothing_is_late_once_the_year_is_over,
    words_are_for_readers,
)
