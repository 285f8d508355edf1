"""Parameter files whose every free text tries to be something else than text.

Each text gets a mark of its own, ``zq017zq``, so that it can be looked for wherever it went. The
canary is what would be there had one of them been run, read or included: a file, an element, an
address, or the contents of a file that no page includes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import yaml

CANARY = "qxcanary"
"""In the name of everything that would come about."""
SECRET = "qxsecret-7781"
"""What stands in a file beside the project that nothing may include."""

ATTEMPTS = (
    # A page.
    f"<script>{CANARY}(1)</script>",
    f"<img src=x onerror={CANARY}(1)>",
    f'"><svg onload="{CANARY}(1)"><{CANARY}>',
    f"' onmouseover='{CANARY}(1)' x='",
    f"</p></section></main></body></html><{CANARY}>",
    f"<a href=javascript:{CANARY}(1)>x</a> [x](javascript:{CANARY}(1)) <javascript:{CANARY}(1)>",
    f"&lt;{CANARY}&gt; &#60;{CANARY}&#62; <!-- --><{CANARY}> ]]><{CANARY}>",
    f"<style>@import url(https://{CANARY}.example/x)</style><link href=//{CANARY}.example>",
    f"<iframe srcdoc='<{CANARY}>'></iframe><form action=https://{CANARY}.example>",
    f"![x](https://{CANARY}.example/x.png) <img src=//{CANARY}.example/x.png>",
    # The makers of pages.
    "x\n\n```{include} ../secret.txt\n```\n\nx",
    ":::{include} ../secret.txt\n:::",
    "{include}`../secret.txt` {download}`../secret.txt` {literalinclude}`../secret.txt`",
    f"x\n\n```{{raw}} html\n<{CANARY}>\n```\n",
    f"x\n\n```{{code-cell}}\nopen('{CANARY}', 'w')\n```\n",
    f"{{eval}}`open('{CANARY}','w')` {{{{ {CANARY} }}}} {{% include '../secret.txt' %}}",
    f"# {CANARY}\n\n---\n\n| a | b |\n|---|---|\n| c | d |",
    f"$\\input{{../secret.txt}} \\write18{{touch {CANARY}}}$ \\immediate\\openin",
    # Notebooks and their parameters.
    f'""" + str(open(\'{CANARY}\', \'w\')) + """',
    f"' + str(open('{CANARY}', 'w')) + '",
    f"\\\nopen('{CANARY}', 'w')\n",
    f"%%bash\ntouch {CANARY}",
    f"!touch {CANARY}",
    f"{{open('{CANARY}', 'w')}} %(x)s %s ${{x}} $(touch {CANARY}) `touch {CANARY}`",
    # Spreadsheets.
    '=HYPERLINK("https://x.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "a,b;c\td\"e'f",
    # Places of files.
    "../../secret.txt",
    f"/tmp/{CANARY}",
)

FREE = frozenset(
    [
        *("text", "source", "reason", "sentence", "by", "reading", "untestable", "promised"),
        *("owner", "evidence", "why", "what", "result", "title", "definition", "no_target", "note"),
        *("noun", "things", "predicate"),
    ]
)
"""Keys with a text that people write as they like."""
ROOM = {"things": 60, "noun": 100, "predicate": 100}
"""Characters that a text may have, where there is little room."""


class Hostile:
    """Gives each text in turn an attempt and a mark, and remembers which went where."""

    def __init__(self) -> None:
        self._attempts = cycle(ATTEMPTS)
        self._numbers = count()
        self.given: dict[str, str] = {}
        """Each mark with the text that bears it."""

    def text(self, longest: int) -> str:
        """The next text that is short enough: an attempt, which its beginning is, and its mark."""
        mark = f"zq{next(self._numbers):03}zq"
        fitting = (each for each in self._attempts if len(each) + 1 + len(mark) <= longest)
        self.given[mark] = f"{next(fitting)} {mark}"
        return self.given[mark]

    def fill(self, data: Any, keys: frozenset[str] = FREE) -> Any:
        """Plain data with a hostile text under every key that takes one."""
        if isinstance(data, dict):
            return {
                key: self.text(ROOM.get(key, 1_000))
                if key in keys and isinstance(value, str)
                else self.fill(value, keys)
                for key, value in data.items()
            }
        return [self.fill(each, keys) for each in data] if isinstance(data, list) else data

    def rewrite(self, path: Path, keys: frozenset[str] = FREE, **more: Any) -> None:
        """Rewrite a parameter file, with other keys put in beforehand."""
        data = yaml.safe_load(path.read_text(encoding="utf-8")) | more
        path.write_text(yaml.safe_dump(self.fill(data, keys), sort_keys=False), encoding="utf-8")


def texts_of(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a folder as text."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, path.read_bytes().decode("utf-8", "replace")
