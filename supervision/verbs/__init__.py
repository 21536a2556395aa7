"""The verbs of the room as both doors offer them, one module a theme."""

from supervision.verbs import answering, correcting, informing, inspecting

NOUNS = (*inspecting.NOUNS, *correcting.NOUNS, *informing.NOUNS, *answering.NOUNS)
