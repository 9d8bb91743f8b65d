"""Streams of finished files as strict readers count them."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
from sample import sample
from writing import opened

from reportgen.base.frame import Attachment
from reportgen.pdf.write.file import finished


def test_no_stream_ends_in_a_carriage_return() -> None:
    """With the line feed before ``endstream`` it would be an end of line of two bytes, and the stream too short."""
    files = tuple(Attachment(f"{i}.txt", bytes([i]), "text/plain", "x") for i in range(256))
    pdf = opened(replace(sample(), attachments=(*sample().attachments, *files)))
    streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    assert len(streams) > 256
    assert [s for s in streams if s.read_raw_bytes().endswith(b"\r")] == []
    held = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert [held[f"{i}.txt"] for i in range(256)] == [bytes([i]) for i in range(256)]


def test_no_object_stream_ends_in_a_carriage_return() -> None:
    """Among three hundred files some would; none of the finished ones does, and all can be opened."""
    spoilt = 0
    for i in range(300):
        pdf = pikepdf.Pdf.new()
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = str(i * 7919)
        plain = io.BytesIO()
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        if b"\r\nendstream" in plain.getvalue():
            spoilt += 1
            data = finished(pdf, "1.7")
            assert b"\r\nendstream" not in data
            with pikepdf.open(io.BytesIO(data)) as again:
                assert str(again.docinfo["/Title"]) == str(i * 7919)
    assert spoilt
