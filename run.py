#!/usr/bin/env python3
"""Makes the books and runs the tests, from a clone, with nothing but Python 3.11 or newer.

    python3 run.py book                  make every book into site/
    python3 run.py book plymouth-2023-03 make one
    python3 run.py test                  run every check and test
    python3 run.py scrutiny --help       any other command of the project

and for maintainers:

    python3 run.py lock                  renew the lock files and all that is made from them
    python3 run.py licences              list the licences of the locked packages
    python3 run.py advisories            ask whether they have known vulnerabilities
    python3 run.py bundle                one file that installs and runs without a network

Everything is installed into .venv beside this file, from a lock file with hashes; nothing else
on the machine is touched. In a bundle, packages come from its folder `wheels` and no network
is used. On Windows write `py run.py book`.
"""

import contextlib
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
WHEELS = ROOT / "wheels"
BUNDLED = WHEELS / "made-for.txt"
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}
ALONE = ["tests/faults", "tests/reference/test_fleet.py"]


def main(arguments):
    """Do one of the commands above; return its exit code."""
    commands = {
        **{"book": book, "test": test, "scrutiny": scrutiny},
        **{"lock": lock, "licences": licences, "advisories": advisories, "bundle": bundle},
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        asked_for_help = arguments[:1] in (["-h"], ["--help"], ["help"])
        return 0 if asked_for_help else 2
    if sys.version_info < OLDEST:
        return hand_over_to_newer_python()
    if BUNDLED.exists() and made_for() != this_machine():
        return hand_over_to_the_bundles_python()
    return commands[arguments[0]](arguments[1:])


def book(arguments):
    """Make the books and say where they are."""
    return scrutiny(["book", *(arguments or ["--all"])])


def scrutiny(arguments):
    """Run the project's own command from the environment."""
    prepare("run")
    # From where the user stands, so that a folder named on the command line is found.
    return run([PYTHON, "-m", "scrutinybook", "--project", ROOT, *arguments], folder=Path.cwd())


def test(arguments):
    """Check format, lint and types, then run the tests; arguments go to pytest alone."""
    prepare("test")
    checks = [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
        ["coverage", "erase"],
    ]
    for check in [] if arguments else checks:
        say("$ " + " ".join(check))
        code = run([PYTHON, "-m", *check])
        if code:
            return code
    if arguments:
        return run([PYTHON, "-m", "pytest", *arguments])
    pytest = [PYTHON, "-m", "pytest", "--cov"]
    several = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--cov-report="]
    folders = {f"tests/{path.parent.name}" for path in (ROOT / "tests").glob("*/test_*.py")}
    apart = [f"--ignore={each}" for each in ALONE]
    first = run([*pytest, *several, *apart, *sorted(folders - set(ALONE))])
    # These start clusters, kill runs and fill disks, and would be in the others' way.
    second = run([*pytest, "--cov-append", "--cov-report=term", *ALONE])
    return first or second


def lock(_arguments):
    """Renew both lock files from pyproject.toml, then what is made from them."""
    prepare("test")
    for level, extras in (("run", ["build"]), ("test", ["build", "dev"])):
        wanted = [part for extra in extras for part in ("--extra", extra)]
        command = [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", *wanted]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"]
        command += ["--no-header", "--upgrade", "--output-file", LOCKS[level]]
        # The tests must run on the very versions that make the book.
        command += ["--constraint", LOCKS["run"]] if level == "test" else []
        code = run(command)
        if code:
            return code
    return run([PYTHON, "-m", "tools.conda"]) or licences([]) or advisories([])


def licences(_arguments):
    """Write docs/licences.md."""
    prepare("test")
    return run([PYTHON, "-m", "tools.licences"])


def advisories(_arguments):
    """Ask an advisory service and write docs/advisories.md."""
    prepare("test")
    return run([PYTHON, "-m", "tools.advisories"])


def bundle(arguments):
    """Write the offline bundle into dist, or into a folder that is named."""
    prepare("run")
    folder = [Path.cwd() / arguments[0]] if arguments else []
    return run([PYTHON, "-m", "tools.bundle", this_machine(), *folder])


def prepare(level):
    """Create .venv and install what `level` needs, unless that is done already."""
    with one_at_a_time():
        # What the tests need holds all that the book needs, at the same versions.
        if PYTHON.exists() and (is_installed("test") or is_installed(level)):
            return
        if BUNDLED.exists() and level == "test":
            sys.exit("This is a bundle: it holds what the books need, not what the tests need.")
        if not PYTHON.exists() or not answers([PYTHON, "-m", "pip", "--version"]):
            make_environment()
        say(f"Installing locked packages into {VENV.name} (a minute or two, once) ...")
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        pip += ["--no-index", "--find-links", WHEELS] if BUNDLED.exists() else []
        steps = [
            # The lock names every package. Asked to find more, older pips look past its versions.
            [*pip, "--no-deps", "--require-hashes", "-r", LOCKS[level]],
            [*pip, "--no-deps", "--no-build-isolation", "--editable", "."],
            # Without compiled bytecode the heavy imports take several times as long.
            [PYTHON, "-m", "compileall", "-q", "-j", "0", str(VENV), str(ROOT / "src")],
        ]
        for step in steps[:2]:
            if run(step):
                often = (
                    "Most often the bundle was not unpacked whole.\nUnpack it anew, then run"
                    " the same command."
                    if BUNDLED.exists()
                    else "Most often the network or a proxy is in the way.\nRun the same command"
                    " again: it goes on where it stopped."
                )
                sys.exit(f"The packages could not be installed; the lines above say why. {often}")
        run(steps[2], quiet=True)  # a few packages ship files that are not meant to compile
        stamp(level).write_text(fingerprint(level), encoding="utf-8")


def make_environment():
    """Create an empty .venv with pip in it."""
    if VENV.exists():
        say(f"{VENV.name} is not usable on this machine; making it anew.")
        shutil.rmtree(VENV)
    if run([sys.executable, "-m", "venv", str(VENV)]):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "Python could not make a virtual environment. On Debian or Ubuntu install the package"
            " python3-venv; elsewhere install Python 3.11 or newer from python.org."
        )


