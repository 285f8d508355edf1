"""Numbers, dates, ranges and agreement in one place, so that every page says them alike."""

from __future__ import annotations

import math
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


def count_of(number: float, singular: str, plural: str | None = None) -> str:
    """A number with its noun in agreement: ``1 referral``, ``255 referrals``."""
    noun = singular if _half_up(number) == 1 else (plural or f"{singular}s")
    return f"{whole(number)}{THIN}{noun}"


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
    """A range of dates: ``in December 2021``, ``between October and December 2021``."""
    if first == last:
        return f"in {first.words}"
    start = first.name if first.year == last.year else first.words
    return f"between {start} and {last.words}"


def months_listed(months: Sequence[Month]) -> str:
    """Months, the year said once where it is shared: ``January, February and March 2023``."""
    same_year = len({m.year for m in months}) == 1
    names = [m.name if same_year and m != months[-1] else m.words for m in months]
    return listing(names)


def upper_first(text: str) -> str:
    """Raise the first letter and leave the rest."""
    return text[:1].upper() + text[1:]


def _half_up(number: float) -> int:
    # The small term undoes representation error such as 0.285 * 100 = 28.499999999999996.
    sign = -1 if number < 0 else 1
    return sign * math.floor(abs(number) + 0.5 + 1e-9)
