"""Numbers, dates, ranges and agreement in one place, so that every page says them alike."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from scrutinybook.periods import Month

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
THIN = " "
"""No-break space: a number and its unit stay on one line."""


def whole(number: float) -> str:
    """A count in digits with thousands commas: ``3,302``. Raises `ValueError` if not finite."""
    if not math.isfinite(number):
        raise ValueError(f"{number} cannot be said as a count")
    return f"{_half_up(number):,}"


def decimal(number: float, places: int = 1) -> str:
    """A number with a fixed number of decimal places: ``11.1``."""
    if not math.isfinite(number):
        raise ValueError(f"{number} cannot be said as a number")
    scale = 10**places
    # Rounded half up, as readers (and the Department) round; Python's own rounding goes to even.
    rounded = _half_up(number * scale) / scale
    return f"{rounded:,.{places}f}".replace("-", "−")


def percent(share: float, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage: ``70%``."""
    return f"{decimal(100 * share, places)}%"


def points(share: float, places: int = 1) -> str:
    """The size of a difference between two shares: ``4.6 percentage points``."""
    text = decimal(abs(100 * share), places)
    return f"{text}{THIN}percentage {'point' if float(text) == 1 else 'points'}"


def small(number: int) -> str:
    """A small whole number as a word (to ten), a larger one in digits."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else whole(number)


def small_or_none(number: int) -> str:
    """The same where no noun follows: ``none``, ``one``, ``12``."""
    return small(number) if number else "none"


def count_of(number: float, things: str) -> str:
    """A number with its noun in agreement: ``1 referral``, ``255 referrals``."""
    return f"{whole(number)}{THIN}{agreeing(things, number)}"


def there_were(number: float, things: str) -> str:
    """``There was 1 referral``, ``There were 255 referrals``."""
    verb = "was" if _half_up(number) == 1 else "were"
    return f"There {verb} {count_of(number, things)}"


def small_count_of(number: int, things: str) -> str:
    """The same with a small number as a word: ``one month``, ``15 months``."""
    return f"{small(number)}{THIN}{agreeing(things, number)}"


def agreeing(things: str, number: float) -> str:
    """A noun phrase in the plural, made singular for one: ``child on a plan``.

    The first plural word is the head of the phrase in every noun of the catalogue.
    """
    if _half_up(number) != 1:
        return things
    head = re.search(r"\b(children|[a-z]*[a-rt-z]s)\b", things)
    if head is None:
        return things
    many = head[0]
    one = "child" if many == "children" else many.removesuffix("s")
    one = f"{one.removesuffix('ie')}y" if one.endswith("ie") else one
    return f"{things[: head.start()]}{one}{things[head.end() :]}"


def times_in_ten(share: float) -> str:
    """A probability in round words: ``nine times in ten``."""
    return f"{small_count_of(_half_up(10 * share), 'times')} in ten"


def in_a_hundred(share: float) -> str:
    """A probability out of a hundred: ``about four in a hundred``."""
    hundredths = _half_up(100 * share)
    return (
        "fewer than one in a hundred"
        if not hundredths
        else f"about {small(hundredths)} in a hundred"
    )


def a_or_an(words: str) -> str:
    """Put ``a`` or ``an`` before words or a number, by sound: ``an 8``, ``an 11``, ``a 70``."""
    first = words.lstrip("‘“'\"").lower()
    digits = first.split()[0].replace(",", "").rstrip("%").split(".")[0] if first else ""
    if digits.isdigit():
        eleven_or_eighteen = digits in ("11", "18") or (
            len(digits) % 3 == 2 and digits[:2] in ("11", "18")
        )
        vowel = digits.startswith("8") or eleven_or_eighteen
    else:
        letter = re.match(r"([a-z])\b", first)
        if letter is not None:  # a letter by its name: an individuals chart, an n, a u chart
            return f"{'an' if letter[1] in 'aefhilmnorsx' else 'a'} {words}"
        silent = ("hour", "honest", "heir")
        you = ("uni", "use", "usu", "eu", "one")
        vowel = first.startswith(silent) or (first[:1] in "aeiou" and not first.startswith(you))
    return f"{'an' if vowel else 'a'} {words}"


def listing(items: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def between(low: str, high: str) -> str:
    """A range of figures: ``between 96 and 122``."""
    return f"between {low} and {high}" if low != high else f"about {low}"


def month_range(first: Month, last: Month) -> str:
    """A range of dates: ``in December 2021``, ``between October and December 2021``.

    Of two months that follow on from each other: ``in April or May 2021``.
    """
    if first == last:
        return f"in {first.words}"
    if first + 1 == last:
        return f"in {first.name if first.year == last.year else first.words} or {last.words}"
    start = first.name if first.year == last.year else first.words
    return f"between {start} and {last.words}"


def some_month(first: Month, last: Month) -> str:
    """When something happened once: ``in December 2021``, ``at some point between …``."""
    text = month_range(first, last)
    return f"at some point {text}" if text.startswith("between") else text


def months_listed(months: Sequence[Month]) -> str:
    """Months, the year said once where it is shared: ``January, February and March 2023``."""
    same_year = len({m.year for m in months}) == 1
    names = [m.name if same_year and m != months[-1] else m.words for m in months]
    return listing(names)


def told_apart(one: float, other: float, places: int = 1) -> tuple[str, str]:
    """Two numbers as finely as it takes to see which is larger: ``11.33`` and ``11.29``.

    At most three decimal places; equal numbers, and nearly equal ones, are said alike.
    """
    for fine in range(places, 4):
        texts = decimal(one, fine), decimal(other, fine)
        if texts[0] != texts[1]:
            return texts
    return decimal(one, places), decimal(other, places)


def whole_inside(low: float, high: float) -> tuple[int, int]:
    """The smallest and largest whole number within limits, so that no rounding moves a limit.

    The first is above the second where no whole number lies between the limits.
    """
    nearly = 1e-6  # a limit that is a whole number but for the last bits counts as that number
    return math.ceil(low - nearly), math.floor(high + nearly)


def upper_first(text: str) -> str:
    """Raise the first letter and leave the rest."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Lower the first letter and leave the rest."""
    return text[:1].lower() + text[1:]


def _half_up(number: float) -> int:
    # The small term undoes representation error such as 0.285 * 100 = 28.499999999999996.
    sign = -1 if number < 0 else 1
    return sign * math.floor(abs(number) + 0.5 + 1e-9)
