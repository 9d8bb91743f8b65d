"""Set and write a long report in a process of its own; print pages, seconds and peak memory as JSON.

``python long_build.py PAGES [typst]``: with ``typst`` the same text is set by Typst, in the same face and size.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from pathlib import Path

import pikepdf
from long_report import long_document

from reportgen.edition.document import ComposedDocument, Heading, Paragraph, Text

ROOT = Path(__file__).parents[2]


def ours(document: ComposedDocument) -> tuple[int, int]:
    """Return the number of pages and bytes of our own setting."""
    from reportgen.base.house import load_style
    from reportgen.base.world import World
    from reportgen.build.cycles import uncollected
    from reportgen.layout.publish import lay_out
    from reportgen.pdf.profile import SCREEN
    from reportgen.pdf.write.file import write_pdf
    from reportgen.text.faces import load_fonts
    from reportgen.text.setting import text_setting

    style = load_style("zh-CN").value
    fonts = load_fonts(World(None)).value
    with uncollected():
        publication = lay_out(document, {}, style, text_setting(style, fonts), ()).value
        data = write_pdf(publication, SCREEN, fonts).value
    return len(publication.pages), len(data)


def typst(document: ComposedDocument) -> tuple[int, int]:
    """Return the number of pages and bytes of Typst's setting of the same text."""
    import typst as engine

    source = "\n\n".join(_typst_blocks(document))
    data = engine.compile(source.encode(), font_paths=[str(ROOT / "fonts")], ignore_system_fonts=True)
    assert isinstance(data, bytes)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages), len(data)


def _typst_blocks(document: ComposedDocument) -> list[str]:
    blocks = [
        '#set page(width: 210mm, height: 285mm, margin: (x: 23.5mm, y: 25mm), numbering: "1")',
        '#set text(font: ("Source Serif 4", "Noto Serif SC"), size: 10.5pt, lang: "zh", region: "cn")',
        "#set par(justify: true, first-line-indent: 2em, leading: 7pt, spacing: 7pt)",
    ]
    for section in document.sections:
        blocks.append(f"= {_escaped(_words(section.title))}")
        for block in section.blocks:
            if isinstance(block, Heading):
                blocks.append(f"== {_escaped(_words(block.content))}")
            elif isinstance(block, Paragraph):
                blocks.append(_escaped(_words(block.content)))
    return blocks


def _words(content: tuple[object, ...]) -> str:
    return "".join(run.text for run in content if isinstance(run, Text))


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "#$*_`<>@\\[]=~" else c for c in text)


def main(pages: int, engine: str) -> None:
    """Print what was measured."""
    document = long_document(pages)
    start = time.perf_counter()
    made, size = typst(document) if engine == "typst" else ours(document)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "engine": engine,
                "pages": made,
                "seconds": round(seconds, 2),
                "peak_mb": round(peak),
                "bytes": size,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "reportgen")
