"""The organisers' side: numbers read aloud, finding a registration, counts, corrections, and the files.

Everything here is pure over what the store gave it; files are bytes in memory, and no cell of them is a formula.
"""
