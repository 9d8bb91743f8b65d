"""What a clipping path hides is no hairline; what it lets through is one if it is printed as one."""

from __future__ import annotations

import pytest
from planting import add
from test_pdf_naming import planted

from reportgen.pdf.profile import press
from reportgen.pdf.read.preflight import preflight

WINDOW = "200 200 100 100 re W n"

HIDDEN = [
    ("a line outside", f"q {WINDOW} 0.1 w 0 0 0 1 K 50 50 m 150 50 l S Q"),
    ("a line that passes a corner", f"q {WINDOW} 0.1 w 0 0 0 1 K 180 210 m 210 180 l S Q"),
    ("an area outside", f"q {WINDOW} 0 0 0 1 k 50 50 100 0.1 re f Q"),
    ("an area at the edge, outside", f"q {WINDOW} 0 0 0 1 k 200 300 100 0.1 re f Q"),
    ("a clip that leaves nothing", f"q {WINDOW} 10 10 20 20 re W n 0.1 w 0 0 0 1 K 210 210 m 290 210 l S Q"),
    ("the outline of a thin clip", "q 200 200 100 0.1 re W n Q"),
    ("an area cut to a rest", f"q {WINDOW} 0 0 0 1 k 150 210 50.05 50 re f Q"),
    ("a line of which half is cut", f"q {WINDOW} 0.3 w 0 0 0 1 K 200 210 m 200 290 l S Q"),
    ("a path that is cut and not painted", "q 0.01 w 200 200 100 100 re W* n Q"),
]
PAINTED = [
    ("a line inside", f"q {WINDOW} 0.1 w 0 0 0 1 K 210 250 m 290 250 l S Q", "press.hairline"),
    ("a line that begins outside", f"q {WINDOW} 0.1 w 0 0 0 1 K 50 250 m 250 250 l S Q", "press.hairline"),
    ("a line across a corner", f"q {WINDOW} 0.1 w 0 0 0 1 K 190 230 m 230 190 l S Q", "press.hairline"),
    ("a thin area inside", f"q {WINDOW} 0 0 0 1 k 150 250 100 0.1 re f Q", "press.thin-area"),
    (
        "an area in a thin clip",
        "q 200 200 100 0.1 re W n 0 0 0 1 k 150 150 200 200 re f Q",
        "press.thin-area",
    ),
    ("a line after the clip has gone", f"q {WINDOW} Q 0.1 w 0 0 0 1 K 50 50 m 150 50 l S", "press.hairline"),
    ("the clip's own outline, painted", "q 0.1 w 0 0 0 1 K 200 200 100 100 re W S Q", "press.hairline"),
]


def found(operators: str) -> list[str]:
    data = planted("press", lambda pdf: add(pdf, 2, operators))
    return [diagnostic.rule for diagnostic in preflight(data, press()).diagnostics]


@pytest.mark.parametrize("operators", [text for _, text in HIDDEN], ids=[name for name, _ in HIDDEN])
def test_what_a_clip_hides_is_no_hairline(operators: str) -> None:
    assert found(operators) == []


@pytest.mark.parametrize(
    ("operators", "rule"), [case[1:] for case in PAINTED], ids=[name for name, _, _ in PAINTED]
)
def test_what_a_clip_lets_through_is_a_hairline(operators: str, rule: str) -> None:
    assert found(operators) == [rule]
