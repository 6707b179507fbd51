"""`python -m bench.fit_answers NOTE DEV`: fit the confidence's weights and write them down.

NOTE is the guideline note as text, DEV the questions on it (one JSON a line: question, kind,
answer_contains). The project's own questions, over the handbook that ships and over the invented
local guidelines of the tests, are added. Five-fold cross-validation is printed before anything is
written: its figures are the ones to quote.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.local_guidelines import SOURCES, local_guidelines
from bot.answers.confidence import SIGNALS, Weights, signals
from bot.answers.engine import Answers
from bot.answers.gate import meet
from bot.answers.opening import answers_over, handbook, read_words
from bot.answers.reading import read_document

HERE = Path(__file__).parent.parent
OUT = HERE / "bot" / "answers" / "weights.toml"
STEPS = 1500
RATE = 0.5
RIDGE = 0.001
FOLDS = 5
UNFITTED = Weights(0.0, {}, 0.5, 0.25)
MOST_REFUSED = 0.025


@dataclass(frozen=True)
class Case:
    """A question's signals, whether its guidelines hold the answer, and the set it is from."""

    name: str
    found: tuple[float, ...]
    answerable: bool
    question: str
    weight: float = 1.0


def read_questions(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def cases_of(name: str, questions: Sequence[dict[str, object]], answers: Answers) -> list[Case]:
    """The cases that a set makes over some guidelines; what the gate meets is left out."""
    cases = []
    for one in questions:
        question = str(one["question"])
        if one["kind"] == "smalltalk" or meet(question):
            continue
        found = signals(*answers.look_up(question))
        values = tuple(found[signal] for signal in SIGNALS)
        cases.append(Case(name, values, bool(one["answer_contains"]), question))
    return cases


def fit(cases: Sequence[Case]) -> list[float]:
    """The bias and weights of a ridge logistic regression, both classes weighing the same."""
    size = len(SIGNALS) + 1
    weights = [0.0] * size
    share = {
        kind: sum(case.weight for case in cases if case.answerable is kind) or 1.0
        for kind in (True, False)
    }
    rows = [
        ((1.0, *case.found), float(case.answerable), case.weight / (2 * share[case.answerable]))
        for case in cases
    ]
    momentum = [0.0] * size
    for _ in range(STEPS):
        slope = [0.0, *(RIDGE * weight for weight in weights[1:])]
        for values, answerable, weight in rows:
            error = (logistic(weights, values) - answerable) * weight
            for place, value in enumerate(values):
                slope[place] += error * value
        for place in range(size):
            momentum[place] = 0.9 * momentum[place] - RATE * slope[place]
            weights[place] += momentum[place]
    return weights


def logistic(weights: Sequence[float], values: Sequence[float]) -> float:
    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def cross_validated(cases: Sequence[Case]) -> list[tuple[Case, float]]:
    """Each case with the score that weights fitted without its fold give it.

    A question asked of two sets of guidelines is in one fold with itself.
    """
    questions = sorted({case.question for case in cases})
    random.Random(20).shuffle(questions)
    fold_of = {question: place % FOLDS for place, question in enumerate(questions)}
    scored: list[tuple[Case, float]] = []
    for fold in range(FOLDS):
        weights = fit([case for case in cases if fold_of[case.question] != fold])
        scored += [
            (case, logistic(weights, (1.0, *case.found)))
            for case in cases
            if fold_of[case.question] == fold
        ]
    return scored


def auroc(scored: Sequence[tuple[Case, float]]) -> float:
    good = [score for case, score in scored if case.answerable]
    bad = [score for case, score in scored if not case.answerable]
    pairs = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return pairs / max(1, len(good) * len(bad))


def threshold(scored: Sequence[tuple[Case, float]], most_refused: float) -> float:
    """The score below which at most that share of the answerable questions falls."""
    good = sorted(score for case, score in scored if case.answerable)
    return good[int(len(good) * most_refused)]


def told(scored: Sequence[tuple[Case, float]], name: str, cut: float) -> str:
    ours = [pair for pair in scored if name in {pair[0].name, "all"}]
    good = [score for case, score in ours if case.answerable]
    bad = [score for case, score in ours if not case.answerable]
    refused = sum(score < cut for score in good) / max(1, len(good))
    rejected = sum(score < cut for score in bad) / max(1, len(bad))
    return (
        f"{name:10} answerable {len(good):4}  unanswerable {len(bad):4}  AUROC {auroc(ours):.3f}  "
        f"refused wrongly {refused:.3f}  rejected {rejected:.3f}"
    )


def main(note: Path, dev: Path) -> None:
    thesaurus = read_words(None)
    over_note = answers_over([read_document(note)], thesaurus, UNFITTED)
    own = read_questions(HERE / "tests" / "questions" / "handbook.jsonl")
    chapters = handbook()
    from_note = {
        Path(chapter.name).stem
        for chapter in chapters
        if chapter.facts.source_section[:1].isdigit()
    }
    fitting = [
        one
        for one in own
        if not one["answer_contains"] or from_note & {str(s) for s in one["sections"]}  # type: ignore[attr-defined]
    ]
    cases = cases_of("dev", read_questions(dev), over_note)
    cases += cases_of("own/note", fitting, over_note)
    cases += cases_of("own", own, answers_over(chapters, thesaurus, UNFITTED))
    with TemporaryDirectory() as made:
        documents = [read_document(path) for path in local_guidelines(Path(made))]
    over_local = answers_over(documents, thesaurus, UNFITTED)
    cases += cases_of("local", read_questions(SOURCES / "questions.jsonl"), over_local)
    scored = cross_validated(cases)
    for most_refused in (0.05, 0.03, MOST_REFUSED):
        at = threshold(scored, most_refused)
        print(f"from {at:.3f}")
        for name in ("all", *sorted({case.name for case in cases})):
            print(told(scored, name, at))
    cut = threshold(scored, MOST_REFUSED)
    weights = fit(cases)
    write(weights, cut, f"bench.fit_answers, {len(cases)} questions, {FOLDS} folds")


def write(weights: Sequence[float], cut: float, how: str) -> None:
    lines = [
        "# How sure a reply is: fitted, never typed in.",
        f"# Written by python -m {how}.",
        "[weights]",
        f"bias = {weights[0]:.4f}",
        *(f"{name} = {weight:.4f}" for name, weight in zip(SIGNALS, weights[1:], strict=True)),
        "",
        "[states]",
        f"answer_from = {cut:.4f}",
        f"closest_from = {cut * 0.55:.4f}",
        "",
    ]
    OUT.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
