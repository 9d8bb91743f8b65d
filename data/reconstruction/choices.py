"""Everything that the published facts leave open and a table must nevertheless state.

Each choice is the plainest that agrees with the text. Nothing else in the reconstruction is chosen: the rest
follows from the published values and the shapes of `mathematics`.
"""

from __future__ import annotations

from decimal import Decimal

RANK_RATIO = Decimal("0.86")
"""Where a ranking goes on unpublished, each value is this part of the one before."""

INVENTION_SHARE = Decimal("0.955")
"""Share of inventions in applications from China: the text says above 95 %, and would say more above 96 %."""

FIELD_SHARES = {
    "digital-communication": Decimal("0.220"),
    "computer-technology": Decimal("0.120"),
    "audio-visual-technology": Decimal("0.065"),
    "telecommunications": Decimal("0.055"),
    "electrical-machinery": Decimal("0.045"),
    "semiconductors": Decimal("0.034"),
    "pharmaceuticals": Decimal("0.030"),
    "medical-technology": Decimal("0.026"),
    "biotechnology": Decimal("0.023"),
    "organic-fine-chemistry": Decimal("0.019"),
}
"""Share of each of the ten fields in all applications: the seven that the text names in its order, and three more.

Semiconductors grow as published; the others keep their share of every year.
"""
FASTEST_FIELD = "semiconductors"

TOP_APPLICANTS = {
    "huawei": "CN->BRI cumulative applications Huawei",
    "xiaomi": "CN->BRI cumulative applications Xiaomi",
    "alibaba": "CN->BRI cumulative applications Alibaba",
    "zte_microelectronics": "CN->BRI cumulative applications ZTE",
    "tencent": "CN->BRI cumulative applications Tencent",
}
"""The five companies that the text names, in its order, and the anchor of each in the previous edition."""
NEXT_APPLICANTS = ("oppo", "vivo", "boe", "lenovo", "tcl")

TOP_DIGITAL = ("huawei", "zte", "oppo", "xiaomi", "tencent")
NEXT_DIGITAL = ("alibaba", "vivo", "boe", "zte_microelectronics", "tcl")
"""The companies after the five whose digital grants are published."""

DIGITAL_FIRST_SHARE = Decimal("0.90")
"""Share of digital inventions in the grants of 2013 to applicants from China."""

INDUSTRY_SHARES = {
    "electronic_components": Decimal("0.260"),
    "other_digital_element": Decimal("0.200"),
    "software": Decimal("0.155"),
    "communication_equipment": Decimal("0.120"),
    "computers": Decimal("0.095"),
}
"""Share of each industry in digital grants, the same in both directions: the text ranks three of the five."""

REGION_FIELDS = {
    "east_asia": (
        "semiconductors electrical-machinery computer-technology audio-visual-technology digital-communication "
        "medical-technology basic-materials-chemistry other-consumer-goods pharmaceuticals transport"
    ),
    "southeast_asia": (
        "computer-technology semiconductors digital-communication electrical-machinery medical-technology "
        "audio-visual-technology pharmaceuticals basic-materials-chemistry transport other-consumer-goods"
    ),
    "south_asia": (
        "other-consumer-goods pharmaceuticals computer-technology basic-materials-chemistry medical-technology "
        "electrical-machinery transport digital-communication audio-visual-technology semiconductors"
    ),
    "west_asia": (
        "basic-materials-chemistry computer-technology medical-technology electrical-machinery pharmaceuticals "
        "digital-communication transport semiconductors other-consumer-goods audio-visual-technology"
    ),
    "europe": (
        "other-consumer-goods transport medical-technology electrical-machinery pharmaceuticals "
        "basic-materials-chemistry computer-technology semiconductors digital-communication audio-visual-technology"
    ),
    "africa": (
        "medical-technology other-consumer-goods transport basic-materials-chemistry electrical-machinery "
        "pharmaceuticals computer-technology digital-communication semiconductors audio-visual-technology"
    ),
}
"""The ten fields of each region by rank; only the first of East Asia, Europe and West Asia is published."""
REGION_LEADERS = {"southeast_asia": 1240, "south_asia": 60, "africa": 160}
"""The largest field of the regions for which nothing is published."""

TECHNOLOGY_WEIGHTS = {
    "fossil_reduction": Decimal("0.18"),
    "energy_saving": Decimal("0.32"),
    "clean_energy": Decimal("0.40"),
    "ccus": Decimal("0.10"),
}
"""How the four green technologies besides energy storage share what it leaves of every year."""

GREEN_COMPANIES = ("sinopec", "catl", "byd", "oppo", "huawei")
"""The leading companies in the order in which the text names them."""
GREEN_LEADER_SHARE = Decimal("0.075")
"""Share of the first of them in all green applications, and in all green grants."""
