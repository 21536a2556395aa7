"""Every guard that keeps rows as they were written, for tests that must step around them."""

from supervision import triggers as of_supervision
from tasks.triggers import EVIDENCE, READING
from workflow.triggers import EVENT

GUARDS = (EVENT, EVIDENCE, READING, *of_supervision.GUARDS)
