"""The map as a sheet to print: what stands on it for a layer, a period and a scope."""

from collections.abc import Collection

from ntm import boundaries, clock, provenance, text
from ntm.boundaries import PublishedLayer
from ntm.dataset import Dataset
from ntm.layers import Layer
from ntm.metrics import UNKNOWN
from ntm.pictures import Sheet
from ntm.text import _, either


def build(
    data: Dataset,
    period: str,
    layer: Layer,
    drawn: PublishedLayer,
    *,
    title: str,
    subtitle: str,
    shown: Collection[str],
    districts: Collection[str] = (),
    selected: str | None = None,
) -> Sheet:
    """Return the sheet of a layer. `title`: what its colours mean; `shown`: the codes of the shapes not faded.

    `districts`: those to zoom to, the province where there are none; `selected`: the code of an outlined commune.
    """
    reference = data.reference
    shaped = reference.shaped_units
    counted = layer.classes[layer.classes.index.isin(shown)].value_counts()
    key = [(step.id, _("{tier}: {count} xã", tier=step.words, count=counted.get(step.id, 0))) for step in layer.steps]
    count = counted.get(UNKNOWN, 0)
    unknown = _("Không có số liệu hoặc không thuộc diện xét: {count} xã; thị trấn, phường", count=count)
    return Sheet(
        title=_(
            "{province}: {layer}, {date}",
            province=reference.province["label"],
            layer=title,
            date=text.date(period),
        ),
        subtitle=subtitle,
        shapes=boundaries.geometries(boundaries.in_use()),
        districts=shaped["parent_code"].to_dict(),
        names=shaped["label"].to_dict() | reference.districts["label"].to_dict(),
        units={code: (layer.classes.get(code, UNKNOWN), layer.figures.get(code, "")) for code in shaped.index},
        key=[*key, (UNKNOWN, unknown)],
        colours=layer.colours,
        shown=shown,
        focus=districts,
        marked=reference.plan.named_communes,
        selected=selected,
        notice=provenance.notice(data),
        lines=[
            _("★ xã nêu tên trong kế hoạch để công nhận. Lập ngày {today}.", today=text.date(clock.today())),
            f"{provenance.line(data, period)}; {data.coverage(period).words()}",
            words(drawn),
        ],
    )


def words(drawn: PublishedLayer) -> str:
    """Say what the shapes are and on what terms they are used."""
    return f"{either(drawn, 'note')}. {either(drawn, 'terms')}"
