"""Who gets which answer where: the one place to read and to extend.

``CALLERS`` ask; things stand in ``RELATIONS`` to them (see ``house``); ``SIGHT`` says who sees which noun in which
relation; ``STANDINGS`` who is what to it; ``VERBS`` which standing takes which step from which state; ``ROUTES`` lists
every address by name with what each method answers. A new noun is a line in SIGHT, one in STATES and its verbs; a new
relation a column; a new address a line in ROUTES. The tables are written out of reliability.md 5.2 and 5.4, not made
from the product's own: where the two differ, one of them is wrong.
"""

from __future__ import annotations

from tests.leaks import policy_supervision as supervision
from tests.leaks.terms import (
    PEOPLE,
    SECURITY,
    SYSTEM,
    Line,
    Rule,
    Step,
    at,
    of,
    step,
    words,
)

RELATIONS = (
    "own", "helped", "child", "parent", "sibling", "predecessor", "unrelated", "closed", "draft", "waiting", "answered",
    "absent", *supervision.RELATIONS,
)  # fmt: skip
"""``absent`` is a key that nothing has: whatever is hidden answers exactly like it."""


# ------------------------------------------------------------------------------------------------ who sees what

ISSUED = "supervisor colleague leader chief general"
BUREAU = "unit_head handler client"
OF_TASK = {
    "own": words(f"{ISSUED} {BUREAU} helper inspector"),
    "child": words(f"{ISSUED} {BUREAU} below"),
    "parent": words(ISSUED),
    "sibling": words(f"{ISSUED} neighbour"),
    "predecessor": words(f"{ISSUED} {BUREAU}"),
    "unrelated": words(""),
    "closed": words(f"{ISSUED} {BUREAU} helper"),
    "draft": words(ISSUED),
    "waiting": words(f"{ISSUED} {BUREAU} helper neighbour"),
    "answered": words(f"{ISSUED} {BUREAU} helper"),
}
OF_LEAD = {relation: seers - words("helper neighbour") for relation, seers in OF_TASK.items()} | {
    "sibling": OF_TASK["sibling"],
    "helped": OF_TASK["own"],
}
"""What the lead writes: not for a unit that only helps, nor for one that is only waited for."""
OF_SOURCE = {
    "own": OF_TASK["own"] | words("below neighbour"),
    "draft": words(ISSUED),
    "parent": words(ISSUED),
    "predecessor": OF_TASK["predecessor"],
    "unrelated": words(""),
    "closed": OF_TASK["closed"],
    "waiting": OF_TASK["waiting"] - words("neighbour"),
    "answered": OF_TASK["answered"],
}
"""A source is seen by who knows one of its tasks; that of ``own`` is also that of ``child``, ``sibling``, ``draft``."""

ASKED = "own child parent sibling unrelated"
"""What is asked for more time, or to stand still, is asked in hand."""


SIGHT: dict[str, dict[str, frozenset[str]]] = {
    "task": OF_TASK,
    "assignment": OF_TASK | {"helped": OF_TASK["own"]},
    "report": at(OF_LEAD, f"{ASKED} helped closed predecessor waiting answered"),
    "evidence": at(OF_LEAD, f"{ASKED} helped closed predecessor waiting answered"),
    "extension": at(OF_LEAD, ASKED),
    "suspension": at(OF_LEAD, ASKED),
    "blocker": at(OF_LEAD, ASKED) | {
        "waiting": OF_LEAD["waiting"] | words("neighbour"),
        "answered": OF_LEAD["answered"] | words("neighbour"),
    },
    "closure": at(OF_LEAD, "closed predecessor"),
    "directive": OF_SOURCE,
    "attachment": OF_SOURCE,
    "event": {relation: seers | words("auditor") for relation, seers in OF_TASK.items()}
    | {"waiting": OF_TASK["waiting"] - words("neighbour") | words("auditor")},
    "batch": {"own": words("supervisor"), "parent": words(""), "unrelated": words("")},
    **{
        noun: {"own": words("supervisor colleague leader"), "parent": words(""), "unrelated": words("")}
        for noun in ("breakdown", "clause", "draft")
    },
}  # fmt: skip

