"""Examples in the docs: ```console and ```python blocks run, and print what they say.

In a console block a line that begins with "$ " is a command, the lines below it are what it prints; where
none are shown, only the exit code counts. It must be 0, the last command's that of the fence: ```console
exit=1. Three dots stand for anything. A python block with ">>> " is a doctest, another just has to run; the
blocks of a file share their names. A fence of any language that names a file (```markdown file=article.md) is
saved under that name, where later commands find it. Other fences are shown and not run.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

SECONDS = 60


@dataclass(frozen=True)
class Example:
    path: Path
    line: int
    language: str
    options: dict[str, str]
    text: str


def examples(path):
    """The runnable blocks of a Markdown file."""
    for token in MarkdownIt().parse(path.read_text(encoding="utf-8")):
        language, *options = token.info.split() or [""]
        told = dict(option.split("=", 1) for option in options if "=" in option)
        if token.type == "fence" and (language in ("console", "python") or "file" in told):
            yield Example(path, token.map[0] + 1, language, told, token.content)


def failures(path, folder):
    """What goes wrong when the file's examples run in `folder`, a line or more each."""
    names = {"__name__": "__docs__"}
    found = []
    for example in examples(path):
        run = save if "file" in example.options else console if example.language == "console" else python
        found += [f"{path.name}:{example.line}: {complaint}" for complaint in run(example, folder, names)]
    return found


def save(example, folder, _names):
    """Keep a block as the file it names; what runs it later complains."""
    path = folder / example.options["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(example.text, encoding="utf-8")
    return ()


def console(example, folder, _names):
    """Run the commands of a console block one after the other."""
    commands = []
    for line in example.text.splitlines():
        if commands and commands[-1][0].endswith("\\") and not commands[-1][1]:
            commands[-1][0] = commands[-1][0][:-1] + line.removeprefix("> ")
        elif line.startswith("$ "):
            commands.append([line.removeprefix("$ "), []])
        elif commands:
            commands[-1][1].append(line)
        else:
            yield f"no command: {line!r}"
    last = int(example.options.get("exit", "0"))
    for number, (command, shown) in enumerate(commands):
        yield from ran(command, shown, folder, last if number == len(commands) - 1 else 0)


def ran(command, shown, folder, exit_code):
    """Run a command; complain about its exit code, and about output other than shown."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(
        [bash, "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        encoding="utf-8",
    )
    if done.returncode != exit_code:
        yield f"{command}: exit code {done.returncode}, not {exit_code}\n{done.stdout}"
    elif "".join(shown).strip() and not alike(done.stdout, "\n".join(shown)):
        yield f"{command}: prints\n{done.stdout}"


def alike(printed, shown):
    """Whether the output is as shown, up to trailing space; three dots stand for anything."""
    told = "\n".join(line.rstrip() for line in shown.strip("\n").splitlines())
    pattern = re.escape(told).replace(re.escape("..."), ".*")
    return (
        re.fullmatch(
            pattern, "\n".join(line.rstrip() for line in printed.strip("\n").splitlines()), re.DOTALL
        )
        is not None
    )


def python(example, _folder, names):
    """Run a python block in this process, as a doctest if it is one."""
    where = f"{example.path.name}:{example.line}"
    if ">>> " not in example.text:
        try:
            exec(compile(example.text, where, "exec"), names)  # noqa: S102 - the docs are our own
        except Exception as error:  # noqa: BLE001 - whatever an example raises is its failure
            yield f"raises {error!r}"
        return
    test = doctest.DocTestParser().get_doctest(example.text, names, where, str(example.path), 0)
    told = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    doctest.DocTestRunner(optionflags=flags, verbose=False).run(test, out=told.append, clear_globs=False)
    names.update(test.globs)
    if told:
        yield "".join(told)
