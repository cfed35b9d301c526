"""Saying of an error what may stand in a log."""

from __future__ import annotations


def where(error: Exception) -> str:
    """The kind of error and the line that raised it: never its text, which may hold what a person wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    return f"{type(error).__name__} at {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