DIRECTORY: dict[str, dict[str, frozenset[str]]] = {
    "department": {"own": words(" ".join(PEOPLE)) | words("client"), "unrelated": words(" ".join(PEOPLE))},
    "person": {"own": words(" ".join(PEOPLE)) | words("client"), "unrelated": words(" ".join(PEOPLE))},
    "post": {"own": words(" ".join(PEOPLE)), "unrelated": words(" ".join(PEOPLE))},
    "delegation": {"own": words("supervisor leader security_admin"), "unrelated": words("security_admin")},
    "registration": {"own": words("security_admin"), "unrelated": words("security_admin")},
    "calendar_year": {"own": words(" ".join(PEOPLE))},
    "office": dict.fromkeys(("own", "unrelated"), words(" ".join(PEOPLE))),
}
"""The directory is for everybody in the house; another system keeps to its unit's tree."""

SIGHT |= DIRECTORY | supervision.SIGHT


# ------------------------------------------------------------------------------------------------ who is what, and may

OFFICE = ("own", "helped", "sibling", "predecessor", "closed", "draft", "waiting", "answered")
"""Issued by the callers' own office; ``child`` by the bureau, which then stands where the office stands."""
LED = ("own", "helped", "closed", "waiting", "answered")


STANDINGS: dict[str, dict[str, frozenset[str]]] = {
    "issuer": of("supervisor", OFFICE, child=BUREAU),
    "decider": of("leader", OFFICE, child="unit_head"),
    "lead": of(BUREAU, LED, sibling="neighbour", child="below"),
    "lead_head": of("unit_head", LED),
    "signed": of(f"{BUREAU} helper", LED, sibling="neighbour", child="below"),
    "share": of(BUREAU, LED, draft=BUREAU, sibling="neighbour", child="below", helped="helper"),
    "helping": {"helped": words("helper")},
    "issuer_to_helper": {"helped": words("supervisor")},
    "asking": of(BUREAU, LED, sibling="neighbour", child="below"),
    "asking_head": of("unit_head", LED),
    "issuer_or_waited_for": of("supervisor", OFFICE, child=f"{BUREAU} helper", waiting="supervisor neighbour"),
    "instructor": of("leader", ("closed",)),
    "registrar": of("supervisor", ("own", "draft", "predecessor", "closed", "waiting", "answered")),
    "approver_of_source": of("leader", ("own", "draft", "predecessor", "closed", "waiting", "answered")),
    "system_admin": of("system_admin", RELATIONS),
    "security_admin": of("security_admin", RELATIONS),
}  # fmt: skip

STATES: dict[str, dict[str, str]] = {
    "task": dict.fromkeys(OF_TASK, "active") | {"closed": "closed", "predecessor": "closed", "draft": "draft"},
    "assignment": dict.fromkeys((*OF_TASK, "helped"), "signed") | {"draft": "planned"},
    "report": dict.fromkeys(OF_LEAD, "submitted") | {"closed": "accepted", "predecessor": "accepted"},
    "extension": dict.fromkeys(OF_LEAD, "signed"),
    "suspension": dict.fromkeys(OF_LEAD, "requested"),
    "blocker": dict.fromkeys(OF_LEAD, "raised") | {"waiting": "confirmed", "answered": "resolved"},
    "directive": dict.fromkeys(OF_SOURCE, "approved") | {"draft": "draft"},
    "batch": dict.fromkeys(("own", "parent", "unrelated"), "ready"),
    "breakdown": dict.fromkeys(("own", "parent", "unrelated"), "open"),
    "clause": dict.fromkeys(("own", "parent", "unrelated"), "open"),
    "draft": dict.fromkeys(("own", "parent", "unrelated"), "proposed"),
    "office": dict.fromkeys(("own", "unrelated"), "current"),
}
"""Where each thing of the house stands."""
STANDINGS |= supervision.STANDINGS
STATES |= supervision.STATES

