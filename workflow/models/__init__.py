"""The nouns of the room."""

from workflow.models.attachment import Attachment
from workflow.models.counter import Counter
from workflow.models.event import Event, Head
from workflow.models.replay import Replay
from workflow.models.stateful import Stateful

__all__ = ["Attachment", "Counter", "Event", "Head", "Replay", "Stateful"]
