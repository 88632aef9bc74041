"""Sentences that keep what they were made of, the errors that carry them, and their translation."""

import copy
import pickle
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.cli import main
from geoapp.words import translate
from layers.errors import (
    LayersError,
    NeedsError,
    Sentence,
    StoreError,
    UnknownIdError,
    UnknownUbigeoError,
    either,
    joined,
    nearest,
    said_by_system,
)
from layers.sources.network import DownloadError, Reason
from layers.terms import AdminLevel

plain = st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.none(), st.booleans())


@given(plain, st.text())
def test_any_value_stands_in_a_sentence_as_it_is(value: object, cell: str) -> None:
    error = NeedsError("a {value} b {cell!r} {{c}}", value=value, cell=cell)
    assert str(error) == f"a {value} b {cell!r} {{c}}"
    assert error.sentence.template == "a {value} b {cell!r} {{c}}"
    assert error.sentence.values == {"value": value, "cell": cell}


@given(st.text())
def test_a_template_without_values_is_read_as_it_stands(text: str) -> None:
    assert str(LayersError(text)) == text
    assert translate(LayersError(text + "\0"), "es") == text + "\0"


@given(plain, st.text())
def test_sentences_and_errors_survive_pickle_and_copy(value: object, why: str) -> None:
    inner = UnknownIdError("no {why}", why=why)
    error = StoreError("{value!r}: {inner}", value=value, inner=inner)
    for made in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(made) is StoreError
        assert str(made) == str(error)
        assert made.args == error.args
        assert made.sentence.template == error.sentence.template
        assert made.sentence.values == error.sentence.values
        assert isinstance(made.sentence.values["inner"], Sentence)


def test_an_error_of_more_arguments_survives_pickle_too() -> None:
    error = DownloadError("{url} fell silent", Reason.TIMEOUT, again=True, url="https://a.pe")
    made = pickle.loads(pickle.dumps(error))
    assert (str(made), made.reason, made.again) == (
        "https://a.pe fell silent",
        Reason.TIMEOUT,
        True,
    )


def test_a_key_error_shows_its_sentence_and_not_its_repr() -> None:
    assert str(UnknownUbigeoError("no {code!r}", code="99")) == "no '99'"


def test_a_sentence_within_a_sentence_is_translated_too() -> None:
    inner = UnknownIdError(
        "no sector {sector!r}{near}", sector="ris", near=nearest("ris", ["risk"])
    )
    error = StoreError(
        "{path} is not a scenario ({error}); name another file", path="a", error=inner
    )
    assert str(error) == (
        "a is not a scenario (no sector 'ris': did you mean risk?); name another file"
    )
    assert translate(error, "es") == (
        "a no es un escenario (no hay un sector 'ris': ¿quiso decir risk?); indique otro archivo"
    )
    assert translate(error, "en") == str(error)


def test_several_faults_stay_one_a_line_in_every_language() -> None:
    faults = [
        Sentence("{file}, row {row}: {fault}", file="a{b}.csv", row=row, fault=Sentence("none"))
        for row in (2, 3)
    ]
    error = NeedsError(joined([*faults, Sentence("and {count} more", count=7)]))
    assert str(error) == "a{b}.csv, row 2: none\na{b}.csv, row 3: none\nand 7 more"
    assert translate(error, "es") == "a{b}.csv, fila 2: ninguna\na{b}.csv, fila 3: ninguna\ny 7 más"


def test_choices_and_words_of_enumerations_are_translated() -> None:
    sentence = Sentence(
        "{known}, {level}", known=either(["a", "b", "c"]), level=AdminLevel.DISTRICT
    )
    assert sentence == "a or b or c, district"
    assert translate(sentence, "es") == "a o b o c, distrito"
    assert either(["a"]) == "a"


def test_what_a_language_does_not_know_stays_in_english() -> None:
    class Odd(StrEnum):
        ONE = "one of no table"

    sentence = Sentence("an odd {thing} of {level}", thing=Odd.ONE, level=AdminLevel.REGION)
    assert translate(sentence, "es") == "an odd one of no table of región"
    assert translate("a file called none", "es") == "a file called none"


def test_what_the_system_says_comes_without_number_and_path() -> None:
    said = said_by_system(OSError(28, "No space left on device", "/a/b"))
    assert said == "No space left on device"
    assert translate(said, "es") == "no queda espacio en el disco"
    own = said_by_system(IsADirectoryError(Sentence("{target} is a folder", target="/a")))
    assert translate(own, "es") == "/a es una carpeta"


def told_by_main(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str]:
    monkeypatch.setattr("sys.argv", ["geoapp", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code)), capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    ("words", "spanish", "english"),
    [
        (["show"], "falta el argumento 'ubigeo'", "Missing argument 'ubigeo'"),
        (["nada"], "no existe el comando 'nada'", "No such command 'nada'"),
        (["buid"], "'buid': ¿quiso decir 'build'?", "'buid'. Did you mean 'build'?"),
        (["rank", "--top", "x"], "'--top': debe ser un número entero", "'--top': Input should be"),
        (["show", "1", "--markdown"], "--markdown va con --frame", "--markdown goes with --frame"),
        (["fetch", "census"], "no hay una fuente 'census'", "no source 'census'"),
    ],
)
def test_a_wrong_request_is_one_sentence_in_the_language_asked_for(
    words: list[str],
    spanish: str,
    english: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for language, part, remedy in (("es", spanish, "muestra cómo"), ("en", english, "shows how")):
        monkeypatch.setenv("GEOAPP_LANGUAGE", language)
        code, told = told_by_main(words, capsys, monkeypatch)
        assert code == 2
        assert part in told
        assert told.endswith(remedy)
        assert told.count("\n") == 0


def test_what_cannot_be_done_is_told_in_spanish_where_no_language_is_known(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_LANGUAGE", "que")
    code, told = told_by_main(["build"], capsys, monkeypatch)
    assert code == 1
    assert told == "geoapp: GEOAPP_LANGUAGE es 'que'; indique uno de estos: es, en"


def test_help_and_version_end_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told_by_main(["--version"], capsys, monkeypatch) == (0, "")
    assert told_by_main(["show", "--help"], capsys, monkeypatch) == (0, "")
