"""The questionnaires that ship beside the Essential one, in our own words. Pure data.

What is published never changes: a better wording becomes a new version, not an edit of these.
"""

from procurement.questionnaires.starters.ai import AI_PROVIDER
from procurement.questionnaires.starters.blocks import StarterSet
from procurement.questionnaires.starters.core import CORE
from procurement.questionnaires.starters.privacy import PRIVACY

SETS: tuple[StarterSet, ...] = (CORE, AI_PROVIDER, PRIVACY)
