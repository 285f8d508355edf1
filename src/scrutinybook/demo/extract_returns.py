"""The children looked after return, the workforce census and the local figures of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from scrutinybook.demo import leavers, staff
from scrutinybook.demo.days import NEVER, as_days, number, whole_years
from scrutinybook.demo.extract_lists import in_the_return, leaver_columns
from scrutinybook.demo.frames import Hashed, missing
from scrutinybook.demo.local import rows_up_to
from scrutinybook.demo.view import View
from scrutinybook.demo.windows import first_of_return, first_of_workforce_year
from scrutinybook.sources.extracts import workforce_codes as staff_words
from scrutinybook.sources.extracts.extract import Extract, Format


def ssda903_at(hashed: Hashed, as_of: date) -> Extract:
    """The children looked after return of the year to the day."""
    day, first = number(as_of), first_of_return(as_of)
    view = View(hashed.truth, day, number(first))
    care = view.care.assign(hash=hashed.children(view.care["child"].to_numpy()))
    care = care.sort_values(["hash", "started"], ignore_index=True)
    episodes = view.care_episodes
    period = episodes["period"].to_numpy()
    periods = hashed.truth.care.periods
    born = periods["born"].to_numpy()
    child_of = periods["child"].to_numpy()
    reviews = view.care_reviews
    whole_year = number(first) <= view.year_ago + 1
    tables: dict[str, dict[str, Any]] = {
        "care_episodes": {
            "child": hashed.children(child_of[period]),
            "started": as_days(episodes["started"].to_numpy()),
            "ended": as_days(episodes["ended"].to_numpy()),
            "reason_started": episodes["reason"],
            "reason_ended": pd.Series(episodes["reason_ended"]).replace("", pd.NA),
            "legal_status": episodes["legal"],
            "placement": episodes["place"],
            "age_at_start": whole_years(born[period], episodes["started"].to_numpy()),
        },
        "care_periods": {
            "child": hashed.children(care["child"].to_numpy()),
            "started": as_days(care["started"].to_numpy()),
            "ended": as_days(care["ended"].to_numpy()),
            "age_at_start": whole_years(care["born"].to_numpy(), care["started"].to_numpy()),
            "placements_in_year": care["placements"] if whole_year else missing(len(care)),
            "latest_review": as_days(care["latest_review"].to_numpy()),
        },
        "care_reviews": {
            "child": hashed.children(child_of[reviews["period"].to_numpy()]),
            "date": as_days(reviews["day"].to_numpy()),
            "participation": reviews["participation"],
        },
        "previous_permanence": {
            "child": hashed.children(view.care["child"].to_numpy()),
            "kind": view.care["permanence"].reset_index(drop=True),
            "date": as_days(view.care["permanence_day"].to_numpy()),
        },
        "care_leavers": leaver_columns(
            hashed, in_the_return(leavers.leavers_on(hashed.truth, day))
        ),
    }
    return hashed.extract(Format.SSDA903, as_of, first, tables, of_one_day=("care_leavers",))


def workforce_census_at(hashed: Hashed, as_of: date) -> Extract:
    """The social work workforce census of 30 September."""
    held = staff.staff_on(hashed.truth, number(as_of))
    rows = held.workers
    left = rows["ended"].to_numpy() < NEVER
    cases = rows["cases"].to_numpy()
    tables: dict[str, dict[str, Any]] = {
        "social_workers": {
            "worker": hashed.workers(rows["place"].to_numpy()),
            "agency": rows["agency"],
            "fte": rows["fte"],
            "role": rows["role"].map(staff_words.ROLES),
            "started": as_days(rows["started"].to_numpy()),
            "ended": as_days(rows["ended"].to_numpy()),
            "origin": rows["origin"].map(staff_words.ORIGINS),
            "destination": rows["destination"].map(staff_words.DESTINATIONS).where(left),
            "reason_left": rows["reason"].map(staff_words.REASONS_LEFT).where(left),
            "fte_30_september": rows["fte_30"],
            "cases_30_september": pd.Series(cases).astype("Int32").mask(cases < 0),
            "days_lost": rows["days_lost"],
            "stage": pd.Series(rows["stage"]).map(staff_words.STAGES),
        },
        "vacancies": {
            "vacancies_fte": [held.vacancies_fte],
            "agency_covering_fte": [held.agency_fte],
            "agency_covering_heads": [held.agency_heads],
        },
    }
    return hashed.extract(Format.WORKFORCE_CENSUS, as_of, first_of_workforce_year(as_of), tables)


def local_figures_at(hashed: Hashed, as_of: date) -> Extract:
    """The table of local figures of all months up to the day."""
    rows = rows_up_to(hashed.truth.local, hashed.truth.months, as_of)
    tables = {"local_figures": {name: rows[name] for name in rows.columns}}
    return hashed.extract(Format.LOCAL_FIGURES, as_of, hashed.truth.months[0].first_day, tables)
