"""Seeing, taking, erasing and purging what is held about a person. Pure, but for `purging`, which works on a store."""
