"""What supervision holds: who sees which noun in which relation, where it stands, who takes which step.

Written out of domain.md (R1-R44) and reliability.md 5.2 and 5.5, as the tables of ``policy``, of which it is a part;
the relations are those of ``house_supervision``.
"""

from __future__ import annotations

from tests.leaks.terms import Step, at, of, step, words

RELATIONS = (
    "recused", "pending", "before", "after", "covert", "disclosed", "amended", "verifying", "reviewed", "consulting",
    "published", "transferred", "sealed", "named", "handed", "praised", "elsewhere",
)  # fmt: skip

OFFICE, LEADERS = "supervisor colleague", "leader chief"
OF_LED = f"{OFFICE} {LEADERS} general"
TEAM = "inspector member"
WITHIN = f"{OF_LED} {TEAM}"
WATER = "handler unit_head client"
"""The bureau's people, and its system in a handler's post."""
SECRET = f"supervisor {LEADERS} {TEAM}"
"""Who knows of a covert visit: who registered it, who may approve it, who makes it (R11)."""
WORKING = f"{OF_LED} {TEAM} {WATER} helper below neighbour stranger recused discipline"
"""Who reads what is published in the government: everybody but the administrators."""
NOBODY = words("")

# ------------------------------------------------------------------------------------------------ who sees what

OF_INSPECTION = {
    "own": words(f"{WITHIN} {WATER}"),
    "draft": words(OF_LED),
    "pending": words(OF_LED),
    "before": words(f"{OF_LED} {WATER}"),
    "after": words(f"{OF_LED} {WATER}"),
    "closed": words(f"{OF_LED} {WATER}"),
    "covert": words(SECRET),
    "disclosed": words(f"{OF_LED} inspector {WATER}"),
    "parent": words(OF_LED),
    "sibling": words(f"{OF_LED} neighbour"),
    "unrelated": NOBODY,
}
"""The member of ``disclosed`` has declared a ground of recusal, which shuts it at once; ``recused`` sees none."""
OF_PARTS = {relation: seers - words(WATER) for relation, seers in OF_INSPECTION.items()} | {"parent": NOBODY}
"""Team, sheets and files: never for the inspected, be it the bureau or, by the province, the government itself."""

