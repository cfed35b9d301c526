"""Understanding what a person typed: normalise, retrieve, decide. Pure; it never sees the store or a chat.

`Understanding` is made once from the content's phrases and asked by any thread; `Decision` is what it says.
"""
