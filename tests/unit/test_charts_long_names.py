"""Authorities with long names: the name is broken over lines, and the drawing keeps its room."""

import re
import warnings

import numpy as np
import pytest

from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.funnel_chart import funnel_chart
from scrutinybook.charts.yearly_chart import Line, yearly_chart
from scrutinybook.statistics import proportion_funnel

NAMES = ("Bournemouth, Christchurch and Poole", "Kingston upon Hull, City of", "Bath and North")


def yearly(name: str) -> Drawing:
    return yearly_chart(
        *("long", "Title", "Description"),
        periods=["2022", "2023"],
        authority=Line(name, [0.5, 0.6]),
        others=[Line("England", [0.5, 0.6]), Line("Neighbours", [0.5, 0.61])],
        percent=True,
    )


def funnel(name: str, place: int) -> Drawing:
    return funnel_chart(
        *("long", "Title", "Description"),
        funnel=proportion_funnel(np.arange(60.0, 80.0), np.arange(100.0, 300.0, 10.0)),
        highlighted=place,
        highlighted_name=name,
        size_label="Referrals",
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_long_name_leaves_room_for_the_drawing(name: str) -> None:
    with warnings.catch_warnings():
        # matplotlib warns where labels leave the axes no room.
        warnings.simplefilter("error")
        drawings = [yearly(name), *(funnel(name, place) for place in (0, 10, 19))]
    for drawing in drawings:
        for svg in (drawing.wide, drawing.narrow):
            said = " ".join(re.findall(r">([^<>]+)</(?:text|tspan)>", svg))
            assert all(word in said for word in name.split())
