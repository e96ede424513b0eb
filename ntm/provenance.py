"""What every figure, file and slide says of itself: kind, plan, period, revision, scope. In the reader's language."""

from ntm import labels, text
from ntm.dataset import Dataset
from ntm.text import _, either


def facts(data: Dataset, period: str, scope: str = "") -> dict[str, str]:
    """Return what a file must say, fact → words. `scope`: the filter in words; the whole province where it is empty."""
    plan = data.reference.plan
    return {
        _("Loại số liệu"): labels.kind(data.kind_at(period)),
        _("Kế hoạch"): f"{either(plan, 'title')} ({text.date(plan.date)})",
        _("Kỳ"): text.date(period),
        _("Phiên bản số liệu"): str(data.revision),
        _("Phạm vi"): scope or _("Toàn tỉnh"),
    }


def notice(data: Dataset, period: str) -> str:
    """Return the short warning that a period's figures are a sample; empty where they are not."""
    return _("SỐ LIỆU MINH HỌA") if data.kind_at(period) == "sample" else ""


def line(data: Dataset, period: str) -> str:
    """Return a figure's source in a line: kind, revision, period, plan."""
    plan = data.reference.plan
    return _(
        "Nguồn: {kind}, phiên bản {revision}; kỳ {period}; kế hoạch: {plan}",
        kind=labels.kind(data.kind_at(period)),
        revision=data.revision,
        period=text.date(period),
        plan=f"{either(plan, 'title')} ({text.date(plan.date)})",
    )