SIGHT: dict[str, dict[str, frozenset[str]]] = {
    "plan": dict.fromkeys(("own", "pending", "closed"), words(OF_LED)) | {"unrelated": NOBODY},
    "inspection": OF_INSPECTION,
    "scheme": OF_INSPECTION | {"amended": words(OF_LED)},
    "member": at(OF_PARTS, "own draft pending before after closed covert disclosed unrelated")
    | {"recused": OF_PARTS["own"]},
    "worksheet": at(OF_PARTS, "own after closed covert disclosed unrelated"),
    "proof": at(OF_PARTS, "own after closed covert disclosed unrelated"),
    "finding": {
        "own": words(f"{WITHIN} {WATER}"),
        "draft": words(WITHIN),
        "covert": words(SECRET),
        "disclosed": words(f"{OF_LED} inspector {WATER}"),
        "verifying": words(f"{OF_LED} {WATER} helper member"),
        "reviewed": words(f"{OF_LED} {WATER} helper"),
        "unrelated": NOBODY,
    },
    "rectification": {
        "own": words(f"{WITHIN} {WATER}"),
        "verifying": words(f"{OF_LED} {WATER} helper member"),
        "unrelated": NOBODY,
    },
    "voucher": {
        "own": words(f"{WITHIN} {WATER}"),
        "verifying": words(f"{OF_LED} {WATER} helper member"),
        "unrelated": NOBODY,
    },
    "conclusion": {
        "reviewed": words(f"{OF_LED} {WATER} helper"),
        "pending": words(WITHIN),
        "unrelated": NOBODY,
    },
    "review": {"reviewed": words(f"{OF_LED} {WATER} helper"), "unrelated": NOBODY},
    "notice": {
        "own": words(f"{OF_LED} {WATER}"),
        "draft": words(OF_LED),
        "pending": words(OF_LED),
        "parent": words(OF_LED),
        "unrelated": NOBODY,
    },
    "bulletin": {
        "own": words(f"{OF_LED} {WATER} helper"),
        "draft": words(OF_LED),
        "consulting": words(OF_LED),
        "pending": words(OF_LED),
        "parent": words(OF_LED),
        "unrelated": NOBODY,
    },
    "mention": {"own": words(f"{OF_LED} {WATER}"), "draft": words(OF_LED), "unrelated": NOBODY},
    "receipt": {
        "own": words(f"{OF_LED} {WATER}"),
        "helped": words(f"{OF_LED} helper"),
        "draft": words(OF_LED),
        "parent": words(OF_LED),
        "unrelated": NOBODY,
    },
    "accountability": {
        "own": words(OFFICE),
        "pending": words(f"{OFFICE} chief"),
        "named": words("supervisor chief"),
        "transferred": words("supervisor chief discipline"),
        "unrelated": NOBODY,
    },
    "statement": {
        "own": words(f"{OFFICE} unit_head"),
        "pending": words(f"{OFFICE} chief unit_head"),
        "named": words(f"{OFFICE} chief"),
        "transferred": words("supervisor chief discipline unit_head"),
        "unrelated": NOBODY,
    },
    "clue": {
        "draft": words("supervisor"),
        "sealed": words("supervisor chief"),
        "named": words("supervisor"),
        "transferred": words("supervisor chief discipline"),
        "unrelated": NOBODY,
    },
    "commendation": {
        "draft": words(OFFICE),
        "own": words(f"{OFFICE} chief helper"),
        "published": words(WORKING),
        "unrelated": NOBODY,
    },
    "case": {
        "draft": words(OFFICE),
        "pending": words(f"{OFFICE} {LEADERS}"),
        "published": words(WORKING),
        "closed": words(f"{OFFICE} {LEADERS}"),
        "unrelated": NOBODY,
    },
    "exhibit": {
        "own": words(OFFICE),
        "pending": words(f"{OFFICE} chief"),
        "named": words("supervisor chief"),
        "transferred": words("supervisor chief discipline"),
        "sealed": words("supervisor chief"),
        "handed": words("discipline"),
        "praised": words(OFFICE),
        "elsewhere": NOBODY,
        "unrelated": NOBODY,
    },
}
"""``named`` is a proposal about the colleague, and a clue about the head: each loses it. The colleague still answers
for himself, in a statement. Who handed a clue over sees that it went, and no longer what proves it."""

# ------------------------------------------------------------------------------------------------ where it stands

STATES: dict[str, dict[str, str]] = {
    "plan": {"own": "draft", "pending": "pending", "closed": "approved", "unrelated": "draft"},
    "inspection": {
        "own": "running", "draft": "draft", "pending": "pending", "before": "approved", "after": "reported",
        "closed": "finished", "covert": "running", "disclosed": "running", "parent": "approved", "sibling": "draft",
        "unrelated": "reported",
    },
    "scheme": dict.fromkeys(OF_INSPECTION, "approved")
    | {"draft": "pending", "pending": "pending", "sibling": "pending", "amended": "pending"},
    "member": dict.fromkeys(SIGHT["member"], "standing") | {"disclosed": "declared", "recused": "recused"},
    "finding": {
        "own": "rectifying", "draft": "draft", "covert": "draft", "disclosed": "issued", "verifying": "rectifying",
        "reviewed": "accepted", "unrelated": "rectifying",
    },
    "rectification": {"own": "ordered", "verifying": "claimed", "unrelated": "ordered"},
    "conclusion": {"reviewed": "received", "pending": "pending", "unrelated": "received"},
    "review": {"reviewed": "proposed", "unrelated": "proposed"},
    "notice": {"own": "received", "draft": "draft", "pending": "pending", "parent": "issued", "unrelated": "issued"},
    "bulletin": {
        "own": "issued", "draft": "draft", "consulting": "consulting", "pending": "pending", "parent": "issued",
        "unrelated": "issued",
    },
    "mention": {"own": "answered", "draft": "draft", "unrelated": "answered"},
    "receipt": {"own": "sent", "helped": "received", "draft": "planned", "parent": "sent", "unrelated": "sent"},
    "accountability": {
        "own": "draft", "pending": "pending", "named": "pending", "transferred": "transferred", "unrelated": "draft",
    },
    "statement": dict.fromkeys(SIGHT["statement"], "stated"),
    "clue": {
        "draft": "draft", "sealed": "pending", "named": "pending", "transferred": "transferred", "unrelated": "draft",
    },
    "commendation": {"draft": "draft", "own": "approved", "published": "published", "unrelated": "draft"},
    "case": {
        "draft": "draft", "pending": "pending", "published": "published", "closed": "published", "unrelated": "draft",
    },
}  # fmt: skip

