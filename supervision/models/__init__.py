"""The room's nouns, one file each."""

from supervision.models.accountability import Accountability, Statement
from supervision.models.bulletin import Bulletin, Mention, Receipt
from supervision.models.case import Case
from supervision.models.clue import Clue, Informant
from supervision.models.commendation import Commendation
from supervision.models.conclusion import Conclusion, Review
from supervision.models.deferral import Deferral
from supervision.models.exhibit import Exhibit
from supervision.models.finding import Finding
from supervision.models.inspection import Inspection, InspectionObject, InspectionTask, Scheme
from supervision.models.member import Member
from supervision.models.notice import Notice
from supervision.models.plan import Plan, PlanItem
from supervision.models.rectification import Claim, Correction, Rectification
from supervision.models.seal import Seal
from supervision.models.voucher import Voucher
from supervision.models.worksheet import Proof, Worksheet

__all__ = [
    "Accountability", "Bulletin", "Case", "Claim", "Clue", "Commendation", "Conclusion", "Correction", "Deferral",
    "Exhibit", "Finding", "Informant", "Inspection", "InspectionObject", "InspectionTask", "Member", "Mention",
    "Notice", "Plan", "PlanItem", "Proof", "Receipt", "Rectification", "Review", "Scheme", "Seal", "Statement",
    "Voucher", "Worksheet",
]  # fmt: skip
