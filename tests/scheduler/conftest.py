"""A small cast of plans; both databases come from tests/conftest.py."""

from __future__ import annotations

import pytest

from scheduler.plans import Plan, read_plan

PLAN = """
title = "Prøveplan"
[next]
job = "proeveplan"
[[step]]
id = "foer"
title = "Før"
text = "Gør det før."
anchor = "start"
workdays = -5
moves = "back"
[[step]]
id = "start"
title = "Første dag"
text = "Ring."
anchor = "start"
days = 0
handouts = ["loenseddel"]
guideline = "11-opfoelgning-under-praktikken"
needs_answer = true
escalate_after = 3
[[step]]
id = "loen"
title = "Efter lønnen"
text = "Spørg."
anchor = "first_payday"
workdays = 1
[[step]]
id = "valgfri"
title = "Valgfrit"
text = "Måske."
anchor = "start"
weeks = 1
optional = true
"""


@pytest.fixture
def plan() -> Plan:
    return read_plan(PLAN, "proeveplan.toml")


@pytest.fixture
def plans(plan: Plan) -> dict[str, Plan]:
    return {plan.id: plan}