# ------------------------------------------------------------------------------------------------ who is what, and may

OPEN = ("own", "draft", "pending", "before", "after", "closed", "disclosed", "amended", "recused")
"""Inspections of the office that are no secret; ``sibling`` is another bureau's by designation."""
CHECKED = ("own", "draft", "disclosed", "verifying", "reviewed", "pending")
"""What came of such an inspection."""
PAPERS = ("own", "draft", "pending", "consulting", "helped", "named", "transferred", "published", "closed", "sealed")
"""What the office writes itself."""
LED = {"covert": LEADERS}

STANDINGS: dict[str, dict[str, frozenset[str]]] = {
    "planner": of(OFFICE, ("own", "pending", "closed")),
    "plan_approver": of(LEADERS, ("own", "pending", "closed")),
    "organiser": of(OFFICE, OPEN, covert="supervisor", sibling="neighbour"),
    "inspection_approver": of("chief", OPEN, covert="chief", sibling="chief"),
    "discloser": {"covert": words("supervisor chief")},
    "scheme_approver": {"amended": words("chief")},
    "team": of(TEAM, ("own", "covert"), disclosed="inspector"),
    "team_head": of("inspector", ("own", "covert", "disclosed")),
    "member_himself": of("member", ("own", "covert")),
    "checking_office": of(OFFICE, CHECKED, covert="supervisor"),
    "finders": of(OFFICE, ("reviewed", "verifying"), disclosed=f"{OFFICE} inspector", covert=f"supervisor {TEAM}")
    | of(f"{OFFICE} {TEAM}", ("own", "draft")),
    "finding_issuer": of(OFFICE, ("reviewed", "verifying"), covert="supervisor inspector")
    | of(f"{OFFICE} inspector", ("own", "draft", "disclosed")),
    "checked_people": of(WATER, CHECKED),
    "checked_head": of("unit_head", CHECKED),
    "judge": of(f"{OFFICE} {LEADERS} general", CHECKED, covert=f"supervisor {LEADERS}"),
    "checking_leader": of(LEADERS, CHECKED, **LED),
    "verifier": {"own": words("colleague"), "verifying": words("member")},
    "review_handler": {"reviewed": words("helper")},
    "writing_office": of(OFFICE, PAPERS),
    "writing_leader": of(LEADERS, PAPERS),
    "notice_signer": of("", ()) | {"pending": words(f"{LEADERS} general")},
    "chaser": of(OFFICE, ("own", "draft")),
    "proposer": of(OFFICE, ("pending",)),
    "addressed": of(WATER, ("own", "draft", "pending"), helped="helper"),
    "answering_head": of("unit_head", ("pending",)) | of(WATER, ("own", "draft")),
    "proposing_office": of(OFFICE, ("own", "pending"), named="supervisor"),
    "head": of("chief", ("own", "pending", "named", "transferred")),
    "contact": {"transferred": words("discipline")},
    "addressee": of("unit_head", ("own", "pending", "transferred"), named="colleague"),
    "clue_drafter": of("supervisor", ("draft", "sealed", "named")),
    "clue_head": {"sealed": words("chief")},
    "clue_handler": of("supervisor", ("draft", "sealed", "named"), transferred="discipline"),
    "praising_office": of(OFFICE, ("own", "draft", "published")),
    "praising_head": of("chief", ("own", "draft", "published")),
    "case_office": of(OFFICE, ("draft", "pending", "published", "closed")),
    "case_leader": of(LEADERS, ("draft", "pending", "published", "closed")),
}  # fmt: skip