LIVE = "assigned declined active claimed review approval suspended"
VERBS: dict[str, dict[str, Step]] = {
    "directive": {
        "edit": step(("draft", "registrar")),
        "attach": step(("draft pending approved", "registrar")),
        "submit": step(("draft", "registrar"), page=302, rest=200),
        "approve": step(("pending", "approver_of_source"), page=302, rest=200),
        "send_back": step(("pending", "approver_of_source")),
        "draft": step(("draft pending approved", "registrar")),
        "upload": step(("draft pending approved", "registrar")),
        "break_down": step(("draft pending approved", "registrar"), page=422, rest=422),  # no paper is handed in
        "withdraw": step(("draft pending approved", "registrar")),
    },
    "task": {
        "edit": step(("draft", "issuer")),
        "drop": step(("draft", "issuer"), page=302, rest=200),
        "assign": step(("draft", "issuer"), page=302, rest=200),
        "reassign": step(("assigned declined", "issuer"), ("active", "decider")),
        "add_units": step(("assigned declined active", "issuer")),
        "name": step(("assigned active", "lead")),
        "insist": step(("declined", "issuer")),
        "report": step(("active", "signed"), page=422, rest=422),
        "prove": step(("active", "signed")),
        "mark": step(("active", "lead"), page=302, rest=200),
        "split": step(("active", "signed")),
        "extend": step(("assigned active", "lead")),
        "suspend": step(("active", "lead")),
        "raise": step(("active", "signed")),
        "claim": step(("active", "lead")),
        "sign_off": step(("claimed", "lead_head"), page=302, rest=200),
        "verify": step(("review", "issuer")),
        "read": step(("review approval", "instructor"), page=302, rest=200),
        "remark": step((f"{LIVE} closed", "instructor")),
        "close": step(("approval", "decider")),
        "send_back": step(("claimed", "lead_head"), ("review", "issuer"), ("approval", "decider")),
        "withdraw": step(("claimed review", "lead"), page=302, rest=200),
        "resume": step(("suspended", "issuer"), page=302, rest=200),
        "reopen": step(("closed", "issuer")),
        "terminate": step((LIVE, "decider")),
    },
    "assignment": {
        "sign": step(("issued", "share"), page=302, rest=200),
        "decline": step(("issued", "share")),
        "insist": step(("declined", "issuer_to_helper")),
        "finish": step(("signed", "helping"), page=302, rest=200),
        "recall": step(("done excused", "issuer_to_helper")),
        "excuse": step(("issued signed declined", "issuer_to_helper")),
    },
    "report": {
        "accept": step(("submitted", "issuer"), page=302, rest=200),
        "send_back": step(("submitted", "issuer")),
    },
    "extension": {
        "sign_off": step(("requested", "asking_head"), page=302, rest=200),
        "accept": step(("signed", "issuer"), page=302, rest=200),
        "grant": step(("checked", "decider"), page=302, rest=200),
        "refuse": step(("requested", "asking_head"), ("signed", "issuer"), ("checked", "decider")),
        "withdraw": step(("requested signed checked", "asking"), page=302, rest=200),
    },
    "suspension": {
        "grant": step(("requested", "decider"), page=302, rest=200),
        "refuse": step(("requested", "decider")),
        "withdraw": step(("requested", "asking"), page=302, rest=200),
        "prolong": step(("granted", "issuer")),
    },
    "blocker": {
        "confirm": step(("raised", "issuer"), page=302, rest=200),
        "refuse": step(("raised", "issuer")),
        "resolve": step(("confirmed", "issuer_or_waited_for")),
        "withdraw": step(("raised confirmed", "asking"), page=302, rest=200),
    },
    "batch": {
        "take": step(("ready done", "registrar"), page=302, rest=200),
        "amend": step(("ready done", "registrar"), page=404),  # no line is named
        "drop": step(("ready failed", "registrar"), page=302, rest=200),
    },
    "breakdown": {
        "accept": step(("open", "registrar"), page=422, rest=422),  # no lead is known
        "fill": step(("open", "registrar"), page=422, rest=422),  # nothing is ticked
        "dispose": step(("open", "registrar")),
        "add": step(("open", "registrar")),
        "undo": step(("open", "registrar"), page=422, rest=422),  # nothing was done yet
        "waive": step(("open", "approver_of_source")),
        "issue": step(("open", "registrar"), page=422, rest=422),  # nothing is accepted
        "resume": step(("issued", "registrar")),
        "drop": step(("open", "registrar"), page=302, rest=200),
    },
    "clause": {
        "dispose": step(("open", "registrar")),
        "restore": step(("disposed", "registrar")),
    },
    "draft": {
        "accept": step(("proposed", "registrar"), page=422, rest=422),
        "edit": step(("proposed accepted", "registrar")),
        "choose": step(("proposed accepted", "registrar"), page=422, rest=422),
        "merge": step(("proposed accepted", "registrar")),
        "split": step(("proposed accepted", "registrar")),
        "drop": step(("proposed accepted", "registrar"), page=302, rest=200),
        "reconsider": step(("accepted dropped", "registrar")),
    },
    "office": {"amend": step(("current", "system_admin"))},
}
PLURALS = {noun: f"{noun}s" for noun in VERBS} | {"batch": "batches"} | supervision.PLURALS
VERBS |= supervision.VERBS


