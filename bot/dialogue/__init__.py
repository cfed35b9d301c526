"""The form engine: `step(form, draft, event, now) -> Step`, one pure function over plain values.

It promises that an answer is kept, normalised and legal for its question, that what no longer applies is
cleared and named, and that any event is legal at any moment. It never sends, stores, or asks the time.
"""
