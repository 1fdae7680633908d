"""The questionnaires that ship beside the Essential one, in our own words. Pure data.

What is published never changes: a better wording becomes a new version, not an edit of these.
"""

from procurement.questionnaires.starters.blocks import StarterSet

SETS: tuple[StarterSet, ...] = ()