# ------------------------------------------------------------------------------------------------ what is answered


def sees(noun: str, relation: str, caller: str) -> bool:
    """Tell whether the caller sees the thing."""
    return caller in SIGHT[noun].get(relation, ())


def everybody(noun: str, relation: str, caller: str) -> int:
    """200 whoever asks."""
    return 200


def seen(noun: str, relation: str, caller: str) -> int:
    """200 to whoever sees the thing, else 404."""
    return 200 if sees(noun, relation, caller) else 404


def seen_as(status: int) -> Rule:
    """Return the rule that answers this to whoever sees the thing, else 404."""
    return lambda noun, relation, caller: status if sees(noun, relation, caller) else 404


def always(status: int) -> Rule:
    """Return the rule that always answers this."""
    return lambda noun, relation, caller: status


def only(who: str, status: int = 200, others: int = 404) -> Rule:
    """Return the rule that answers ``status`` to some and, by default, hides from the others that there is a page."""
    return lambda noun, relation, caller: status if caller in words(who) else others


def of_post(status: int) -> Rule:
    """Return the rule of lending a post: its holder and the security administrator."""

    def answer(noun: str, relation: str, caller: str) -> int:
        if not sees(noun, relation, caller):
            return 404
        return status if caller == SECURITY or (caller, relation) == ("handler", "own") else 403

    return answer


def by_registrar(status: int) -> Rule:
    """Return the rule of what the office that registered the source does with it, and others who see it do not."""

    def answer(noun: str, relation: str, caller: str) -> int:
        if not sees(noun, relation, caller):
            return 404
        return status if caller in STANDINGS["registrar"].get(relation, ()) else 403

    return answer


def of_paper(status: int, leaders: int = 0) -> Rule:
    """Return the rule of what is asked of the paper of a source: 404 to all but its office and its leaders."""

    def answer(noun: str, relation: str, caller: str) -> int:
        if relation not in SIGHT["breakdown"] or not sees("breakdown", relation, caller):
            return 404
        return leaders or status if caller == "leader" else status

    return answer


def gaps_read(noun: str, relation: str, caller: str) -> int:
    """The gaps in an office's numbers: for its officers and the leaders of its government."""
    if not sees(noun, relation, caller):
        return 404
    return 200 if (relation, caller) in (("own", "supervisor"), ("own", "leader")) else 403


def may(step_: Step, noun: str, relation: str, caller: str) -> int:
    """Return 0 where the caller may take the step now, else the refusal: 404 hidden, 403 not he, 409 not now."""
    if not sees(noun, relation, caller):
        return 404
    state = STATES[noun][relation]
    here = [standing for states, standing in step_.rows if state in words(states)]
    able = [standing for _states, standing in step_.rows if caller in STANDINGS[standing].get(relation, ())]
    if any(standing in able for standing in here):
        return 0
    return 403 if here or not able else 409