def stamp(level):
    """The file that says what was installed."""
    return VENV / f"installed-{level}.txt"


def is_installed(level):
    """Whether the environment holds what `level` needs today."""
    mark = stamp(level)
    return mark.exists() and mark.read_text(encoding="utf-8") == fingerprint(level)


def fingerprint(level):
    """What an installed environment depends on: the lock, the project's own metadata, Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in (LOCKS[level], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


@contextlib.contextmanager
def one_at_a_time():
    """Two runs at once must not install into the same folder."""
    with (ROOT / ".venv.lock").open("a+") as handle:
        if os.name == "nt":
            import msvcrt

            handle.seek(0)
            while True:
                with contextlib.suppress(OSError):
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
            try:
                yield
            finally:
                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def made_for():
    """What a bundle's wheels are for, such as `Python 3.12, linux, x86_64`."""
    return BUNDLED.read_text(encoding="utf-8").strip()


def this_machine():
    """The same, of this Python on this machine."""
    return f"Python {python_here()}, {sys.platform}, {platform.machine().lower()}"


def python_here():
    """The version of this Python as people say it: 3.12."""
    return ".".join(map(str, sys.version_info[:2]))


def hand_over_to_the_bundles_python():
    """Start again under the Python that a bundle was made for, or say which is needed."""
    wanted, *machine = made_for().split(", ")
    found = shutil.which(wanted.lower().replace(" ", ""))
    if found and machine == this_machine().split(", ")[1:] and not wanted.endswith(python_here()):
        return subprocess.call([found, str(ROOT / "run.py"), *sys.argv[1:]])
    print(f"This bundle was made for {made_for()}; here is {this_machine()}.")
    print(f"Install {wanted}, or make a bundle on a machine like this one.")
    return 2


def hand_over_to_newer_python():
    """Start again under a newer Python of this machine, or say that one is needed."""
    for minor in (14, 13, 12, 11):
        found = shutil.which(f"python3.{minor}")
        if found:
            return subprocess.call([found, str(ROOT / "run.py"), *sys.argv[1:]])
    print(f"This needs Python 3.11 or newer; {sys.executable} is Python {python_here()}.")
    print("Install a newer Python from python.org (no admin rights needed) and run this again.")
    return 2


def run(command, quiet=False, folder=ROOT):
    """Run a command, in the project's folder unless told otherwise; return its exit code."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    output = subprocess.DEVNULL if quiet else None
    words = [str(word) for word in command]
    try:
        return subprocess.call(words, cwd=folder, env=environment, stdout=output, stderr=output)
    except KeyboardInterrupt:
        return 130


def answers(command):
    """Whether a command runs at all."""
    try:
        return run(command, quiet=True) == 0
    except OSError:
        return False


def say(line):
    """Print a line at once, so that it stands above what the next command prints."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
