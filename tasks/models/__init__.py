"""The nouns of the room."""

from tasks.models.access import Hold, Overseer, Reader
from tasks.models.assignment import Assignment
from tasks.models.batch import Batch, BatchRow
from tasks.models.blocker import Blocker
from tasks.models.breakdown import Breakdown, Clause, Draft, Revision
from tasks.models.closure import Closure
from tasks.models.directive import Directive, DirectiveAttachment
from tasks.models.evidence import Evidence
from tasks.models.extension import Extension
from tasks.models.milestone import Milestone
from tasks.models.office import Office
from tasks.models.reading import Reading
from tasks.models.report import Report
from tasks.models.suspension import Suspension
from tasks.models.task import Task

__all__ = [
    "Assignment", "Batch", "BatchRow", "Blocker", "Breakdown", "Clause", "Closure", "Directive", "DirectiveAttachment",
    "Draft", "Evidence", "Extension", "Hold", "Milestone", "Office", "Overseer", "Reader", "Reading", "Report",
    "Revision", "Suspension", "Task",
]  # fmt: skip
