"""The data points of the plan in words: the plan's rating beside what the statistics say."""

from __future__ import annotations

from scrutinybook.commentary import council, words
from scrutinybook.commentary.council_figures import cell_text, number_text, when
from scrutinybook.commentary.council_target import against_target
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.council import Judged
from scrutinybook.findings.plan import Disagreement, PlanAll, PointStands

_DISAGREE = {
    Disagreement.GREEN_WORSE: "The plan rates it green, yet the latest figure stands out as worse.",
    Disagreement.GREEN_MISSED: (
        "The plan rates it green, yet going on as in the earlier months the target would be missed"
        " in nearly every month."
    ),
    Disagreement.GREEN_MISSED_YEAR: (
        "The plan rates it green, yet each of the latest twelve months missed the target."
    ),
    Disagreement.RED_MET_YEAR: (
        "The plan rates it red, yet each of the latest twelve months met the target."
    ),
    Disagreement.RED_BETTER: "The plan rates it red, yet the latest figure stands out as better.",
    Disagreement.RED_MET: (
        "The plan rates it red, yet going on as in the earlier months the target would be met in"
        " nearly every month."
    ),
}

_WAYS = {
    "up": "higher is better",
    "down": "lower is better",
    "neither": "neither way is better",
}


def whole_plan(found: PlanAll) -> list[Sentence]:
    """How many data points have a figure, a target, a rating that the statistics bear out."""
    points = words.small_count_of(found.n, "data points")
    text = [
        f"The plan has {points}: {words.small_or_none(found.n_with_figure)} with a figure in this"
        f" edition, {words.small_or_none(found.n_without_target)} without a target."
    ]
    if found.n_rated:
        rated = words.small_count_of(found.n_rated, "data points")
        speak = "speaks" if found.n_disagreements <= 1 else "speak"
        text.append(
            f"The plan itself rates {rated}; of these ratings"
            f" {words.small_or_none(found.n_disagreements)}"
            f" {speak} against what the statistics say."
        )
    if found.n_milestones:
        steps = words.small_count_of(found.n_milestones, "milestones")
        late = f"{words.small_or_none(found.n_late)} {'is' if found.n_late <= 1 else 'are'} late"
        text.append(f"Of {steps}, {late}.")
    return [Sentence(each, found.id) for each in text]


def statistics_say(found: PointStands) -> list[Sentence]:
    """Whether the latest figure stands out, and what the limits say of the plan's target."""
    if found.figure is None or found.judged is None:
        return [Sentence("There is no figure of it in this edition.", found.id)]
    if isinstance(found.judged, Judged):
        text = [council.verdict(found.judged)]
    else:
        text = [each.text for each in council.against_limits(found.judged)]
    text += [each.text for each in against_target(found.figure, found.judged)]
    return [Sentence(each, found.id) for each in text]


def disagrees(found: PointStands) -> Sentence | None:
    """That the plan's rating and the statistics speak against each other; None where not."""
    if found.disagreement is None:
        return None
    return Sentence(_DISAGREE[found.disagreement], found.id)


def latest_text(found: PointStands) -> str:
    """The latest figure with its month, for a list."""
    if found.figure is None:
        return "No figure in this edition"
    observation = found.figure.latest
    return f"{cell_text(found.figure.measure, observation)} {when(observation)}"


def target_text(found: PointStands) -> str:
    """The target, and which way the plan wants the figure to go."""
    way = _WAYS[found.point.direction]
    target = found.point.target
    if target is None:
        return f"No target set ({way})"
    if found.figure is None:
        return f"{target:g} ({way})"
    measure = found.figure.measure
    value = target / 100 if measure.kind == "proportion" else target
    return f"{number_text(measure, value)} ({way})"


def rating_text(found: PointStands) -> str:
    """The plan's own rating in words, with its month."""
    if found.rating is None or found.rated is None:
        return "Not rated"
    return f"{words.upper_first(found.rating)}, {found.rated.words}"
