"""Things that go wrong, by script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

FaultKind = Literal["slow", "status", "html", "cut_before", "cut_after", "garbage", "missing_result"]


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """One scripted fault; `times` calls are hit (None: until removed), the first `skip` that match are spared."""

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    skip: int = 0
    seconds: float = 0.0
    status: int = 500
    retry_after: int | None = None
    text: str = ""
    hits: int = 0

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether it concerns such a call and has hits left."""
        return (
            (self.method is None or self.method.lower() == method.lower())
            and (self.chat_id is None or self.chat_id == chat_id)
            and (self.times is None or self.hits < self.times)
        )


@dataclass(slots=True)
class UpdateFaults:
    """What is done to the next updates as they are queued."""

    duplicate: int = 0
    swap: int = 0


@dataclass(slots=True)
class Faults:
    """The script. Each call returns the Fault, whose `hits` tell and which `remove` ends.

    `method` None is any but getUpdates: name it to hit it.
    """

    active: list[Fault] = field(default_factory=list)
    updates: UpdateFaults = field(default_factory=UpdateFaults)

    def slow(
        self, seconds: float, *, method: str | None = None, chat_id: int | None = None, times: int | None = None
    ) -> Fault:
        """Each answer comes `seconds` of real time late, after its effect."""
        return self._add(Fault(kind="slow", seconds=seconds, method=method, chat_id=chat_id, times=times))

    def status(
        self,
        status: int,
        *,
        retry_after: int | None = None,
        text: str = "",
        html: bool = False,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
        skip: int = 0,
    ) -> Fault:
        """Answer with this status and no effect; `html` as a proxy's page instead of JSON."""
        return self._add(
            Fault(
                kind="html" if html else "status",
                status=status,
                retry_after=retry_after,
                text=text,
                method=method,
                chat_id=chat_id,
                times=times,
                skip=skip,
            )
        )

    def cut_before_effect(
        self, *, method: str | None = None, chat_id: int | None = None, times: int | None = 1, skip: int = 0
    ) -> Fault:
        """The connection breaks and nothing happened."""
        return self._add(Fault(kind="cut_before", method=method, chat_id=chat_id, times=times, skip=skip))

    def cut_after_effect(
        self, *, method: str | None = None, chat_id: int | None = None, times: int | None = 1, skip: int = 0
    ) -> Fault:
        """It happened, and the connection breaks before the answer."""
        return self._add(Fault(kind="cut_after", method=method, chat_id=chat_id, times=times, skip=skip))

    def garbage(
        self, *, method: str | None = None, chat_id: int | None = None, times: int | None = 1, skip: int = 0
    ) -> Fault:
        """It happened, and the body of the 200 cannot be read."""
        return self._add(Fault(kind="garbage", method=method, chat_id=chat_id, times=times, skip=skip))

    def missing_result(
        self, *, method: str | None = None, chat_id: int | None = None, times: int | None = 1, skip: int = 0
    ) -> Fault:
        """It happened, and the answer is `{"ok": true}` without `result`."""
        return self._add(Fault(kind="missing_result", method=method, chat_id=chat_id, times=times, skip=skip))

    def duplicate_next(self, times: int = 1) -> None:
        """The next `times` updates come twice with one id."""
        self.updates.duplicate += times

    def swap_next(self, times: int = 1) -> None:
        """The next update is queued behind the one that follows it, `times` times."""
        self.updates.swap += times

    def remove(self, fault: Fault) -> None:
        """End one fault; ending it twice is no mistake."""
        if fault in self.active:
            self.active.remove(fault)

    def clear(self) -> None:
        """End them all."""
        self.active.clear()
        self.updates = UpdateFaults()

    def hitting(self, method: str, chat_id: int | None) -> list[Fault]:
        """Count a call and return what hits it: delays, and at most one other fault."""
        hits = list(self._hitting(method, chat_id))
        for fault in hits:
            fault.hits += 1
        self.active = [one for one in self.active if one.times is None or one.hits < one.times]
        return hits

    def _hitting(self, method: str, chat_id: int | None) -> Iterator[Fault]:
        broken = False
        for fault in self.active:
            if not fault.fits(method, chat_id) or (fault.method is None and method.lower() == "getupdates"):
                continue
            if fault.skip > 0:
                fault.skip -= 1
            elif fault.kind == "slow":
                yield fault
            elif not broken:
                broken = True
                yield fault

    def _add(self, fault: Fault) -> Fault:
        self.active.append(fault)
        return fault
