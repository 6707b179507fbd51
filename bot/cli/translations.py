"""`brobygger translations`: how far each language is, out to translators and back, approved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.actions import translation_files
from bot.actions import translations as actions
from bot.desk.tongues import name_of
from bot.errors import BotError
from bot.people import at_the_terminal
from messages.tables import N_
from messages.translation_import import Fate
from messages.translations import DOMAINS, State

if TYPE_CHECKING:
    from bot.cli.main import Shell

_SHOWN = 20


@click.group(help=N_("Oversættelser: hvor langt de er, ud til oversættere og tilbage."))
def translations() -> None:
    pass


@translations.command(help=N_("Vis, hvor langt hvert sprog er."))
@click.option("--json", "as_json", is_flag=True, help=N_("Som JSON."))
@click.pass_obj
def status(shell: Shell, as_json: bool) -> None:
    rows = list(actions.status(shell.app))
    if as_json:
        found = [
            {"language": row.language.code, "catalog": row.domain, "total": row.total, **row.counts}
            for row in rows
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    heads = [
        shell.words(head)
        for head in (N_("mangler"), N_("forældet"), N_("kladde"), N_("godkendt"), N_("i alt"))
    ]
    wide = max(10, *(len(head) + 2 for head in heads))
    click.echo(f"{'':31}{'':9}" + "".join(f"{head:>{wide}}" for head in heads))
    for row in rows:
        name = f"{row.language.code:7}{name_of(row.language, shell.words.language)}"
        numbers = [*(row.counts[state] for state in State), row.total]
        click.echo(f"{name:31}{row.domain:9}" + "".join(f"{number:>{wide}}" for number in numbers))


@translations.command(help=N_("Find fejl i oversættelserne: sætningen og hvad der skal rettes."))
@click.argument("codes", nargs=-1)
@click.pass_context
def check(ctx: click.Context, codes: tuple[str, ...]) -> None:
    shell: Shell = ctx.obj
    faults = actions.check(shell.app, codes)
    for fault in faults:
        mark = "" if fault.severe else shell.words(N_("(se efter) "))
        click.echo(mark + shell.words.problem(fault.said))
    severe = sum(fault.severe for fault in faults)
    click.echo(
        shell.words(
            N_("{severe} fejl, {rest} at se efter."), severe=severe, rest=len(faults) - severe
        )
    )
    if severe:
        ctx.exit(1)


@translations.command(
    help=N_("Tilføj et sprog, f.eks. ps. Arkene står på dansk, til det er oversat.")
)
@click.argument("code")
@click.pass_obj
def new(shell: Shell, code: str) -> None:
    language = actions.add_language(at_the_terminal(), shell.app, code)
    said = N_("{code}: {name} ({own}), skrives fra {side}. Næste: {next}")
    side = N_("højre") if language.direction == "rtl" else N_("venstre")
    click.echo(
        shell.words(
            said,
            code=language.code,
            name=name_of(language, shell.words.language),
            own=language.name_own,
            side=shell.words(side),
            next=f"brobygger translations export {language.code} {language.code}.po",
        )
    )


@translations.command(help=N_("Gem et sprog til oversættere: .po, .xlf eller .html til gennemsyn."))
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--domain", default="handout", help=N_("handout (borgere) eller staff (ansatte)."))
@click.option("--topic", default="", help=N_("Kun arket om dette emne, f.eks. loenseddel."))
@click.pass_obj
def export(shell: Shell, code: str, file: Path, domain: str, topic: str) -> None:
    if domain not in DOMAINS:
        raise BotError("“{domain}” kendes ikke. Skriv --domain handout.", domain=domain[:40])
    count = translation_files.export(shell.app, code, file, shell.words, domain=domain, topic=topic)
    click.echo(shell.words(N_("{file}: {count} sætninger."), file=file, count=count))


@translations.command(name="import", help=N_("Tag en oversat .po eller .xlf ind, række for række."))
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def take_in(ctx: click.Context, code: str, file: Path) -> None:
    shell: Shell = ctx.obj
    done = translation_files.bring_in(at_the_terminal(), shell.app, code, file)
    for remark in done.remarks:
        click.echo(shell.words.problem(remark))
    for row in done.result.rows:
        if row.why:
            said = shell.words(
                N_("Ikke taget: “{sentence}” {why}."), sentence=row.source, why=row.why
            )
            click.echo(said, err=True)
    count = done.result.count
    click.echo(
        shell.words(
            N_("{taken} taget ind, {same} som før, {unfinished} ikke klar, {refused} ikke taget."),
            taken=count(Fate.TAKEN),
            same=count(Fate.SAME),
            unfinished=count(Fate.UNFINISHED),
            refused=count(Fate.REFUSED),
        )
    )
    if done.file:
        click.echo(str(done.file))
    if count(Fate.REFUSED):
        ctx.exit(1)


@translations.command("sign-off", help=N_("Godkend et sprog, som en, der taler det, har læst."))
@click.argument("code")
@click.option("--by", required=True, help=N_("Hvem der har læst det."))
@click.option("--topic", help=N_("Kun arket om dette emne, f.eks. loenseddel."))
@click.pass_obj
def sign_off(shell: Shell, code: str, by: str, topic: str | None) -> None:
    done = actions.sign_off(at_the_terminal(), shell.app, code, by, shell.today, topic=topic)
    said = N_("{signed} sætninger er godkendt af {by}; {left} mangler eller er forældede. {file}")
    click.echo(shell.words(said, signed=done.signed, by=by, left=done.left, file=done.file))
