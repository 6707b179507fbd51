from __future__ import annotations

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from messages.compose import compose
from messages.document import Bar
from messages.library import Library
from messages.moneybar import FILLS, GAP, WIDE_GAP, bar_svg, lay_out, swatch_svg


@pytest.fixture
def bar(library: Library, today: date) -> Bar:
    made = compose("loenseddel", "da", {}, library, today).bar
    assert made is not None
    return made


def test_the_parts_fill_the_bar_from_edge_to_edge(bar: Bar) -> None:
    slots = lay_out(bar, "ltr")
    assert slots[0].left == 0
    for before, after in pairwise(slots):
        assert after.left == pytest.approx(before.left + before.width)
    assert slots[-1].left + slots[-1].width == pytest.approx(100)


def test_a_part_is_as_wide_as_its_share(bar: Bar) -> None:
    for slot, part in zip(lay_out(bar, "ltr"), bar.parts, strict=True):
        assert slot.width == pytest.approx(float(part.share) * 100)


def test_right_to_left_is_the_mirror_image(bar: Bar) -> None:
    for left, right in zip(lay_out(bar, "ltr"), lay_out(bar, "rtl"), strict=True):
        assert left.key == right.key
        assert right.left == pytest.approx(100 - left.left - left.width)
        assert right.badge == pytest.approx(100 - left.badge)


@pytest.mark.parametrize("gap", [GAP, WIDE_GAP])
def test_badges_never_touch_and_never_leave_the_bar(bar: Bar, gap: float) -> None:
    badges = [slot.badge for slot in lay_out(bar, "ltr", gap) if slot.step]
    assert all(after - before >= gap - 1e-9 for before, after in pairwise(badges))
    assert min(badges) >= gap / 2
    assert max(badges) <= 100 - gap / 2


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_drawing_is_well_formed_and_holds_no_text_and_no_ids(bar: Bar, direction: str) -> None:
    drawn = ET.fromstring(bar_svg(bar, direction))  # type: ignore[arg-type]  # noqa: S314
    tags = {element.tag.split("}")[1] for element in drawn.iter()}
    assert tags == {"svg", "rect", "path"}
    assert not any("id" in element.attrib for element in drawn.iter())


def test_in_black_and_white_no_two_parts_look_alike() -> None:
    def drawn(key: str) -> str:
        return swatch_svg(key).replace(FILLS[key], grey(FILLS[key]))

    def grey(colour: str) -> str:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return f"grey-{round((red * 0.3 + green * 0.6 + blue * 0.1) / 40)}"

    assert len({drawn(key) for key in FILLS}) == len(FILLS)
