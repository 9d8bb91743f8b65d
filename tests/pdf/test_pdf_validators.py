"""What validators that are not ours say of files that the writer made."""

from __future__ import annotations

import page as page_validation
import pytest
from sample import fonts, one_page, run, sample
from verapdf import verapdf

from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Element, Placed, Publication
from reportgen.pdf.profile import SCREEN
from reportgen.pdf.write.file import write_pdf


def _publications() -> dict[str, Publication]:
    words = one_page(
        Placed(60, 100, run("一页"), 0),
        structure=Element("Document", (Element("P", (0,)),), lang="zh-CN"),
    )
    return {"every structure type": sample(), "one paragraph": words}


PUBLICATIONS = _publications()


@pytest.mark.parametrize("name", PUBLICATIONS)
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_accepts_a_screen_file(name: str, flavour: str) -> None:
    data = unwrap(write_pdf(PUBLICATIONS[name], SCREEN, fonts()))
    assert verapdf().failures(data, flavour) == []


@pytest.mark.parametrize("name", PUBLICATIONS)
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_page_validation_accepts_a_screen_file(name: str, profile: str) -> None:
    data = unwrap(write_pdf(PUBLICATIONS[name], SCREEN, fonts()))
    report = page_validation.validate_pdf_bytes(
        data, profile=getattr(page_validation.ValidationProfile, profile)
    )
    assert [(f.rule_id, f.message) for f in report.failures] == []


def test_verapdf_refuses_an_untagged_file() -> None:
    """The validators are running: a file that lacks what they ask for does not pass."""
    from reportgen.pdf.profile import press

    data = unwrap(write_pdf(sample(), press(), fonts()))
    assert verapdf().failures(data, "ua1")
    assert verapdf().failures(data, "3a")
