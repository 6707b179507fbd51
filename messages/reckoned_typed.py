"""The figures of a payslip after payday: as typed, checked to fill the pay, never worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from messages.errors import MessagesError
from messages.formatting import Value, ValueKind, amount, danish_number
from messages.payslip_lines import Line
from messages.reckoned import ZERO, Reckoned, number, parts_of
from messages.typed_payslip import OTHER, TOLERANCE, add_up, amounts_of, typed_lines

TYPED_LINES = ("am_bidrag", "a_tax", "net")
TAKEN = ("pension", "atp", "am_bidrag", "a_tax", "after_tax")
_ØRE = Decimal("0.01")
# Lines that no step is about stand with the line they lead to.
_STANDS_AT = {"am_income": "am_bidrag", "a_income": "a_tax", "tax_base": "a_tax",
              "deduction": "a_tax", "tax_free": "net"}  # fmt: skip


def typed_payslip(facts: Mapping[str, Value]) -> Reckoned:
    """The payslip's own figures: facts typed one by one, and the lines typed as they stand.

    Raises MessagesError for what is missing or typed twice, and when the lines do not add up.
    """
    lines = typed_lines(facts["lines"].rows) if "lines" in facts else ()
    kroner = _together(facts, lines)
    taken = {key: kroner.get(key, ZERO) for key in TAKEN}
    if not taken["pension"]:
        share = number(facts, "pension_percent") or ZERO
        taken["pension"] = (kroner["gross"] * share / 100).quantize(_ØRE, ROUND_HALF_UP)
    gross, net = kroner["gross"], kroner["net"]
    left = gross - sum(taken.values())
    if not add_up(left + kroner.get("tax_free", ZERO) - net, lines):
        raise _do_not_fit(left + kroner.get("tax_free", ZERO), net, lines)
    values = {
        **facts,
        **{key: amount(one) for key, one in kroner.items() if one},
        **{key: amount(taken[key]) for key in ("atp", "am_bidrag", "a_tax")},
        "net": amount(net),
    }
    if taken["pension"]:
        values["pension"] = amount(taken["pension"])
    others = sum(line.key == OTHER for line in lines)
    if others:
        values["more"] = Value(ValueKind.COUNT, Decimal(others))
    return Reckoned(values, _parts(taken, left, net), lines=_placed(lines))


def _together(facts: Mapping[str, Value], lines: Sequence[Line]) -> Mapping[str, Decimal]:
    """Each amount, whichever way it was typed; all that a payslip must have is there."""
    known = amounts_of(lines)
    for key, lined in known.items():
        if key in facts and facts[key].number != lined:
            raise MessagesError(
                "{key} er {typed} kr. som tal, men {lined} kr. i linjerne. Ret det ene.",
                key=key,
                typed=danish_number(facts[key].number, 2),
                lined=danish_number(lined, 2),
            )
    kroner = {
        **known,
        **{key: facts[key].number for key in ("gross", *TAKEN, "net") if key in facts},
    }
    if lines:
        for key, words in (("gross", "Bruttoløn 24500"), ("am_bidrag", "AM-bidrag 1952"),
                           ("a_tax", "A-skat 0"), ("net", "Til udbetaling 15893")):  # fmt: skip
            if key not in kroner or (key == "gross" and not kroner[key]):
                raise MessagesError(
                    "Lønsedlens linjer mangler {key}. Skriv også den linje, f.eks. {line}.",
                    key=key,
                    line=words,
                )
    for key in TYPED_LINES:
        if key not in kroner:
            raise MessagesError(
                "Skriv alle tre linjer fra lønsedlen: am_bidrag, a_tax og net. {missing} mangler.",
                missing=key,
                terminal=f"--set {key}=1.952",
            )
    return kroner


def _do_not_fit(left: Decimal, net: Decimal, lines: Sequence[Line]) -> MessagesError:
    if lines:
        return MessagesError(
            "Linjerne passer ikke: løn minus det, der er trukket, er {rest} kr., men udbetalt er "
            "{net} kr. Ret et tal, sæt minus foran det, der er trukket, eller skriv den linje, der "
            "mangler, f.eks. Andet {difference}.",
            rest=danish_number(left, 2),
            net=danish_number(net, 2),
            difference=danish_number(net - left, 2),
        )
    return MessagesError(
        "Linjerne passer ikke: løn minus det, der er trukket, er {rest} kr., men net er "
        "{net} kr. Ret et tal, eller skriv resten som after_tax, f.eks. 450.",
        terminal="--set after_tax=450",
        rest=danish_number(left, 2),
        net=danish_number(net, 2),
    )


def _parts(
    taken: Mapping[str, Decimal], left: Decimal, net: Decimal
) -> tuple[tuple[str, Decimal], ...]:
    """The parts that fill the pay; none when more is paid out than the pay holds."""
    rest = left - net
    if rest < -TOLERANCE:
        return ()
    other = rest if rest > TOLERANCE else ZERO
    return parts_of((*taken.items(), (OTHER, other), ("net", net)))


def _placed(lines: Sequence[Line]) -> Mapping[str, tuple[Line, ...]]:
    placed: dict[str, tuple[Line, ...]] = {}
    for line in lines:
        place = _STANDS_AT.get(line.key, line.key)
        placed[place] = (*placed.get(place, ()), line)
    return placed
