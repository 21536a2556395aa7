"""The guards that keep worksheets, proofs and exhibits as they were filed."""

from supervision import digests
from workflow.triggers import Guard

WORKSHEET = Guard(table="supervision_worksheet", columns=digests.WORKSHEET)
PROOF = Guard(table="supervision_proof", columns=digests.PROOF)
EXHIBIT = Guard(table="supervision_exhibit", columns=digests.EXHIBIT)
GUARDS = (WORKSHEET, PROOF, EXHIBIT)