AT_DESK = "draft returned"

VERBS: dict[str, dict[str, Step]] = {
    "plan": {
        "approve": step(("pending", "plan_approver"), page=302, rest=200),
        "submit": step(("draft", "planner"), page=302, rest=200),
        "add_item": step(("draft", "planner")),
        "drop_item": step(("draft", "planner")),
        "send_back": step(("pending", "plan_approver")),
    },
    "inspection": {
        "approve": step(("pending", "inspection_approver"), page=302, rest=200),
        "submit": step(("draft", "organiser"), page=302, rest=200, sibling=422),
        "start": step(("approved", "organiser"), ("approved", "team_head"), page=422, rest=422),
        "note": step(("running", "team")),
        "report": step(("running", "team_head")),
        "find": step(("running reported", "organiser"), ("running reported", "team")),
        "draft": step(("reported concluded", "organiser")),
        "conclude": step(("reported", "organiser"), page=302, rest=200),
        "finish": step(("concluded", "organiser"), page=302, rest=200),
        "edit": step(("draft", "organiser")),
        "add_member": step(
            ("draft", "organiser"), ("approved running", "organiser"), ("approved running", "inspection_approver")
        ),
        "link": step(("draft approved running", "organiser")),
        "unlink": step(("draft", "organiser")),
        "prove": step(("draft pending approved running", "organiser"), ("running", "team")),
        "amend": step(("approved running", "organiser")),
        "disclose": step(("approved running reported", "discloser"), page=302, rest=200),
        "send_back": step(("pending", "inspection_approver")),
        "withdraw": step(("draft pending approved", "organiser"), ("running", "inspection_approver")),
    },
    "scheme": {
        "approve": step(("pending", "scheme_approver"), page=302, rest=200),
        "send_back": step(("pending", "scheme_approver")),
    },
    "member": {
        "declare": step(("standing", "member_himself")),
        "recuse": step(("standing declared", "organiser")),
        "keep": step(("declared", "organiser")),
        "leave": step(("standing declared", "organiser")),
    },
    "finding": {
        "issue": step(("draft", "finding_issuer"), page=302, rest=200, covert=422),
        "accept": step(("issued", "checked_head"), page=302, rest=200),
        "object": step(("issued", "checked_head")),
        "take_as_accepted": step(("issued", "checking_office"), page=422, rest=422),
        "uphold": step(("disputed", "judge")),
        "drop": step(("disputed", "judge")),
        "order": step(("accepted rectifying", "finding_issuer")),
        "recheck": step(("settled", "checking_office")),
        "confirm": step(("settled", "checking_office")),
        "relapse": step(("settled", "checking_office")),
        "edit": step(("draft", "finders")),
        "discard": step(("draft", "finders"), page=302, rest=200),
        "waive": step(("accepted rectifying", "checking_leader")),
    },
    "rectification": {
        "plan": step(("ordered correcting", "checked_people")),
        "claim": step(("correcting", "checked_head")),
        "verify": step(("claimed", "verifier")),
        "reassign": step(("ordered correcting claimed", "checking_office")),
        "prove": step(("ordered correcting", "checked_people")),
        "ask_longer": step(("ordered correcting", "checked_head")),
        "withdraw_longer": step(("ordered correcting", "asker_for_longer")),
        "grant_longer": step(("ordered correcting", "asked_for_longer")),
        "refuse_longer": step(("ordered correcting", "asked_for_longer")),
    },
    "conclusion": {
        "submit": step(("draft", "checking_office"), page=302, rest=200),
        "approve": step(("pending", "checking_leader"), page=302, rest=200),
        "receive": step(("issued", "checked_people")),
        "ask_review": step(("received", "checked_head")),
        "explain": step(("received", "party_explainer")),
        "edit": step(("draft", "checking_office")),
        "send_back": step(("pending", "checking_leader")),
        "discard": step(("draft", "checking_office"), page=302, rest=200),
    },
    "review": {
        "assign": step(("asked assigned", "checking_office")),
        "propose": step(("assigned", "review_handler")),
        "approve": step(("proposed", "checking_leader"), page=302, rest=200, reviewed_chief=403),
        "send_back": step(("proposed", "checking_leader")),
        "withdraw": step(("asked assigned", "checked_head"), page=302, rest=200),
    },
    "notice": {
        "issue": step(("draft", "chaser"), page=302, rest=200),
        "submit": step(("draft", "proposer"), page=302, rest=200),
        "approve": step(("pending", "notice_signer"), page=302, rest=200),
        "receive": step(("issued", "addressed"), page=302, rest=200),
        "answer": step(("received", "answering_head")),
        "note": step(("issued received answered", "talk_recorder")),
        "edit": step(("draft", "writing_office")),
        "send_back": step(("pending", "notice_signer")),
        "withdraw": step(
            ("draft pending", "writing_office"), ("issued received", "chaser"), ("issued received", "notice_signer")
        ),
    },
    "bulletin": {
        "approve": step(("pending", "writing_leader"), page=302, rest=200),
        "submit": step(("draft consulting", "writing_office"), page=302, rest=200, consulting=422),
        "consult": step(("draft", "writing_office"), page=422, rest=422),
        "name": step(("draft", "writing_office")),
        "edit": step(("draft consulting", "writing_office")),
        "freeze": step(("draft", "writing_office"), page=302, rest=200),
        "reopen": step(("consulting", "writing_office"), page=302, rest=200),
        "send_back": step(("pending", "writing_leader")),
        "withdraw": step(("draft consulting pending", "writing_office"), ("issued", "writing_leader")),
    },
    "mention": {
        "answer": step(("asked", "addressed")),
        "accept": step(("answered", "writing_office")),
        "refuse": step(("answered", "writing_office")),
        "edit": step(("draft", "writing_office")),
        "drop": step(("draft asked answered accepted refused", "writing_office"), page=302, rest=200),
    },
    "receipt": {"receive": step(("sent", "addressed"), page=302, rest=200)},
    "accountability": {
        "ask_statement": step((AT_DESK, "proposing_office"), page=302, rest=201),
        "assess": step((AT_DESK, "proposing_office")),
        "submit": step((AT_DESK, "proposing_office"), page=302, rest=200),
        "approve": step(("pending", "head"), page=302, rest=200),
        "transfer": step(("approved", "proposing_office")),
        "answer": step(("transferred", "contact")),
        "prove": step((AT_DESK, "proposing_office")),
        "edit": step((AT_DESK, "proposing_office")),
        "send_back": step(("pending", "head")),
        "withdraw": step(("draft returned pending approved", "proposing_office")),
    },
    "statement": {
        "state": step(("asked", "addressee")),
        "record": step(("asked", "proposing_office")),
        "decline": step(("asked", "proposing_office")),
        "withdraw": step(("asked", "proposing_office")),
    },
    "clue": {
        "submit": step((AT_DESK, "clue_drafter")),
        "approve": step(("pending", "clue_head"), page=302, rest=200),
        "transfer": step(("approved", "clue_drafter")),
        "answer": step(("transferred", "contact")),
        "prove": step((AT_DESK, "clue_drafter")),
        "entrust": step(("draft returned pending approved", "clue_drafter")),
        "unmask": step(("draft returned pending approved transferred answered", "clue_handler")),
        "edit": step((AT_DESK, "clue_drafter")),
        "send_back": step(("pending", "clue_head")),
        "withdraw": step(("draft returned pending approved", "clue_drafter")),
    },
    "commendation": {
        "submit": step((AT_DESK, "praising_office"), page=302, rest=200),
        "approve": step(("pending", "praising_head"), page=302, rest=200),
        "publish": step(("approved", "praising_office"), page=302, rest=200),
        "prove": step((AT_DESK, "praising_office")),
        "edit": step((AT_DESK, "praising_office")),
        "send_back": step(("pending", "praising_head")),
        "withdraw": step(("draft returned pending approved published", "praising_office")),
    },
    "case": {
        "submit": step((AT_DESK, "case_office"), page=302, rest=200),
        "approve": step(("pending", "case_leader"), page=302, rest=200),
        "review": step(("published", "case_leader")),
        "prove": step((AT_DESK, "case_office")),
        "edit": step((AT_DESK, "case_office")),
        "send_back": step(("pending", "case_leader")),
        "expire": step(("published", "case_office")),
        "withdraw": step(("draft returned pending published", "case_office")),
    },
}  # fmt: skip
STANDINGS |= {"party_explainer": {}, "talk_recorder": {}, "asker_for_longer": {}, "asked_for_longer": {}}
"""Nobody in the house: it holds no affair of the party's, no talk (约谈), and no request for more time that waits."""
# ------------------------------------------------------------------------------------------------ papers and pages

