"""The contexts and units in a page's header: whom, when and along which axes; in what."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Context:
    """A context as written: its company's number, its days, and its axes with their members."""

    company: str = ""
    start: str = ""
    end: str = ""
    members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's measures, those of the divisor apart."""

    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()


@dataclass(slots=True)
class Resources:
    """Gathers contexts and units, by id, from the elements inside ix:resources."""

    contexts: dict[str, Context] = field(default_factory=dict[str, Context])
    units: dict[str, Unit] = field(default_factory=dict[str, Unit])
    _id: str = ""
    _company: str = ""
    _days: dict[str, str] = field(default_factory=dict[str, str])
    _members: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    _over: list[str] = field(default_factory=list[str])
    _under: list[str] = field(default_factory=list[str])
    _divisor: bool = False
    _typed: bool = False
    _text: list[str] = field(default_factory=list[str])

    def start(self, local: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self._typed:
            self._text.clear()
        if local in ("context", "unit"):
            self._id, self._company = attributes.get("id", ""), ""
            self._days, self._members, self._over, self._under = {}, [], [], []
        elif local in ("explicitMember", "typedMember"):
            self._typed = local == "typedMember"  # its value stands in an element of its own
            self._members.append((attributes.get("dimension", ""), ""))
        elif local == "unitDenominator":
            self._divisor = True

    def data(self, text: str) -> None:
        """Text of the element that is open."""
        self._text.append(text)

    def end(self, local: str) -> None:
        """An element ends."""
        text = "".join(self._text).strip()
        match local:
            case "identifier":
                self._company = text
            case "startDate" | "endDate" | "instant":
                self._days[local] = text
            case "explicitMember" | "typedMember":
                self._members[-1] = (self._members[-1][0], text)
                self._typed = False
            case "measure":
                (self._under if self._divisor else self._over).append(text)
            case "unitDenominator":
                self._divisor = False
            case "context":
                self.contexts[self._id] = Context(
                    self._company,
                    self._days.get("startDate", ""),
                    self._days.get("instant", self._days.get("endDate", "")),
                    tuple(self._members),
                )
            case "unit":
                self.units[self._id] = Unit(tuple(self._over), tuple(self._under))
            case _:
                pass
