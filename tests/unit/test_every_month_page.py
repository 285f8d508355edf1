"""The page on a book every month: its examples parse, and their commands are run in order."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import signed_project
import yaml
from projects import ROOT, Scrutiny

from scrutinybook.record.writing import SIGN_OFF

PAGE = (ROOT / "docs" / "every-month.md").read_text(encoding="utf-8")
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
COMMAND = re.compile(r"scrutiny (\w+) ([^\n]*)")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def workflow(name: str) -> dict[str, Any]:
    """A workflow, with its events under ``on``, which YAML 1.1 reads as true."""
    (text,) = [each for each in blocks("yaml") if f"workflows/{name}" in each]
    read = {str(key): value for key, value in yaml.safe_load(text).items()}
    return {**read, "on": read.pop("True")}


def steps(name: str) -> list[dict[str, Any]]:
    (job,) = workflow(name)["jobs"].values()
    return list(job["steps"])


def scripts(name: str) -> dict[str, str]:
    return {each["name"]: each["run"] for each in steps(name) if "run" in each}


MONTHLY, SCHTASKS, SCHTASKS_OF_FILE = blocks("bat")
(TASK_FILE,) = blocks("xml")


def test_what_is_scheduled_neither_signs_nor_publishes() -> None:
    scheduled = "\n".join([*scripts("make.yml").values(), MONTHLY])
    assert {word for word, _ in COMMAND.findall(scheduled)} == {"ingest", "new", "book", "audit"}
    assert workflow("make.yml")["permissions"] == {"contents": "read"}


def test_only_a_person_starts_the_sign_off_and_says_in_which_role() -> None:
    events = workflow("sign.yml")["on"]
    assert set(events) == {"workflow_dispatch"}
    inputs = events["workflow_dispatch"]["inputs"]
    assert {name for name, each in inputs.items() if each["required"]} == {"run", "edition", "role"}


def test_what_a_person_types_never_becomes_part_of_a_script() -> None:
    assert [name for name, text in scripts("sign.yml").items() if "${{" in text] == []


def test_all_schedules_are_of_one_day() -> None:
    (when,) = workflow("make.yml")["on"]["schedule"]
    minute, hour, day, month, weekday = when["cron"].split()
    assert (0 <= int(minute) < 60, 0 <= int(hour) < 24) == (True, True)
    assert (month, weekday) == ("*", "*")
    task = ElementTree.fromstring(TASK_FILE)
    months = task.find(f".//{TASK}Months")
    assert months is not None
    assert [each.tag.removeprefix(TASK) for each in months] == [
        f"{date(2024, month, 1):%B}" for month in range(1, 13)
    ]
    words = shlex.split(SCHTASKS, posix=False)
    assert {day, task.findtext(f".//{TASK}Day"), words[words.index("/D") + 1]} == {"12"}


def test_the_task_as_a_file_does_what_the_command_does() -> None:
    task = ElementTree.fromstring(TASK_FILE)
    line = f"{task.findtext(f'.//{TASK}Command')} {task.findtext(f'.//{TASK}Arguments')}"
    assert f'/TR "{line}"' in SCHTASKS
    named = [text[text.index("/TN") :].split('"')[1] for text in (SCHTASKS, SCHTASKS_OF_FILE)]
    assert named == ["Scrutiny book"] * 2


def test_the_script_knows_the_month_before() -> None:
    (snippet,) = re.findall(r"\('py -c \"(.*)\"'\) do", MONTHLY)
    done = subprocess.run(
        [sys.executable, "-c", snippet], capture_output=True, text=True, check=True
    )
    ended, before = done.stdout.split()
    assert (date.fromisoformat(ended) + timedelta(days=1)) == date.today().replace(day=1)
    start = date.fromisoformat(ended).replace(day=1)
    assert before == f"{start - timedelta(days=1):%Y-%m}"


@pytest.mark.usefixtures("march")
def test_the_script_s_commands_work_in_their_order(scrutiny: Scrutiny, project: Path) -> None:
    assert (
        scrutiny("new", "--authority", "Torbay", "--month", "2024-02", "--kind", "council")[0] == 0
    )
    values = dict(re.findall(r"^set (\w+)=([^%\n]*)$", MONTHLY, re.MULTILINE))
    values |= {"EXPORTS": "exports", "AS_OF": "2024-03-31", "BEFORE": "2024-02", "MONTH": "2024-03"}
    shutil.move(project / "march", project / "exports" / "2024-03")
    done = []
    for word, rest in COMMAND.findall(MONTHLY):
        filled = re.sub(r"%(\w+)%", lambda name: values[name[1]], rest).replace("\\", "/")
        # Making it takes a minute; what `book` and `audit` read first is what `check` reads.
        command = word if word in {"ingest", "new"} else "check"
        code, _, err = scrutiny(command, *shlex.split(filled))
        assert code == 0, err
        done.append(word)
    assert done == ["ingest", "new", "book", "audit"]
    assert (project / "params" / values["SHORT"] / "2024-03.yml").is_file()


def test_every_failure_ends_the_script_with_its_own_code() -> None:
    lines = MONTHLY.splitlines()
    after = [lines[n + 1] for n, line in enumerate(lines) if "run.py scrutiny" in line]
    assert [each.endswith("exit /b %ERRORLEVEL%") for each in after] == [True] * 4


class Host:
    """Stands in for the hosted service: a repository, and a home in which its address is known."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.origin = folder, folder / "served" / "council" / "books.git"
        self.home = folder / "home"
        (self.home / "bin").mkdir(parents=True)
        gh = self.home / "bin" / "gh"
        gh.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
        gh.chmod(0o755)
        (self.home / ".gitconfig").write_text(
            f'[url "{folder}/served/"]\n\tinsteadOf = https://github.com/\n'
            "[user]\n\tname = books\n\temail = books@localhost\n"
            "[init]\n\tdefaultBranch = main\n",
            encoding="utf-8",
        )
        self.origin.mkdir(parents=True)
        self.run(self.origin, "git init --quiet --bare")

    def run(self, folder: Path, script: str, **environment: str) -> str:
        """Run a step as the service does: by bash, which stops at the first failure."""
        script = script.replace("python3 run.py scrutiny", '"$PYTHON" -m scrutinybook')
        told = {name: each for name, each in os.environ.items() if not name.startswith("GIT_")}
        told |= {"HOME": str(self.home), "GITHUB_REPOSITORY": "council/books"}
        told |= {"PATH": f"{self.home / 'bin'}{os.pathsep}{told['PATH']}", "PYTHON": sys.executable}
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=folder,
            env={**told, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def machine(self, name: str) -> Path:
        """A fresh machine with a checkout."""
        self.run(self.folder, f"git clone --quiet {self.origin} {name}")
        return self.folder / name


@pytest.mark.skipif(
    os.name == "nt" or not (shutil.which("bash") and shutil.which("git")),
    reason="the hosted machine's shell is bash",
)
def test_one_machine_makes_another_signs_and_the_next_knows_of_it(tmp_path: Path) -> None:
    host = Host(tmp_path)
    made = signed_project.make(tmp_path / "made").root
    shutil.copy(ROOT / ".gitignore", made)
    host.run(made, "git init --quiet && git add . && git commit --quiet -m Sources")
    host.run(made, f"git push --quiet {host.origin} main")
    branch = re.findall(r"^    (git .*)$", PAGE, re.MULTILINE)
    host.run(host.machine("once"), "\n".join(branch))

    signs = host.machine("signs")
    (kept,) = [each["with"]["path"] for each in steps("make.yml") if "path" in each.get("with", {})]
    for part in kept.split():
        shutil.copytree(made / part, signs / part)
    edition = signed_project.REAL
    for name in ("Sign", "Publish", "Keep the record"):
        script = scripts("sign.yml")[name]
        host.run(signs, script, EDITION=edition, ROLE="head of performance")

    pages = host.run(host.origin, "git ls-tree -r --name-only pages").split()
    assert {f"{edition}/{page}" for page in signed_project.PAGES} <= set(pages)
    assert "index.html" in pages
    later = host.machine("later")
    host.run(later, scripts("make.yml")["Take the records of before"])
    assert (later / "record" / edition / SIGN_OFF).is_file()
    assert host.run(later, "git status --porcelain") == ""


def test_places_that_the_page_names_are_there() -> None:
    for link in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (ROOT / "docs" / link).exists(), link
