"""Files gone wrong, whatever their format: snippets put in, pieces taken out, bytes of no text."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping

from hypothesis import strategies as st

Snippets = st.SearchStrategy[str]


@st.composite
def spoilt_texts(draw: st.DrawFn, text: str, snippets: Snippets) -> bytes:
    """A text with snippets put in, pieces taken out, cut short, or in another encoding."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        to = at + draw(st.sampled_from([0, 0, 1, 5, 40]))
        text = text[:at] + draw(snippets | st.text(max_size=4)) + text[to:]
    if draw(st.integers(0, 9)) == 0:
        text = text[: draw(st.integers(0, len(text)))]
    encoding = draw(st.sampled_from(["utf-8"] * 6 + ["utf-16", "utf-8-sig", "cp1252"]))
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


@st.composite
def spoilt_bytes(draw: st.DrawFn, raw: bytes) -> bytes:
    """Bytes with a few of them replaced, put in or taken out, or cut short."""
    at = draw(st.integers(0, len(raw)))
    rest = b"" if draw(st.integers(0, 5)) == 0 else raw[at + draw(st.integers(0, 6)) :]
    return raw[:at] + draw(st.binary(max_size=6)) + rest


@st.composite
def spoilt_zips(draw: st.DrawFn, parts: Mapping[str, bytes], snippets: Snippets) -> bytes:
    """A zip file whose parts are damaged, missing, doubled, renamed or strangers."""
    written = dict(parts)
    for _ in range(draw(st.integers(1, 2))):
        name = draw(st.sampled_from(sorted(written)))
        how = draw(st.sampled_from(["text", "text", "text", "bytes", "leave out", "rename"]))
        if how == "text":
            held = written[name].decode("utf-8", "replace")
            written[name] = draw(spoilt_texts(held, snippets))
        elif how == "bytes":
            written[name] = draw(spoilt_bytes(written[name]))
        else:
            held_bytes = written.pop(name)
            if how == "rename":
                written[draw(NAMES)] = held_bytes
        if not written:
            break
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, content in written.items():
            archive.writestr(name, content)
            if draw(st.integers(0, 19)) == 0:
                archive.writestr(name, content[::-1])
    return packed.getvalue()


NAMES = st.sampled_from(
    [
        *("../../escaped.csv", "/escaped.csv", "C:\\escaped.csv", "..\\..\\escaped.csv", "con.csv"),
        *("a\x1b[2J.csv", "\u202evsc.exe", "x" * 200 + ".csv", ".csv", "a/", "xl/workbook.xml"),
        *(
            "xl/worksheets/sheet1.xml",
            "XL/Workbook.xml",
            "[Content_Types].xml",
            "xl/vbaProject.bin",
        ),
    ]
)
"""Of parts: names that lead elsewhere, that a screen acts on, or that belong to another part."""
