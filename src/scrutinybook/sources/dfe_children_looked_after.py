"""Tables of "Children looked after in England including adoptions".

Headings and row names as published by the Department for Education.
"""

from __future__ import annotations

from scrutinybook.sources.layouts import (
    MARCH,
    MID_YEAR_BEFORE,
    YEAR,
    Column,
    Format,
    Rows,
    columns,
    count_and_percent,
)

_LOOKED_AFTER = "children-looked-after"


def _leaver_rows() -> dict[Rows, tuple[Column, ...]]:
    rows: dict[Rows, tuple[Column, ...]] = {}
    for low, high in ((17, 18), (19, 21)):
        item, age = f"care_leavers_{low}_to_{high}", f"{low} to {high} years"
        rows[(age, "Total")] = columns(YEAR, **{item: "care_leaver_count"})
        for part, breakdown in {
            "in_education_employment_training": "Total in education, employment or training",
            "not_in_education_employment_training": (
                "Total not in education, employment or training"
            ),
            "not_known": "Total information not known",
        }.items():
            rows[(age, breakdown)] = count_and_percent(
                f"{item}_{part}", YEAR, "care_leaver_count", "care_leaver_percent"
            )
    return rows


CHILDREN_LOOKED_AFTER: tuple[Format, ...] = (
    Format(
        name="looked after",
        title="Children looked after: number and rate",
        publication=_LOOKED_AFTER,
        feeds=("Children in care",),
        columns={
            ("Children looked after on 31 March each year",): columns(
                MARCH,
                looked_after_at_31_march="children_count",
                looked_after_rate="rate_per_10000",
            )
            + columns(MID_YEAR_BEFORE, children_aged_0_to_17="population_estimate"),
            ("Children starting to be looked after each year",): columns(
                YEAR,
                started_being_looked_after="children_count",
                started_being_looked_after_rate="rate_per_10000",
            ),
            ("Children ceasing to be looked after each year",): columns(
                YEAR,
                ceased_being_looked_after="children_count",
                ceased_being_looked_after_rate="rate_per_10000",
            ),
        },
        splits=("population_type",),
    ),
    Format(
        name="placement stability",
        title="Placement stability of children looked after",
        publication=_LOOKED_AFTER,
        feeds=("Children in care",),
        columns={
            # Its total is that of the table above, which knows more of the smallest authority.
            (
                "CLA on 31 March",
                "With 3 or more placements during the year",
            ): count_and_percent(
                "looked_after_3_or_more_placements", MARCH, "children_count", "children_percent"
            ),
            ("CLA 2 years on 31 March", "Total children"): columns(
                MARCH, looked_after_2_years="children_count"
            ),
            (
                "CLA 2 years on 31 March",
                "With 3 or more placements during the previous 2 years",
            ): count_and_percent(
                "looked_after_2_years_3_or_more_placements",
                MARCH,
                "children_count",
                "children_percent",
            ),
            (
                "Children looked after continuously for at least 2.5 years on 31 March "
                "aged under 16 years",
                "Total children",
            ): columns(MARCH, looked_after_2_5_years_under_16="children_count"),
            (
                "Children looked after continuously for at least 2.5 years on 31 March "
                "aged under 16 years",
                "Living with the same carer for at least 2 years",
            ): count_and_percent("same_carer_2_years", MARCH, "children_count", "children_percent"),
        },
        splits=("cla_group", "placement_stability"),
    ),
    Format(
        name="care leavers",
        title="Activity of care leavers",
        publication=_LOOKED_AFTER,
        feeds=("Care leavers",),
        columns=_leaver_rows(),
        splits=("care_leaver_age", "breakdown"),
    ),
    Format(
        name="special guardianship and adoption",
        title="Children who left care through special guardianship or adoption",
        publication=_LOOKED_AFTER,
        feeds=("Children in care",),
        columns={
            ("Special guardianship orders", "Total"): columns(
                YEAR, ceased_special_guardianship="number"
            ),
            ("Adopted", "Total"): columns(YEAR, ceased_adopted="number"),
        },
        splits=("cla_group", "characteristic"),
        also=frozenset({"percentage"}),
    ),
)