def opens(step_: Step, status: int = 200) -> Rule:
    """Return the rule of the page that shows the form of a step."""
    return lambda noun, relation, caller: may(step_, noun, relation, caller) or status


def takes(step_: Step, status: int) -> Rule:
    """Return the rule of sending an empty form."""

    def answer(noun: str, relation: str, caller: str) -> int:
        rule = step_.instead.get(f"{relation}_{caller}") or step_.instead.get(relation)
        return may(step_, noun, relation, caller) or rule or status

    return answer


def of_verbs() -> dict[str, Line]:
    """Return the lines of all verbs: a page each, and an address of the REST door."""
    found = {}
    for noun, steps in VERBS.items():
        for verb, one in steps.items():
            found[f"{noun}-{verb}"] = Line(noun, get=opens(one), post=takes(one, one.page))
            found[f"api:{PLURALS[noun]}-{verb}"] = Line(noun, post=takes(one, one.rest), options=405)
    return found


def keepers(who: str, noun: str = "", get: int = 200, post: int = 400) -> Line:
    """Return the line of an operation whose page only its keepers know: for others it is not there (5.4).

    ``post`` answers an empty form; 302 means that nothing needs to be said.
    """
    rules = (seen_as(get), seen_as(post)) if noun else (always(get), always(post))
    return Line(noun, *rules, gate=(who, 404))


def kept_list(who: str) -> Line:
    """Return the line of a list that only its keepers know."""
    return Line(get=everybody, gate=(who, 404))


def of_papers() -> dict[str, Line]:
    """Return the lines of official papers: the page about one, its two files, and the same at the REST door."""
    found = {}
    for noun in supervision.PAPER:
        line = Line(noun, get=paper)
        found |= {f"{noun}-{name}": line for name in ("paper", "docx", "pdf")}
        found[f"api:{PLURALS[noun]}-paper"] = Line(noun, get=paper, options=405)
    return found


def paper(noun: str, relation: str, caller: str) -> int:
    """404 to whom its words are hidden, 409 where there is none for him who reads them, else 200."""
    if caller not in supervision.PAPER_ROWS[noun].get(relation, ()):
        return 404
    return 200 if caller in supervision.PAPER[noun].get(relation, ()) else 409


def behind(noun: str, relation: str, caller: str) -> int:
    """The tasks' evidence on which a paper rests: for whoever reads its content."""
    return 200 if caller in supervision.BEHIND[noun].get(relation, ()) else 404


def of_supervision() -> dict[str, Line]:
    """Return the lines of supervision that are alike for every noun: details, lists, files."""
    found = of_papers()
    for noun in supervision.SIGHT:
        found[f"api:{PLURALS[noun]}-detail"] = Line(noun, get=seen, options=405)
        found[f"api:{PLURALS[noun]}-list"] = REST_LIST if noun in supervision.MADE_BY_OTHERS else made()
    found |= {f"{noun}-detail": Line(noun, get=seen) for noun in supervision.PAGES}
    found |= {f"{noun}-list": LIST for noun in supervision.LISTS}
    for noun in ("proof", "exhibit", "voucher"):
        found[f"{noun}-file"] = Line(noun, get=seen)
        found[f"api:{PLURALS[noun]}-file"] = Line(noun, get=seen, options=405)
    for noun in supervision.BEHIND:
        found[f"{noun}-evidence"] = Line(noun, get=behind)
        found[f"api:{PLURALS[noun]}-evidence"] = Line(noun, get=behind, options=405)
    for noun, who in supervision.NEW.items():
        found[f"{noun}-new"] = Line(get=only(who, 200, 403), post=only(who, 400, 403))
    return found


LIST = Line(get=everybody)
REST_LIST = Line(get=everybody, options=405)


def made(missing: int = 400) -> Line:
    """Return the line of a REST list to which something may be added: an empty body lacks everything."""
    return Line(get=everybody, post=always(missing), options=405)


