"""Dates of a file: PDF's form and XMP's say the same moment with the same offset, minutes included."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.pdf.write.metadata import pdf_date, xmp_date

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1), timezones=ZONES)
INDIA, NEWFOUNDLAND = (timezone(timedelta(minutes=minutes)) for minutes in (330, -210))


def read_pdf_date(text: str) -> datetime:
    """Return the moment of a date of ISO 32000-1, 7.9.4."""
    found = re.fullmatch(r"D:(\d{14})(?:Z|([+-])(\d\d)'(\d\d)'?)", text)
    assert found is not None, text
    offset = timedelta(hours=int(found[3] or 0), minutes=int(found[4] or 0))
    zone = timezone(-offset if found[2] == "-" else offset)
    return datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=zone)


@given(MOMENTS)
@example(datetime(2024, 7, 15, 9, 30, tzinfo=INDIA))
@example(datetime(2024, 7, 15, 9, 30, tzinfo=NEWFOUNDLAND))
def test_a_date_keeps_its_moment_and_its_offset(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for read in (
        read_pdf_date(pdf_date(moment.isoformat())),
        datetime.fromisoformat(xmp_date(moment.isoformat())),
    ):
        assert (read, read.utcoffset()) == (moment, moment.utcoffset())
