"""Decisions of the group: records that are checked, kept and applied to flagged units only."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from layers.errors import NeedsError, SourceDamagedError
from layers.table.need_decisions import NeedDecision, apply_decisions, decisions_as_csv
from layers.user_files import read_decisions

HEADER = "ubigeo,figure,value,reason,decided_by,decided_on\n"


def decision(ubigeo: str = "150101", value: float = 4, **more: object) -> NeedDecision:
    fields: dict[str, object] = {
        "ubigeo": ubigeo,
        "figure": "severity",
        "value": value,
        "reason": "Hospital cerrado, según la DIRESA",
        "decided_by": "GTRM",
        "decided_on": date(2026, 3, 31),
        **more,
    }
    return NeedDecision(**fields)  # type: ignore[arg-type]


PRELIMINARY = pd.Series([3.0, 0.1 + 0.2, 2.0], ["150101", "150102", "150103"])
FLAGGED = pd.Series([True, False, None], PRELIMINARY.index, dtype="boolean")


def test_only_the_decided_unit_changes() -> None:
    done = apply_decisions(PRELIMINARY, FLAGGED, [decision()], "severity")
    assert done.values.tolist() == [4.0, 0.1 + 0.2, 2.0]
    assert done.reasons.tolist() == ["Hospital cerrado, según la DIRESA", "", ""]
    assert PRELIMINARY["150101"] == 3.0


def test_decisions_of_another_figure_are_left_alone() -> None:
    done = apply_decisions(PRELIMINARY, FLAGGED, [decision()], "pin_joint")
    assert done.values.equals(PRELIMINARY)


@pytest.mark.parametrize(
    ("decisions", "sentence"),
    [
        ([decision("999999")], "severity decided for 999999, which is no unit of this level"),
        ([decision("150102")], "decided for 150102, which has no flag; flag it by hand first"),
        ([decision("150103")], "decided for 150103, which has no flag"),
        ([decision(), decision()], "severity of 150101 is decided twice; keep the last decision"),
    ],
)
def test_decisions_that_touch_what_they_must_not_are_refused(
    decisions: list[NeedDecision], sentence: str
) -> None:
    with pytest.raises(NeedsError, match=sentence):
        apply_decisions(PRELIMINARY, FLAGGED, decisions, "severity")


def test_a_decision_needs_a_reason_and_a_sensible_value() -> None:
    with pytest.raises(NeedsError, match="the decision for 150101 has no reason; write why"):
        decision(reason="  ")
    with pytest.raises(NeedsError, match="does not say who took it"):
        decision(decided_by="")
    with pytest.raises(NeedsError, match=r"severity 3\.5 of 150101 is not 1, 2, 3, 4 or 5"):
        decision(value=3.5)
    with pytest.raises(NeedsError, match="'pin_health' cannot be decided; write pin_joint or sev"):
        decision(figure="pin_health")
    with pytest.raises(NeedsError, match="'10101' has 5 digits; a leading zero was lost"):
        decision("10101")


def test_written_decisions_read_back_the_same(tmp_path: Path) -> None:
    kept = (
        decision(),
        decision("010101", 1234.0, figure="pin_joint", reason='dice "menos", con\nsalto'),
        decision("010102", 0.1 + 0.2, figure="pin_joint"),
    )
    file = tmp_path / "decisions.csv"
    file.write_text(decisions_as_csv(kept), "utf-8", newline="")
    assert read_decisions(file) == kept


def test_bad_rows_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        HEADER
        + "150101,severity,4,,GTRM,2026-03-31\n"
        + "150101,severity,4,visto,GTRM,2026-03-31\n"
        + "150102,severity,cuatro,visto,GTRM,2026-03-31\n"
        + "150103,severity,4,visto,GTRM,31/03/2026\n"
    )
    with pytest.raises(SourceDamagedError) as error:
        read_decisions(file)
    reason, value, day = str(error.value).split("\n")
    assert reason.endswith("row 2: the decision for 150101 has no reason; write why")
    assert value.endswith("row 4: value 'cuatro' is not a number; write 1234 or 3")
    assert day.endswith("row 5: decided_on '31/03/2026' is not a date; write 2026-03-31")
