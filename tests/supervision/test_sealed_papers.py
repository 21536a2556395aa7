"""线索移送, 表扬激励, 典型: sealed to the named, masked, approved by the head, without names, for a time (R42)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organization.operations import departments, people, posts
from organization.states import Role
from supervision.models import Accountability, Case, Clue, Commendation, Exhibit, Informant, Seal, Statement
from supervision.operations import accountability as proposals
from supervision.operations import cases, clues, commendations, statements
from tasks.models import Directive, Task
from tasks.querysets import events_visible_to
from tests.factories import organization
from tests.factories import supervision_answering as ready
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import lend, told
from tests.workflow.chains import unguarded
from workflow import audit
from workflow.models import Event
from workflow.refusal import Forbidden, RuleBroken

pytestmark = pytest.mark.once


def seen(model, person):
    return list(model.objects.visible_to(person).order_by("pk"))


def open_to(model, who, thing):
    return {name for name, person in who.everyone().items() if thing in seen(model, person)}


# ------------------------------------------------------------------------------------------------ clues


def test_a_clue_is_open_to_its_drafter_alone_then_to_the_head_he_names(who):
    clue = ready.clue(who)
    assert open_to(Clue, who, clue) == {"supervisor"}

    clue = clues.submit(clue, by=who.supervisor, approver=who.chief)

    assert open_to(Clue, who, clue) == {"supervisor", "chief"}
    assert {name for name, p in who.everyone().items() if seen(Exhibit, p)} == {"supervisor", "chief"}


def test_after_the_hand_over_the_contact_reads_it_and_the_others_know_that_it_went(who):
    clue = ready.transferred_clue(who)

    assert open_to(Clue, who, clue) == {"supervisor", "chief", "discipline"}
    legible = {n for n, p in who.everyone().items() if Clue.objects.legible_to(p).exists()}
    assert legible == {"discipline"}
    assert {name for name, p in who.everyone().items() if seen(Exhibit, p)} == {"discipline"}
    assert [clue.legible_to(p) for p in (who.supervisor, who.chief, who.discipline)] == [False, False, True]
    with refused("clue.unmask.forbidden", clue, kind=Forbidden):
        clues.unmask(clue, by=who.supervisor, reason="核实")


def test_a_clue_is_not_lent_with_a_post(who):
    clue = ready.pending_clue(who)
    for person in (lend(who.chief, who.leader), lend(who.supervisor, who.colleague)):
        assert seen(Clue, person) == []
        with refused("clue.approve.forbidden", clue, kind=Forbidden):
            clues.approve(clue, by=person)
    with refused("clue.register.forbidden", kind=Forbidden):
        clues.register(by=lend(who.supervisor, who.stranger), **ready.clue_words(who))


def test_whom_a_clue_is_about_does_not_see_it_in_any_role(who):
    clue = ready.clue(who, person=who.chief, person_name="")
    assert clue.person_name == "市长"
    with refused("seal.named", clue, kind=RuleBroken):
        clues.submit(clue, by=who.supervisor, approver=who.chief)
    with refused("clue.own", kind=Forbidden):
        clues.register(by=who.supervisor, **ready.clue_words(who, person=who.supervisor))
    about = ready.approved_clue(who, person=who.discipline)
    with refused("seal.named", about, kind=RuleBroken):
        clues.transfer(about, by=who.supervisor, contacts=[who.discipline])


def test_only_the_head_of_the_government_is_asked_and_never_who_drafted_it(who):
    clue = ready.clue(who)
    for person in (who.leader, who.unit_head, who.colleague):
        with refused("clue.not_the_head", clue, kind=RuleBroken):
            clues.submit(clue, by=who.supervisor, approver=person)
    bare = clues.register(by=who.supervisor, **ready.clue_words(who))
    with refused("clue.no_evidence", bare, kind=RuleBroken):
        clues.submit(bare, by=who.supervisor, approver=who.chief)


def test_another_head_may_be_asked_after_it_was_sent_back(who):
    other = organization.person(Role.LEADER, who.government, "代市长", rank=1)
    clue = clues.send_back(ready.pending_clue(who), by=who.chief, reason="我须回避")

    clue = clues.submit(clue, by=who.supervisor, approver=other)

    assert [clue.legible_to(p) for p in (who.supervisor, who.chief, other)] == [True, False, True]
    with refused("clue.approve.forbidden", clue, kind=Forbidden):
        clues.approve(clue, by=who.chief)
    clue = clues.send_back(clue, by=other, reason="请主要领导批")
    clue = clues.submit(clue, by=who.supervisor, approver=who.chief)
    assert clues.approve(clue, by=who.chief).number.startswith("督移〔")


def test_a_drafter_puts_his_clue_into_a_colleagues_hands_and_reads_it_no_more(who):
    clue = ready.clue(who)
    for person in (who.stranger, who.chief, who.supervisor):
        with refused("clue.successor", clue, kind=RuleBroken):
            clues.entrust(clue, by=who.supervisor, successor=person, reason="轮岗")
    for person in (who.colleague, who.chief, lend(who.supervisor, who.stranger)):
        with refused("clue.entrust.forbidden", clue, kind=Forbidden):
            clues.entrust(clue, by=person, successor=who.colleague, reason="轮岗")

    clue = clues.entrust(clue, by=who.supervisor, successor=who.colleague, reason="轮岗")

    assert open_to(Clue, who, clue) == {"supervisor", "colleague"}
    assert [clue.legible_to(p) for p in (who.supervisor, who.colleague)] == [False, True]
    assert told("clue.entrust") == [{"from": "督查员", "to": "另一督查员", "reason": "轮岗"}]
    with refused("clue.submit.forbidden", clue, kind=Forbidden):
        clues.submit(clue, by=who.supervisor, approver=who.chief)
    clue = clues.approve(clues.submit(clue, by=who.colleague, approver=who.chief), by=who.chief)
    assert clues.transfer(clue, by=who.colleague, contacts=[who.discipline]).state == "transferred"


def test_a_clue_may_come_back_into_the_first_hands(who):
    clue = clues.entrust(ready.clue(who), by=who.supervisor, successor=who.colleague, reason="轮岗")

    clue = clues.entrust(clue, by=who.colleague, successor=who.supervisor, reason="回岗")

    assert [clue.legible_to(p) for p in (who.supervisor, who.colleague)] == [True, False]


@pytest.mark.parametrize("way", ["post", "account"])
def test_a_clue_whose_drafter_left_is_put_into_other_hands_by_the_head_who_reads_no_word_of_it(who, way):
    if way == "post":
        clue = ready.abandoned_clue(who)
    else:
        clue = ready.clue(who)
        people.deactivate(who.supervisor, by=None)
        who.supervisor = make.fresh(who.supervisor)
    second = organization.person(Role.LEADER, organization.government("邻市"), "邻市长", rank=1)
    assert open_to(Clue, who, clue) == {"chief"}
    assert seen(Clue, second) == seen(Clue, lend(who.chief, who.leader)) == []
    assert not Clue.objects.legible_to(who.chief).exists()
    assert not Exhibit.objects.visible_to(who.chief).exists()
    assert clue.stream not in {e.stream for e in events_visible_to(who.chief, Task.objects, Directive.objects)}
    with refused("clue.edit.forbidden", clue, kind=Forbidden):
        clues.edit(clue, by=who.chief, **ready.clue_words(who))

    clue = clues.entrust(clue, by=who.chief, successor=who.colleague, reason="原拟稿人调离")

    assert "chief" not in open_to(Clue, who, clue)
    assert clue.legible_to(who.colleague)
    assert clues.submit(clue, by=who.colleague, approver=who.chief).state == "pending"
    assert list(audit.verify()) == []


def test_a_clue_is_not_put_into_the_hands_of_whom_it_is_about_nor_by_him(who):
    about = ready.clue(who, person=who.colleague, person_name="")
    with refused("seal.named", about, kind=RuleBroken):
        clues.entrust(about, by=who.supervisor, successor=who.colleague, reason="轮岗")
    of_the_head = ready.abandoned_clue(who, person=who.chief, person_name="")

    assert of_the_head not in seen(Clue, who.chief)
    with refused("clue.entrust.forbidden", of_the_head, kind=Forbidden):
        clues.entrust(of_the_head, by=who.chief, successor=who.colleague, reason="调离")


def test_an_approved_clue_whose_drafter_left_is_still_handed_over(who):
    clue = ready.approved_clue(who)
    posts.end(who.supervisor.post, by=None)
    clue = clues.entrust(clue, by=who.chief, successor=who.colleague, reason="原拟稿人调离")

    assert clues.transfer(clue, by=who.colleague, contacts=[who.discipline]).state == "transferred"


def test_r44_who_told_it_is_kept_apart_and_every_look_is_on_record(who):
    clue = ready.clue(who)
    assert seen(Informant, who.supervisor) == [clue.informant]
    assert not Event.objects.filter(detail__icontains="赵敢言").exists()

    found = clues.unmask(clue, by=who.supervisor, reason="核实情节")

    assert (found.name, found.contact) == ("赵敢言", "13900000000")
    assert told("clue.unmask") == [{"reason": "核实情节"}]
    clue = ready.transferred_clue(who)
    with refused("clue.unmask.forbidden", clue, kind=Forbidden):
        clues.unmask(clue, by=who.chief, reason="了解")
    clues.unmask(clue, by=who.discipline, reason="约谈反映人")
    assert len(told("clue.unmask")) == 2
    texts = [str(row) for row in Event.objects.values_list("subject_label", "detail")]
    assert not any("赵敢言" in text or "13900000000" in text for text in texts)


def test_an_informant_is_not_named_in_the_text_and_may_be_nobody(who):
    with refused("clue.informant_told", kind=RuleBroken):
        clues.register(by=who.supervisor, **ready.clue_words(who, facts="据赵敢言反映，收受好处。"))
    assert Clue.objects.count() == 0
    clue = ready.clue(who, informant="", informant_contact="")
    with refused("clue.anonymous", clue, kind=RuleBroken):
        clues.unmask(clue, by=who.supervisor, reason="核实")


def test_the_record_of_a_clue_says_nothing_of_what_it_is_about(who):
    ready.answered_clue(who)

    for event in Event.objects.filter(stream__startswith="clue:"):
        assert not any(word in f"{event.subject_label}{event.detail}" for word in ("李某", "清淤", "水务", "赵敢言"))


def test_the_events_of_a_paper_are_read_by_who_reads_the_paper(who):
    proposal, clue = ready.asked(who).accountability, ready.transferred_clue(who)
    ready.published_praise(who)
    ready.published_case(who)

    def streams(person):
        found = events_visible_to(person, Task.objects, Directive.objects)
        return set(found.values_list("stream", flat=True)) - {"user"}

    assert proposal.stream in streams(who.supervisor)
    assert clue.stream not in streams(who.supervisor)
    assert clue.stream in streams(who.discipline)
    for person in (who.unit_head, who.handler, who.stranger, who.helper_head):
        assert streams(person) == set()


# ------------------------------------------------------------------------------------------------ praise


def test_r28_praise_needs_proof_and_the_head_and_nobody_praises_himself(who):
    bare = commendations.register(by=who.supervisor, **ready.praise_words(who))
    with refused("commendation.no_evidence", bare, kind=RuleBroken):
        commendations.submit(bare, by=who.supervisor)
    waits = ready.pending_praise(who)
    with refused("commendation.approve.forbidden", waits, kind=Forbidden):
        commendations.approve(waits, by=who.leader)
    with refused("commendation.approve.own", waits, kind=Forbidden):
        commendations.approve(waits, by=lend(who.chief, who.supervisor))
    with refused("commendation.own", kind=Forbidden):
        commendations.register(by=who.supervisor, **ready.praise_words(who, person=who.supervisor))

    assert commendations.approve(waits, by=who.chief).number.startswith("督励〔")


def test_praise_is_the_offices_until_it_is_approved_then_its_units_then_everybodys(who):
    office = {"supervisor", "colleague"}
    assert open_to(Commendation, who, ready.praise(who)) == office
    waits = ready.pending_praise(who)
    assert open_to(Commendation, who, waits) == office | {"chief"}
    waits = commendations.approve(waits, by=who.chief)
    assert open_to(Commendation, who, waits) == office | {"chief", "helper", "helper_head"}
    waits = commendations.publish(waits, by=who.supervisor)
    admins = {"auditor", "system_admin", "security_admin"}
    assert open_to(Commendation, who, waits) == set(who.everyone()) - admins
    elsewhere = organization.person(Role.HANDLER, organization.department("邻市某局", organization.government("邻市")))
    assert seen(Commendation, elsewhere) == []


def test_an_exemption_has_a_day_to_come_and_nothing_else_has(who):
    for fields in (
        {"form": "exemption"},
        {"form": "exemption", "exempt_until": timezone.localdate()},
        {"form": "incentive", "exempt_until": ready.in_a_year()},
    ):
        with refused("commendation.exempt_until", kind=RuleBroken):
            commendations.register(by=who.supervisor, **ready.praise_words(who, **fields))
    assert Commendation.objects.count() == 0
    assert ready.praise(who, form="exemption", exempt_until=ready.in_a_year()).exempt_until == ready.in_a_year()


# ------------------------------------------------------------------------------------------------ cases


def test_r42_a_case_is_not_published_without_approval_by_another(who):
    case = ready.case(who)
    with refused("case.approve.forbidden", case, kind=Forbidden):
        cases.approve(case, by=who.supervisor)
    case = cases.submit(case, by=who.supervisor)
    with refused("case.approve.own", case, kind=Forbidden):
        cases.approve(case, by=lend(who.leader, who.supervisor))

    assert open_to(Case, who, case) == {"supervisor", "colleague", "leader", "chief"}
    assert cases.approve(case, by=who.leader).state == "published"


def test_r28_to_warn_by_name_is_the_heads_to_approve(who):
    named = ready.pending_case(who, anonymised=False)
    with refused("case.approve.forbidden", named, kind=Forbidden):
        cases.approve(named, by=who.leader)
    good = ready.pending_case(who, anonymised=False, kind="positive")

    assert cases.approve(good, by=who.leader).state == cases.approve(named, by=who.chief).state == "published"


def test_names_are_replaced_longer_ones_first_and_none_is_left(who):
    with refused("case.names_left", kind=RuleBroken):
        cases.register(by=who.supervisor, **ready.case_words(who, names=[]))
    with refused("case.name_unused", kind=RuleBroken):
        cases.register(by=who.supervisor, **ready.case_words(who, names=[{"name": "市财政局", "shown": "某局"}]))
    names = [{"name": "水务局", "shown": "某某局"}, {"name": "市水务局", "shown": "某局"}]

    case = cases.register(by=who.supervisor, **ready.case_words(who, names=names, story="市水务局虚报，水务局整改。"))

    assert case.told_story == "某局虚报，某某局整改。"
    assert Case.objects.search("水务").count() == 0


def test_from_its_day_of_review_on_others_no_longer_see_it_until_it_is_reviewed(who):
    case = ready.published_case(who)
    assert seen(Case, who.stranger) == [case]
    with ready.later(366):
        assert seen(Case, who.stranger) == []
        case = make.fresh(case)
        assert case.review_is_due
        assert seen(Case, who.supervisor) == [case]
        with refused("case.review_past", case, kind=RuleBroken):
            cases.review(case, by=who.chief, review_on=timezone.localdate())
        cases.review(case, by=who.leader, review_on=ready.in_a_year())
        assert seen(Case, who.stranger) == [case]
        assert make.fresh(case).reviewed_by == who.leader


def test_a_case_names_a_day_of_review_to_come_also_when_it_is_approved(who):
    with refused("case.review_past", kind=RuleBroken):
        cases.register(by=who.supervisor, **ready.case_words(who, review_on=timezone.localdate()))
    waits = ready.pending_case(who)
    with ready.later(400):
        with refused("case.review_past", waits, kind=RuleBroken):
            cases.approve(waits, by=who.chief)


# ------------------------------------------------------------------------------------------------ heirs and record


def test_the_papers_follow_units_that_are_merged(who):
    statement, praise = ready.asked(who), ready.pending_praise(who)
    sealed = ready.transferred(who, title="另一件")
    new = organization.department("市水利水务局", who.government)
    successor = organization.person(Role.UNIT_HEAD, new, "新局长")
    organ = ready.organ(who)
    other = organization.department("市纪委监委新", who.government)

    departments.merge(who.water, by=None, into=new)
    departments.merge(organ, by=None, into=other)

    statement = make.fresh(statement)
    assert (statement.department, statement.about) == (new, "市水务局")
    assert seen(Statement, successor) == [statement]
    assert make.fresh(sealed).receiver == other
    assert set(Seal.objects.filter(part="contact").values_list("department", flat=True)) == {other.pk}
    assert make.fresh(praise).department == who.finance
    assert statements.state(statement, by=successor, text="情况属实。").state == "stated"
    assert list(audit.verify()) == []


def test_a_file_cannot_be_changed_and_a_rewritten_paper_is_found(who):
    made = ready.answered(who)
    clue = ready.answered_clue(who)
    assert list(audit.verify()) == []
    file = Exhibit.objects.filter(accountability=made).get()
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Exhibit.objects.filter(pk=file.pk).update(note="改")

    Accountability.objects.filter(pk=made.pk).update(facts="没有问题")
    Statement.objects.filter(pk=made.statement_id).update(text="全部承认")
    Clue.objects.filter(pk=clue.pk).update(facts="另一回事")
    with unguarded() as cursor:
        cursor.execute("UPDATE supervision_exhibit SET note = 'x' WHERE id = %s", [file.pk])

    found = {finding.words for finding in list(audit.verify())}
    assert found == {
        f"accountability {made.pk} was edited", f"statement {made.statement_id} was edited",
        f"clue {clue.pk} was edited", f"exhibit {file.pk} was edited",
    }  # fmt: skip
    assert connection.vendor in ("sqlite", "postgresql")


def test_numbers_run_in_series_of_their_own(who):
    one, two = ready.approved(who), ready.approved(who)
    clue, praise = ready.approved_clue(who), ready.approved_praise(who)

    serials = [paper.number.split("〕")[1] for paper in (one, two, clue, praise)]
    assert serials == ["1号", "2号", "1号", "1号"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Accountability.objects.filter(pk=two.pk).update(number=one.number)


def test_a_mark_of_state_secrets_is_refused_everywhere(who):
    with refused("secrecy.marked", kind=RuleBroken):
        proposals.register(by=who.supervisor, **ready.words(who, facts="机密★3年 内容"))
    with refused("secrecy.marked", kind=RuleBroken):
        clues.register(by=who.supervisor, **ready.clue_words(who, facts="绝密★长期 内容"))
    with refused("secrecy.marked", kind=RuleBroken):
        cases.register(by=who.supervisor, **ready.case_words(who, story="秘密★1年 市水务局"))