PAPER_ROWS = {
    noun: SIGHT[noun]
    for noun in ("inspection", "finding", "rectification", "conclusion", "review", "notice", "bulletin",
                 "accountability")
} | {
    "scheme": {relation: seers - words(WATER) for relation, seers in SIGHT["scheme"].items()} | {"parent": NOBODY},
    "clue": SIGHT["clue"] | {"transferred": words("discipline")},
}  # fmt: skip
"""Whose words the paper holds is theirs to read: a scheme for who sees the inspection from within, a clue while it is
legible."""
OUT = "own before after closed disclosed parent"
WRITTEN = {"draft": words(OFFICE), "pending": words(LEADERS)}
PAPER: dict[str, dict[str, frozenset[str]]] = {
    "inspection": at(SIGHT["inspection"], OUT),
    "scheme": at(PAPER_ROWS["scheme"], f"{OUT} covert")
    | {"draft": words(OFFICE), "pending": words("supervisor chief"), "sibling": words("neighbour"),
       "amended": words("supervisor chief")},
    "finding": at(SIGHT["finding"], "own disclosed verifying reviewed")
    | {"draft": words(f"{OFFICE} {TEAM}"), "covert": words(f"supervisor {TEAM}")},
    "rectification": SIGHT["rectification"],
    "conclusion": {"reviewed": SIGHT["conclusion"]["reviewed"], "pending": words(LEADERS)},
    "review": {"reviewed": words(f"{LEADERS} helper")},
    "notice": at(SIGHT["notice"], "own parent") | {"draft": words(OFFICE), "pending": words(f"{LEADERS} general")},
    "bulletin": at(SIGHT["bulletin"], "own parent")
    | {"draft": words(OFFICE), "consulting": words(OFFICE), "pending": words(LEADERS)},
    "accountability": {"own": words(OFFICE), "pending": words("chief"), "named": words("chief"),
                       "transferred": SIGHT["accountability"]["transferred"]},
    "clue": {"draft": words("supervisor"), "sealed": words("chief"), "transferred": words("discipline")},
}  # fmt: skip
"""Who gets the paper: what is out whoever reads its words, a draft who writes it or is to approve it."""
BEHIND = {
    "accountability": SIGHT["accountability"],
    "clue": PAPER_ROWS["clue"],
    "commendation": {"draft": words(OFFICE), "own": words(f"{OFFICE} chief"), "published": words(f"{OFFICE} chief")},
}
"""Who is handed the tasks' evidence on which a paper rests."""
PAGES = (
    "plan", "inspection", "worksheet", "finding", "rectification", "conclusion", "review", "notice", "bulletin",
    "mention", "accountability", "statement", "clue", "commendation", "case",
)  # fmt: skip
LISTS = tuple(noun for noun in PAGES if noun != "worksheet")
NEW = dict.fromkeys(("plan", "notice", "bulletin", "accountability", "clue", "commendation", "case"), "supervisor") | {
    "inspection": "supervisor unit_head handler helper below neighbour stranger"
}
"""Who may begin one: an officer; an inspection also the people of a department, which may be designated (R3)."""
MADE_BY_OTHERS = ("mention", "receipt", "statement", "exhibit", "voucher")
"""Nothing is added to these lists: another noun's verb makes them."""
PLURALS = {noun: f"{noun}s" for noun in SIGHT} | {"accountability": "accountability"}
