"""``credscore init``: commented, valid TOML to start from, never over a file without --force."""

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from credscore.cli.screen import say, write_answer, write_file
from credscore.errors import UsageError

app = typer.Typer(
    help="Write a commented template: program, goal or rubric.", no_args_is_help=True, rich_markup_mode=None
)

SCHEMAS = "https://raw.githubusercontent.com/credscore/credscore/main/schemas"
KindWord = Literal[
    "micro-credential", "badge", "certificate", "certification", "bootcamp", "online-course", "apprenticeship",
    "degree", "licence-training",
]  # fmt: skip
AimWord = Literal["enter", "switch", "advance", "raise-pay", "licence", "credit", "keep-job", "learn"]

Target = Annotated[Path, typer.Argument(metavar="[FILE]", help="Where to write; - for stdout.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Currency = Annotated[str, typer.Option("--currency", metavar="CODE", help="ISO 4217 code of the amounts.")]


@app.command()
def program(
    file: Target = Path("program.toml"),
    name: Annotated[str, typer.Option("--name", help="What it is called.")] = "My program",
    provider: Annotated[str, typer.Option("--provider", help="Who offers it.")] = "The provider",
    kind: Annotated[KindWord, typer.Option("--kind", help="What kind of credential it is.")] = "certificate",
    currency: Currency = "USD",
    force: Force = False,
) -> None:
    """Write a program file to fill in."""
    head = {"name": name, "provider": provider, "kind": kind}
    _write(file, _filled("program", head, {"currency": currency}), force=force)


@app.command()
def goal(
    file: Target = Path("goal.toml"),
    name: Annotated[str, typer.Option("--name", help="The goal in a few words.")] = "My goal",
    aim: Annotated[AimWord, typer.Option("--aim", help="What you want of it.")] = "switch",
    currency: Currency = "USD",
    force: Force = False,
) -> None:
    """Write a goal file to fill in."""
    _write(file, _filled("goal", {"name": name, "aim": aim}, {"currency": currency}), force=force)


@app.command()
def rubric(
    file: Target = Path("rubric.toml"),
    name: Annotated[str, typer.Option("--id", help="Its identifier: lower case, hyphens.")] = "my-rubric",
    title: Annotated[str, typer.Option("--title", help="The question it asks.")] = "Is it worth it, by our rubric?",
    force: Force = False,
) -> None:
    """Write a rubric of your own to change: the standard one, under a new name."""
    import re

    from credscore.rubrics import shipped_text

    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise UsageError(f"--id {name}: not an identifier", "lower-case words joined by hyphens, such as our-college")
    text = shipped_text("standard")
    text = re.sub(r"^#:schema .*$", f"#:schema {SCHEMAS}/rubric.schema.json", text, count=1, flags=re.MULTILINE)
    for key, value in (("id", name), ("title", title)):
        line = _toml({key: value}).strip()
        text = re.sub(rf"^{key}\s*=.*$", lambda _, line=line: line, text, count=1, flags=re.MULTILINE)  # type: ignore[misc]
    _write(file, text, force=force)


def _filled(kind: str, head: dict[str, str], currency: dict[str, str]) -> str:
    if not (len(currency["currency"]) == 3 and currency["currency"].isascii() and currency["currency"].isupper()):
        raise UsageError(
            f"--currency {currency['currency']}: not a currency code", "three capitals, such as USD or EUR"
        )
    from credscore.reference.currency import CURRENCIES

    if currency["currency"] not in CURRENCIES:
        raise UsageError(f"--currency {currency['currency']}: no currency in use", "such as USD or EUR")
    template = files("credscore").joinpath("templates", f"{kind}.toml").read_text(encoding="utf-8")
    return template.format(
        schema=f"{SCHEMAS}/{kind}.schema.json",
        head=_toml(head).strip(),
        currency=_toml(currency).strip(),
        today=date.today(),
    )


def _toml(values: dict[str, Any]) -> str:
    import tomli_w

    return tomli_w.dumps(values)


def _write(file: Path, text: str, *, force: bool) -> None:
    if str(file) == "-":
        write_answer(text)
        return
    try:
        there = file.exists() or file.is_symlink()
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}", "name a place you may write to") from None
    if file.is_dir():
        raise UsageError(f"{file} is a folder", "name a file in it")
    if there and not force:
        raise UsageError(
            f"{file} is there already; nothing was written", "add --force to write over it, or name another file"
        )
    write_file(file, text)
    say(f"wrote {file}")
