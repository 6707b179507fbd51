from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalog_home import catalog_home
from bot.cli.main import answer
from bot.config import Config, Folders
from bot.errors import BotError
from messages.library import load_library
from messages.po_file import read_entries

OWN = ["--set", "gross=24500", "--set", "percent=38", "--set", "deduction=5200"]
Run = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A municipality that keeps its catalogs in a folder of its own."""
    (tmp_path / "own").mkdir()
    (tmp_path / "config.toml").write_text('[folders]\ncatalogs = "own"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "own"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    def read() -> str:
        captured = capsys.readouterr()
        return captured.out + captured.err

    return read


def _run(*arguments: str) -> int:
    return answer(["translations", *arguments])


def _files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_status_counts_every_sentence_of_every_language(
    folder: Path, said: Callable[[], str]
) -> None:
    assert _run("status", "--json") == 0
    rows = json.loads(said())
    assert [row["language"] for row in rows if row["catalog"] == "handout"] == [
        "en",
        "ar",
        "uk",
        "fa_AF",
        "ti",
        "so",
        "ku",
    ]
    for row in rows:
        states = ("missing", "outdated", "draft", "reviewed")
        assert sum(row[state] for state in states) == row["total"] > 400


def test_status_as_a_table_has_a_line_for_each_catalog(
    folder: Path, said: Callable[[], str]
) -> None:
    assert _run("status") == 0
    lines = said().splitlines()
    assert lines[0].split() == ["mangler", "forældet", "kladde", "godkendt", "i", "alt"]
    assert len(lines) == 9
    assert any(line.startswith("ku     kurdisk (kurmanji)") for line in lines)


def test_check_is_clean_for_what_ships(folder: Path, said: Callable[[], str]) -> None:
    assert _run("check") == 0, said()


def _own(folder: Path, code: str, source: str, words: str) -> None:
    file = folder / code / "LC_MESSAGES" / "handout.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    plural = load_library().languages[code].plural
    head = f'"Language: {code}\\n"\n"Plural-Forms: {plural}\\n"\n'
    file.write_text(f'msgid ""\nmsgstr ""\n{head}\nmsgid "{source}"\nmsgstr "{words}"\n', "utf-8")


def test_check_names_file_sentence_and_remedy(folder: Path, said: Callable[[], str]) -> None:
    _own(folder, "en", "Hvem får pengene i ATP?", "Who gets 20 in ATP?")
    assert _run("check", "en") == 1
    (line, total) = said().splitlines()
    assert line.startswith("en/LC_MESSAGES/handout.po: “Hvem får pengene i ATP?”")
    assert "20" in line
    assert total.startswith("1 fejl")


@pytest.mark.parametrize("code", ["ps", "ckb", "tr", "fr"])
def test_a_new_language_prints_at_once_in_danish_with_the_mark(
    code: str, folder: Path, said: Callable[[], str]
) -> None:
    assert _run("new", code) == 0
    assert set(_files(folder)) == {f"{code}/LC_MESSAGES/handout.po", "languages.toml"}
    assert _run("check", code) == 0, said()
    assert answer(["handout", "loenseddel", "--lang", code, *OWN, "-o", "x.txt"]) == 0
    assert "[på dansk]" in Path("x.txt").read_text("utf-8")
    assert answer(["handout", "loenseddel", "--lang", code, *OWN, "-o", "x.pdf"]) == 0


def test_the_check_of_all_data_knows_a_new_language_and_what_was_signed(
    folder: Path, said: Callable[[], str]
) -> None:
    assert _run("new", "ps") == 0
    assert _run("sign-off", "en", "--by", "Amal Yusuf", "--topic", "atp") == 0
    said()
    answer(["check"])
    told = said()
    assert "ps/LC_MESSAGES/handout.po" in told
    assert "ligger ikke i en mappe" not in told
    assert ".toml: læses ikke" not in told
    assert "reviewed.toml" not in told


def test_two_new_languages_stand_beside_each_other(folder: Path) -> None:
    assert _run("new", "ps") == _run("new", "tr") == 0
    text = (folder / "languages.toml").read_text("utf-8")
    assert text.index("[ps]") < text.index("[tr]")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("../x", "er ikke en sprogkode"),
        ("prs", "fa_AF findes allerede"),
        ("kmr", "ku findes allerede"),
        ("AR_sa", "ar findes allerede"),
        ("da", "da findes allerede"),
        ("xx", "kendes ikke"),
        ("el", "skrifttype"),
    ],
)
def test_a_code_that_is_no_new_language_changes_nothing(
    code: str, told: str, folder: Path, said: Callable[[], str]
) -> None:
    assert _run("new", code) == 1
    assert told in said()
    assert _files(folder) == {}


@pytest.mark.parametrize("suffix", [".po", ".xlf"])
def test_a_corrected_sentence_comes_home_alone_and_wins(
    suffix: str, folder: Path, said: Callable[[], str]
) -> None:
    assert _run("export", "en", f"en{suffix}") == 0
    file = Path(f"en{suffix}")
    old = load_library().handout["en"].text("Hvad er AM-bidrag?")
    file.write_text(file.read_text("utf-8").replace(old, "What does AM-bidrag mean?"), "utf-8")
    assert _run("import", "en", file.name) == 0, said()
    assert "1 taget ind" in said()
    (path,) = _files(folder)
    (entry,) = read_entries((folder / path).read_bytes(), path)
    assert (entry.source, entry.words) == ("Hvad er AM-bidrag?", "What does AM-bidrag mean?")
    assert _run("import", "en", file.name) == 0
    assert "0 taget ind" in said()


def test_a_review_sheet_is_a_page_of_its_own(folder: Path) -> None:
    assert _run("export", "prs", "dari.html") == 0
    page = Path("dari.html").read_text("utf-8")
    assert 'lang="prs"' in page
    assert "http" not in page.replace("http://www.w3.org", "")


def test_one_sheet_is_exported_alone_and_comes_home(folder: Path, said: Callable[[], str]) -> None:
    assert _run("export", "en", "en.po", "--topic", "atp") == 0
    rows = list(read_entries(Path("en.po").read_bytes(), "en.po"))
    assert 20 < len(rows) < 100
    assert _run("import", "en", "en.po") == 0
    assert f"{len(rows)} som før" in said()


@pytest.mark.parametrize("command", [("export", "en", "x.po"), ("sign-off", "en", "--by", "Amal")])
def test_an_unknown_sheet_is_answered_with_the_nearest(
    command: tuple[str, ...], folder: Path, said: Callable[[], str]
) -> None:
    assert _run(*command, "--topic", "loensedel") == 1
    assert "loenseddel" in said()
    assert not Path("x.po").exists()


def test_staff_sentences_are_exported_in_english_and_in_no_other_language(
    folder: Path, said: Callable[[], str]
) -> None:
    assert _run("export", "en", "staff.po", "--domain", "staff") == 0
    assert _run("export", "ar", "x.po", "--domain", "staff") == 1
    assert "--domain handout" in said()
    assert not Path("x.po").exists()


BOMB = '<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>'


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.po", 'msgid "Hej\nmsgstr "x"', "linje 1"),
        ("x.po", 'msgid "Save file"\nmsgstr "Gem"\n', "hører til noget andet"),
        ("x.po", "", "ingen sætninger"),
        ("x.xlf", BOMB, "DOCTYPE"),
        ("x.xlf", "<xliff", "XLIFF 1.2"),
        ("x.html", "<html>", "skal ende på"),
        ("x.docx", "x", "skal ende på"),
        ("x.po", "x" * 5_000_001, "5 MB"),
    ],
)
def test_a_file_that_is_no_translation_is_one_clear_line_and_nothing_is_written(
    name: str, content: str, told: str, folder: Path, said: Callable[[], str]
) -> None:
    Path(name).write_text(content, "utf-8")
    assert _run("import", "ar", name) == 1
    line = said()
    assert told in line
    assert "Traceback" not in line
    assert _files(folder) == {}


def test_a_file_that_is_not_there_is_one_clear_line(folder: Path, said: Callable[[], str]) -> None:
    assert _run("import", "ar", "nowhere.po") == 1
    assert "nowhere.po" in said()


def test_html_in_a_translation_is_refused_row_by_row_and_the_catalog_is_untouched(
    folder: Path, said: Callable[[], str]
) -> None:
    assert _run("export", "en", "en.po") == 0
    file = Path("en.po")
    old = load_library().handout["en"].text("Hvad er AM-bidrag?")
    file.write_text(file.read_text("utf-8").replace(old, "<script>x</script>?"), "utf-8")
    assert _run("import", "en", "en.po") == 1
    told = said()
    assert "Ikke taget: “Hvad er AM-bidrag?”" in told
    assert "1 ikke taget" in told
    assert _files(folder) == {}


def _draft(code: str, *, name: str = "x.json", more: tuple[str, ...] = ()) -> bool:
    assert answer(["handout", "loenseddel", "--lang", code, *OWN, *more, "-o", name]) == 0
    return bool(json.loads(Path(name).read_text("utf-8"))["marks"]["draft"])


def test_a_sheet_is_no_draft_once_its_words_are_signed_off_and_one_again_after_a_change(
    folder: Path, said: Callable[[], str]
) -> None:
    assert _draft("en")
    assert _run("sign-off", "en", "--by", "Amal Yusuf", "--topic", "loenseddel") == 0, said()
    assert sorted(_files(folder)) == ["en/reviewed.toml"]
    assert not _draft("en")
    sms = ["handout", "loenseddel", "--lang", "en", *OWN, "-o", "x.sms.txt"]
    assert answer(sms) == 0
    _own(folder, "en", "Hvad er din løn før skat?", "How much is your pay before tax?")
    assert _draft("en")
    assert answer(sms) == 1


def test_signing_twice_keeps_one_seal_a_sentence(folder: Path) -> None:
    assert _run("sign-off", "en", "--by", "Amal Yusuf", "--topic", "atp") == 0
    once = _files(folder)
    assert _run("sign-off", "en", "--by", "Amal Yusuf", "--topic", "atp") == 0
    assert _files(folder) == once


def test_words_with_a_fault_are_not_signed(folder: Path, said: Callable[[], str]) -> None:
    _own(folder, "en", "Hvem får pengene i ATP?", "Who gets 20 in ATP?")
    assert _run("sign-off", "en", "--by", "Amal Yusuf") == 1
    assert "kan ikke godkendes" in said()
    assert "en/reviewed.toml" not in _files(folder)


@pytest.mark.parametrize("by", ["", " ", "A", "A\x07B", "x" * 81])
def test_nobody_cannot_sign(by: str, folder: Path, said: Callable[[], str]) -> None:
    assert _run("sign-off", "en", "--by", by) == 1
    assert "--by" in said()
    assert _files(folder) == {}


def test_a_draft_prints_with_danish_beside_and_the_warning_in_both_languages(
    folder: Path,
) -> None:
    assert answer(["handout", "loenseddel", "--lang", "ar", *OWN, "-o", "x.txt"]) == 0
    text = Path("x.txt").read_text("utf-8")
    danish = "Oversættelsen er ikke tjekket endnu. Spørg, hvis noget er uklart."
    assert danish in text
    assert load_library().handout["ar"].text(danish) in text


def test_a_phone_picture_of_a_draft_has_the_danish_in_it(folder: Path) -> None:
    assert _draft("ar")
    beside = json.loads(Path("x.json").read_text("utf-8"))
    assert all(step["said"]["beside"] for step in beside["steps"])
    assert answer(["handout", "loenseddel", "--lang", "ar", *OWN, "-o", "x.phone.png"]) == 0


def test_a_municipality_may_demand_reviewed_words_and_overrule_it_for_one_sheet(
    folder: Path, said: Callable[[], str]
) -> None:
    with Path("config.toml").open("a", encoding="utf-8") as config:
        config.write("[languages]\nreviewed_only = true\n")
    sheet = ["handout", "loenseddel", "--lang", "ar", *OWN]
    assert answer([*sheet, "-o", "x.pdf"]) == 1
    assert "--allow-draft" in said()
    assert not Path("x.pdf").exists()
    assert answer([*sheet, "--allow-draft", "-o", "x.pdf"]) == 0
    assert answer(["handout", "loenseddel", *OWN, "-o", "da.pdf"]) == 0


def test_without_a_folder_an_installed_package_is_not_written_in(tmp_path: Path) -> None:
    with pytest.raises(BotError, match=r"\[folders\]"):
        catalog_home(Config(), tmp_path / "locales")


def test_a_checkout_is_written_in_and_a_folder_of_their_own_comes_first(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    locales = tmp_path / "locales"
    locales.mkdir()
    assert catalog_home(Config(), locales).folder == locales
    own = Config(folders=Folders(catalogs=tmp_path))
    assert catalog_home(own, locales) == catalog_home(own)
    assert catalog_home(own).own
