"""Parameter files gone wrong: real ones with hostile values, broken structure or broken bytes."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import yaml
from drawn_damage import spoilt_bytes, spoilt_texts
from hypothesis import strategies as st

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LONG = "x" * 6_000
VALUES = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1, 13, 10**30, -(10**30), 0.5, 1e300, -0.0, float("nan")),
        *(float("inf"), [], {}, "", " ", "\n", "no", "2023-03", "2023-13", "2023-02-30", "y/e"),
        *("2022/23", "2023-03 to 2022-03", "0000-00", "9999-12", "plymouth-2023-03", "referrals"),
        *("../../etc/passwd", "..\\..\\x", "/", "C:\\", "CON", "a/b", "a\0b", "a\x1b[31mb"),
        *("\u202eevil", "\u2066x", "\ufeff", "é", "e\u0301", "ﬁ", "\U0001f600", "\u0661", "ß"),
        *("<script>alert(1)</script>", "{include} x", "```{raw} html\n```", "$(x)", "%s {0}"),
        *("=1+1", "@x", "-x", "!!python/object:os.system", "&a", "*a", "<<", "? x", "- x", "#"),
        *(LONG, "x\n" * 500, [[[[[1]]]]], [{}], {"a": {"b": {"c": 1}}}, [None], {1: 2}, {"": ""}),
        *([0] * 300, {str(n): n for n in range(300)}, "9" * 60, "1_0", "0x1F", "1:30", "012", "~"),
    ]
) | st.text(max_size=12)
KEYS = st.sampled_from(
    ["measure", "month", "id", "", "x" * 300, "\u202e", "a: b", "__class__", "é"]
)
SNIPPETS = st.sampled_from(
    [
        *("&a [*a]", "*a", "<<: *a", "!!python/name:os.system x", "!x y", "? [a]", "---", "...\n"),
        *("\t", "\0", "\x1b", "\u202e", "\ufeff", "\x85", "\u2028", '"', "'", "|", ">-", "{", "["),
        *("}", "]", ": ", "- ", "%YAML 9.9", "%TAG ! x", "0x" + "f" * 9000, "[" * 200, "- " * 200),
        *("{a: " * 100, "a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "9" * 5000),
        *(".nan", "-.inf", "1e999", "190:20:30.15", "2001-12-14t21:59:43.10-05:00", "\ud7ff", LONG),
        *("!!binary aGVsbG8=", "!!set {a}", "!!omap [a: 1]", "!!timestamp 2023-01-01", "!!int x"),
    ]
)


def places(data: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in nested keys and lists, the whole included."""
    yield so_far
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in items:
        yield from places(value, (*so_far, key))


@st.composite
def spoilt_structures(draw: st.DrawFn, data: Any) -> bytes:
    """The file with one to three values replaced, keys renamed, entries removed or doubled."""
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 3))):
        data = _spoil_one(draw, data)
    written = yaml.dump(data, Dumper=_Dumper, allow_unicode=draw(st.booleans()), width=1000)
    return str(written).encode("utf-8", "surrogatepass")


def _spoil_one(draw: st.DrawFn, data: Any) -> Any:
    there = [place for place in places(data) if place]
    value = copy.deepcopy(draw(VALUES))
    if not there:
        return value
    *path, last = draw(st.sampled_from(there))
    holder = data
    for key in path:
        holder = holder[key]
    how = draw(st.sampled_from(["put", "put", "put", "remove", "wrap", "double", "rename"]))
    if how == "put":
        holder[last] = value
    elif how == "remove":
        del holder[last]
    elif how == "wrap":
        holder[last] = [holder[last]]
    elif isinstance(holder, list):
        holder.insert(last, copy.deepcopy(holder[last]))
    else:
        held = copy.deepcopy(holder[last]) if how == "double" else holder.pop(last)
        holder[draw(KEYS)] = held
    return data


def spoilt(text: str) -> st.SearchStrategy[bytes]:
    """The file, spoilt in any of these ways."""
    data = yaml.load(text, Loader=_Loader)
    return spoilt_structures(data) | spoilt_texts(text, SNIPPETS) | spoilt_bytes(text.encode())
