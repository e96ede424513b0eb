"""The map as a sheet to print: what is on it for a layer, a period and a scope."""

from collections.abc import Collection

from ntm import clock, provenance, text
from ntm.dataset import Dataset
from ntm.geo import boundaries
from ntm.geo.boundaries import PublishedLayer
from ntm.layers import Layer
from ntm.metrics import UNKNOWN
from ntm.pictures import Sheet
from ntm.text import _, either, plural


def build(
    data: Dataset,
    period: str,
    layer: Layer,
    boundary_layer: PublishedLayer,
    *,
    title: str,
    subtitle: str,
    shown: Collection[str],
    groups: Collection[str] = (),
    selected: str | None = None,
) -> Sheet:
    """Return the sheet of a layer. `title`: what its colours mean; `shown`: the codes of the shapes not faded.

    `groups`: those to zoom to, the province where there are none; `selected`: the code of an outlined commune.
    """
    reference = data.reference
    shaped = reference.shaped_units
    counted = layer.classes[layer.classes.index.isin(shown)].value_counts()
    key = [(step.id, plural("{tier}: {count} xã", counted.get(step.id, 0), tier=step.words)) for step in layer.steps]
    count = counted.get(UNKNOWN, 0)
    unknown = plural("Không có số liệu hoặc không thuộc diện xét: {count} xã; thị trấn, phường", count)
    return Sheet(
        title=_(
            "{province}: {layer}, {date}",
            province=reference.province["label"],
            layer=title,
            date=text.date(period),
        ),
        subtitle=subtitle,
        shapes=boundaries.geometries(boundaries.layers()[boundary_layer.id]),
        groups=shaped["group_code"].where(shaped["group_code"].isin(reference.groups.index), "").to_dict(),
        names=shaped["label"].to_dict() | reference.groups["label"].to_dict(),
        units={code: (layer.classes.get(code, UNKNOWN), layer.figures.get(code, "")) for code in shaped.index},
        key=[*key, (UNKNOWN, unknown)],
        colours=layer.colours,
        shown=shown,
        focus=groups,
        marked=reference.named_communes,
        selected=selected,
        notice=provenance.notice(data),
        lines=[
            _("★ xã nêu tên trong kế hoạch để công nhận. Lập ngày {today}.", today=text.date(clock.today())),
            f"{provenance.line(data, period)}; {data.coverage(period).words()}",
            words(boundary_layer),
        ],
    )


def words(boundary_layer: PublishedLayer) -> str:
    """Say what the shapes are and on what terms they are used."""
    return f"{either(boundary_layer, 'note')}. {either(boundary_layer, 'terms')}"
