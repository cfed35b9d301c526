"""The words of time, as data: {"kind:value": "phrase|phrase"}, a table a language or group of dialects.

Phrases are written folded (`bot.texts.fold_name`), Arabic ones without the article unless the article changes the
meaning. What the kinds are for is in docs/when.md; what follows from them is in the grammar, never here.
"""
