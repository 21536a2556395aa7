"""The room's nouns at the REST door; ``config.api`` registers ``ROUTES``."""

from tasks.api.assignments import AssignmentSet
from tasks.api.attachments import AttachmentSet
from tasks.api.batches import BatchSet
from tasks.api.blockers import BlockerSet
from tasks.api.breakdowns import BreakdownSet, ClauseSet, DraftSet
from tasks.api.directives import DirectiveSet
from tasks.api.events import EventSet
from tasks.api.evidence import EvidenceSet
from tasks.api.extensions import ExtensionSet
from tasks.api.offices import OfficeSet
from tasks.api.reports import ReportSet
from tasks.api.suspensions import SuspensionSet
from tasks.api.tasks import TaskSet

ROUTES = (
    ("directives", DirectiveSet),
    ("attachments", AttachmentSet),
    ("tasks", TaskSet),
    ("assignments", AssignmentSet),
    ("reports", ReportSet),
    ("evidence", EvidenceSet),
    ("extensions", ExtensionSet),
    ("suspensions", SuspensionSet),
    ("blockers", BlockerSet),
    ("events", EventSet),
    ("batches", BatchSet),
    ("breakdowns", BreakdownSet),
    ("clauses", ClauseSet),
    ("drafts", DraftSet),
    ("offices", OfficeSet),
)
"""Prefix and viewset."""