ROUTES: dict[str, Line] = {
    **of_verbs(),
    **of_supervision(),
    # open to the world
    "healthz": Line(get=everybody, options=405, open=True),
    "healthz_deep": Line(get=always(503), options=405, open=True),
    # Django's own: whatever is not POST is sent back unchanged
    "set_language": Line(
        get=always(302), post=always(302), put=always(302), patch=always(302), delete=always(302), options=302,
        open=True,
    ),
    # the check of a notice by the unit to which it is shown: whoever it is
    "verify": Line(get=everybody, post=always(400), open=True),
    "api:verify": Line(get=always(404), options=405, open=True),  # by a code that no paper bears
    "login": Line(get=everybody, post=everybody, put=everybody, open=True),
    # one's own account
    "logout": Line(post=always(302), open=True),
    "password_change": Line(get=everybody, post=everybody, put=everybody),
    "post-switch": Line(post=always(404), options=405),
    # lists and desks, which hold what their reader sees
    "desk": LIST, "task-list": LIST, "directive-list": LIST, "blocker-list": LIST, "import-list": LIST,
    "breakdown-list": LIST,
    "overdue-board": LIST, "department-list": LIST, "person-list": LIST, "delegation-list": LIST, "calendar": LIST,
    "import-template": LIST,
    # one thing
    "task-detail": Line("task", get=seen),
    "directive-detail": Line("directive", get=seen),
    "directive-dossier": Line("directive", get=seen),
    "api:directive-dossier": Line("directive", get=seen, options=405),
    "blocker-detail": Line("blocker", get=seen),
    "evidence-file": Line("evidence", get=seen),
    "attachment-file": Line("attachment", get=seen),
    "import-detail": Line("batch", get=seen),
    "import-progress": Line("batch", get=seen_as(204)),
    "import-kept": Line("batch", get=seen),
    "import-file": Line("batch", get=seen),
    "breakdown-issue": Line("breakdown", get=of_paper(422, 403), post=of_paper(422, 403)),  # nothing is accepted
    "breakdown-detail": Line("breakdown", get=seen),
    "breakdown-file": Line("breakdown", get=seen),
    "department-detail": Line("department", get=seen),
    "department-history": Line("department", get=seen),
    "department-tasks": Line("department", get=seen),
    "person-detail": Line("person", get=seen),
    "number-gaps": Line(get=only("supervisor leader", 200, 403)),
    "task-ladder": Line("task", get=seen),
    # making things
    "directive-new": Line(get=only("supervisor", 200, 403), post=only("supervisor", 400, 403)),
    "instruction-new": Line(get=only("supervisor", 200, 403), post=only("supervisor", 400, 403)),
    "import-new": Line(get=everybody, post=always(400), gate=("supervisor", 403)),
    "directive-assign": Line("directive", get=by_registrar(200), post=by_registrar(400)),
    # the keepers' pages
    "unit-list": kept_list(SYSTEM), "post-list": kept_list(SECURITY), "client-list": kept_list(SECURITY),
    "department-create": keepers(SYSTEM), "person-create": keepers(SYSTEM), "client-register": keepers(SECURITY),
    "office-list": kept_list(SYSTEM), "office-set_up": keepers(SYSTEM),
    "calendar-set_day": keepers(SYSTEM), "calendar-clear_day": keepers(SYSTEM), "calendar-import": keepers(SYSTEM),
    "calendar_year-publish": keepers(SYSTEM, "calendar_year"),
    "department-amend": keepers(SYSTEM, "department"), "department-rename": keepers(SYSTEM, "department"),
    "department-move": keepers(SYSTEM, "department", post=302), "department-merge": keepers(SYSTEM, "department"),
    "department-dissolve": keepers(SYSTEM, "department", post=422), "person-rename": keepers(SYSTEM, "person"),
    "person-reset_password": keepers(SYSTEM, "person", post=200),
    "person-deactivate": keepers(SYSTEM, "person", post=302),
    "person-restore": keepers(SYSTEM, "person", 409, 409), "person-appoint": keepers(SECURITY, "person"),
    "post-set_portfolio": keepers(SECURITY, "post", post=302), "post-end": keepers(SECURITY, "post", post=302),
    "post-delegate": Line("post", get=of_post(200), post=of_post(400)),
    "delegation-revoke": Line("delegation", get=seen, post=seen_as(302)),
    "client-rotate": keepers(SECURITY, "registration"),
    "client-revoke": keepers(SECURITY, "registration", post=302),
    # REST
    "api:me": LIST,
    "api:schema": Line(get=everybody, gate=(" ".join(PEOPLE), 403), costly=True),
    "api:docs": Line(get=everybody, gate=(" ".join(PEOPLE), 403)),
    "api:departments-list": REST_LIST, "api:people-list": REST_LIST, "api:attachments-list": REST_LIST,
    "api:assignments-list": REST_LIST, "api:events-list": REST_LIST, "api:batches-template": REST_LIST,
    "api:tasks-list": made(), "api:reports-list": made(), "api:evidence-list": made(), "api:extensions-list": made(),
    "api:suspensions-list": made(), "api:blockers-list": made(), "api:directives-list": made(),
    "api:batches-list": Line(get=everybody, post=only("supervisor", 400, 403), options=405),
    "api:departments-detail": Line("department", get=seen, options=405),
    "api:people-detail": Line("person", get=seen, options=405),
    **{
        f"api:{plural}-detail": Line(noun, get=seen, options=405)
        for noun, plural in {
            "directive": "directives", "attachment": "attachments", "task": "tasks", "assignment": "assignments",
            "report": "reports", "evidence": "evidence", "extension": "extensions", "suspension": "suspensions",
            "blocker": "blockers", "event": "events", "batch": "batches", "office": "offices",
            "breakdown": "breakdowns", "clause": "clauses", "draft": "drafts",
        }.items()
    },
    "api:directives-instruct": Line(post=only("supervisor", 400, 403), options=405),
    "api:directives-assign": Line("directive", post=by_registrar(200), options=405),
    "api:directives-document": Line("directive", get=of_paper(200), post=by_registrar(422), options=405),
    "api:directives-clauses": Line("directive", get=of_paper(200), post=of_paper(412), options=405),
    "api:directives-drafts": Line("directive", get=of_paper(200), post=of_paper(412), options=405),
    "api:directives-issue": Line("directive", post=of_paper(422, 403), options=405),
    "api:breakdowns-list": REST_LIST, "api:clauses-list": REST_LIST, "api:drafts-list": REST_LIST,
    "api:attachments-file": Line("attachment", get=seen, options=405),
    "api:evidence-file": Line("evidence", get=seen, options=405),
    "api:tasks-closures": Line("task", get=seen, options=405),
    "api:offices-list": made(), "api:offices-gaps": Line("office", get=gaps_read, options=405),
    "api:batches-rows": Line("batch", get=seen, options=405),
    "api:batches-kept": Line("batch", get=seen, options=405),
    # what leaves a breakdown
    **{
        f"breakdown-{name}": Line("breakdown", get=seen)
        for name in ("list_xlsx", "table_docx", "matrix", "matrix_xlsx")
    },
    **{
        f"api:breakdowns-{name}": Line("breakdown", get=seen, options=405)
        for name in ("list_xlsx", "table_docx", "matrix", "matrix_xlsx", "similar")
    },
}  # fmt: skip


def expected(name: str, method: str, relation: str, caller: str) -> int:
    """Return the status that the policy gives a caller at an address."""
    line = ROUTES[name]
    rest = name.startswith("api:")
    if not line.open and (caller == "anonymous" or (caller == "client" and not rest)):
        return 401 if rest else 302
    who, others = line.gate
    if who and caller not in words(who):
        return others
    if method == "OPTIONS":
        return line.options
    rule = line.methods.get("GET" if method == "HEAD" else method)
    return rule(line.noun, relation, caller) if rule else 405
