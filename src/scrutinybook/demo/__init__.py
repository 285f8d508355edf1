"""The demonstration authority: a wholly synthetic council in the official formats, from one seed.

`simulate` makes the truth once: events with the day on which each was recorded. `extract_at` shows
what the systems held on a day. The writers put the same into files. `planted` says what was put in
for an analysis to find; whatever it does not name has no change in it.
"""
