"""What may follow what, and by whom: the tables of the room, one module a theme."""

from supervision.lifecycles import answering, correcting, informing, inspecting

ALL = (*inspecting.ALL, *correcting.ALL, *informing.ALL, *answering.ALL)
