"""The guards that keep as it was filed what this room never changes."""

from supervision import digests
from workflow.triggers import Guard

WORKSHEET = Guard(table="supervision_worksheet", columns=digests.WORKSHEET)
PROOF = Guard(table="supervision_proof", columns=digests.PROOF)
EXHIBIT = Guard(table="supervision_exhibit", columns=digests.EXHIBIT)
CLAIM = Guard(
    table="supervision_claim",
    columns=digests.CLAIM,
    free=("verified_by_id", "verified_at"),
    words=("result", "opinion"),
)
CORRECTION = Guard(table="supervision_correction", columns=digests.CORRECTION)
DEFERRAL = Guard(
    table="supervision_deferral",
    columns=digests.DEFERRAL,
    free=("granted_on", "ended_by_id", "ended_at"),
    words=("outcome", "comment"),
)
VOUCHER = Guard(table="supervision_voucher", columns=digests.VOUCHER)
AT_FIRST = (WORKSHEET, PROOF, EXHIBIT)
OF_CLAIMS = (CLAIM, CORRECTION)
OF_ITEMS = (DEFERRAL, VOUCHER)
GUARDS = (*AT_FIRST, *OF_CLAIMS, *OF_ITEMS)
