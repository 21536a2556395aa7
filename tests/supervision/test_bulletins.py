"""通报: the blamed are asked first, a leader issues it, units receive it, a withdrawal leaves its trace (R28, C10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organization import successions
from organization.states import Rank, Role
from supervision import figures
from supervision.models import Bulletin, Mention, Notice, Receipt
from supervision.operations import bulletins, mentions, receipts
from tests.factories import organization
from tests.factories import supervision_informing as build
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend, told
from tests.tasks.api.caller import Caller
from workflow import audit
from workflow.models import Event
from workflow.refusal import Conflict, Forbidden, RuleBroken, WrongState


@pytest.mark.parametrize(("unit", "is_told"), [("water", True), ("housing", False)])
def test_a_named_unit_is_told_the_task_only_where_it_sees_it(who, client, unit, is_told):
    task = make.active(who, matter="整治人民路易涝点")
    mention = build.mention(who, department=getattr(who, unit), task=task)
    bulletins.consult(make.fresh(mention.bulletin), by=who.supervisor)
    reader = who.unit_head if is_told else who.stranger_head

    shown = Caller(reader).get("mentions", mention.pk).json()
    client.force_login(reader)
    pages = [client.get(path).content.decode() for path in ("/mentions/", f"/mentions/{mention.pk}/")]

    assert (shown["task"] is not None) == is_told
    assert [task.matter in page for page in pages] == [is_told, is_told]
    assert Caller(who.colleague).get("mentions", mention.pk).json()["task"]["id"] == task.pk


def test_a_bulletin_goes_from_the_draft_to_the_receipt(who):
    with at("2026-10-08 09:00"):
        build.late_task(who)
        bulletin = build.consulting(who)
        mention = bulletin.mentions.get()
        mentions.answer(mention, by=who.handler, answer="三处已完成")
        mentions.accept(
            make.fresh(mention), by=who.supervisor, text="市水务局三处易涝点尚未完成整治。", decision="经核实，采纳。"
        )
        bulletin = bulletins.approve(bulletins.submit(make.fresh(bulletin), by=who.colleague), by=who.leader)

    assert (bulletin.state, bulletin.number, bulletin.approved_by) == ("issued", "督通〔2026〕1号", who.leader)
    assert bulletin.mentions.get().text == "市水务局三处易涝点尚未完成整治。"
    assert {(r.department, r.state) for r in bulletin.receipts.all()} == {(who.water, "sent"), (who.finance, "sent")}
    receipt = receipts.receive(bulletin.receipts.get(department=who.finance), by=who.helper)
    assert (receipt.state, receipt.received_by) == ("received", who.helper)
    assert told("bulletin.approve")[0]["sha256"] == bulletin.sha256 == figures.digest(bulletin.snapshot)


def test_only_officers_draft_and_a_period_must_have_begun(who):
    first_on, last_on = build.period()
    for person in (who.leader, who.handler, who.inspector, who.discipline):
        with refused("bulletin.draft.forbidden", kind=Forbidden):
            bulletins.draft(by=person, title="通报", first_on=first_on, last_on=last_on)
    with refused("bulletin.period", kind=RuleBroken):
        build.bulletin(who, first_on=last_on, last_on=first_on)
    with refused("bulletin.period", kind=RuleBroken):
        build.bulletin(who, first_on=last_on + timedelta(days=1), last_on=last_on + timedelta(days=9))


# ------------------------------------------------------------------------------------------------ R28


def test_a_bulletin_is_issued_by_a_leader_of_rank_who_wrote_nothing_of_it(who):
    bulletin = build.pending_bulletin(who)
    secretary = organization.person(Role.LEADER, who.government, rank=Rank.SECRETARY)
    for person in (who.supervisor, who.colleague, secretary, who.unit_head, who.inspector):
        with refused("bulletin.approve.forbidden", bulletin, kind=Forbidden):
            bulletins.approve(bulletin, by=person)
    with refused("bulletin.approve.own", bulletin, kind=Forbidden):
        bulletins.approve(bulletin, by=lend(who.chief, who.supervisor))
    assert bulletins.approve(bulletin, by=who.chief).number is not None


def test_a_draft_is_not_issued_and_an_issued_one_does_not_change(who):
    draft = build.bulletin(who)
    with refused("bulletin.approve.wrong_state", draft, kind=WrongState):
        bulletins.approve(draft, by=who.leader)
    issued = build.issued_bulletin(who)
    for act in (
        lambda: bulletins.edit(issued, by=who.supervisor, title="改题"),
        lambda: bulletins.freeze(issued, by=who.supervisor),
        lambda: mentions.name(issued, by=who.supervisor, department=who.water, text="又一条"),
    ):
        with pytest.raises(WrongState):
            act()


def test_praise_too_waits_for_the_leaders_approval(who):
    bulletin = build.bulletin(who)
    build.mention(who, bulletin, negative=False, text="市财政局资金拨付及时。", department=who.finance)
    assert list(Mention.objects.visible_to(who.helper)) == []
    with refused("bulletin.nobody_to_ask", bulletin, kind=RuleBroken):
        bulletins.consult(make.fresh(bulletin), by=who.supervisor)

    assert bulletins.submit(make.fresh(bulletin), by=who.supervisor).state == "pending"


def test_forged_figures_are_not_issued(who):
    bulletin = build.pending_bulletin(who)
    Bulletin.objects.filter(pk=bulletin.pk).update(snapshot=bulletin.snapshot | {"tables": []})

    with refused("bulletin.damaged", bulletin, kind=Conflict):
        bulletins.approve(bulletin, by=who.leader)


# ------------------------------------------------------------------------------------------------ C10 T2


def test_who_is_blamed_is_asked_first(who):
    bulletin = build.mention(who).bulletin
    with refused("bulletin.not_asked", bulletin, kind=RuleBroken) as refusal:
        bulletins.submit(make.fresh(bulletin), by=who.supervisor)

    assert refusal.value.details == {"units": ["市水务局"]}


def test_the_unit_has_48_hours_and_two_working_days(who):
    with at("2026-10-09 15:00"):  # a Friday before a weekend of which Saturday is worked
        bulletin = build.consulting(who)
        assert timezone.localtime(bulletin.answer_until).strftime("%Y-%m-%d %H:%M") == "2026-10-12 18:00"
        with refused("bulletin.window_open", bulletin, kind=RuleBroken):
            bulletins.submit(bulletin, by=who.supervisor)
    with at("2026-10-12 18:01"):
        assert bulletins.submit(make.fresh(bulletin), by=who.supervisor).state == "pending"
    with at("2026-10-13 17:00"):
        other = build.consulting(who)
        assert timezone.localtime(other.answer_until).strftime("%Y-%m-%d %H:%M") == "2026-10-15 18:00"


def test_every_answer_is_decided_with_a_reason(who):
    mention = build.answered(who)
    with refused("bulletin.undecided", mention, kind=RuleBroken):
        bulletins.submit(make.fresh(mention.bulletin), by=who.supervisor)
    mention = mentions.refuse(mention, by=who.supervisor, decision="现场核查未完成")

    assert (mention.state, mention.decision, mention.decided_by) == ("refused", "现场核查未完成", who.supervisor)
    assert bulletins.submit(make.fresh(mention.bulletin), by=who.supervisor).state == "pending"


def test_a_named_unit_sees_its_own_passage_and_nothing_else_before_the_issue(who):
    bulletin = build.bulletin(who)
    water = build.mention(who, bulletin)
    build.mention(who, bulletin, department=who.finance, text="市财政局拨付迟缓。")
    for person in (who.handler, who.unit_head, who.helper):
        assert list(Mention.objects.visible_to(person)) == []
    bulletins.consult(make.fresh(bulletin), by=who.supervisor)

    assert list(Mention.objects.visible_to(who.handler)) == [water]
    for person in (who.handler, who.unit_head, who.helper, who.stranger, who.inspector):
        assert list(Bulletin.objects.visible_to(person)) == []
        assert list(Receipt.objects.visible_to(person)) == []
    assert Mention.objects.visible_to(who.leader).count() == 2


def test_nobody_else_answers_and_nobody_answers_too_late(who):
    mention = build.asked(who)
    for person in (who.helper, who.stranger, who.supervisor, who.below):
        with refused("mention.answer.forbidden", mention, kind=Forbidden):
            mentions.answer(mention, by=person, answer="不实")
    Bulletin.objects.filter(pk=mention.bulletin_id).update(answer_until=timezone.now() - timedelta(hours=1))
    bulletins.submit(make.fresh(mention.bulletin), by=who.supervisor)
    with refused("mention.closed", mention, kind=RuleBroken):
        mentions.answer(mention, by=who.handler, answer="不实")


def test_after_a_return_only_what_is_new_is_asked(who):
    mention = build.refused_mention(who)
    bulletin = bulletins.submit(make.fresh(mention.bulletin), by=who.supervisor)
    bulletin = bulletins.send_back(bulletin, by=who.leader, reason="补充财政部分")
    new = build.mention(who, bulletin, department=who.finance, text="市财政局拨付迟缓。")
    bulletins.consult(make.fresh(bulletin), by=who.supervisor)

    assert (make.fresh(mention).state, make.fresh(new).state) == ("refused", "asked")


def test_a_unit_that_is_no_longer_named_is_blamed_by_nobody(who):
    mention = mentions.drop(build.answered(who), by=who.supervisor, reason="情况属实，已完成")

    assert mention.state == "dropped"
    assert list(Mention.objects.visible_to(who.handler)) == []
    assert bulletins.submit(make.fresh(mention.bulletin), by=who.supervisor).state == "pending"


# ------------------------------------------------------------------------------------------------ ready and issued


def test_a_bulletin_needs_an_overview_and_addressees(who):
    nobody = build.bulletin(who, addressees=[])
    with refused("bulletin.no_addressees", nobody, kind=RuleBroken):
        bulletins.submit(nobody, by=who.supervisor)
    empty = bulletins.edit(build.bulletin(who), by=who.supervisor, title="通报", addressees=[who.water])
    with refused("bulletin.empty", empty, kind=RuleBroken):
        bulletins.submit(empty, by=who.supervisor)


def test_who_is_named_is_addressed_whatever_is_chosen(who):
    bulletin = build.mention(who, build.bulletin(who, addressees=[])).bulletin
    bulletins.edit(make.fresh(bulletin), by=who.supervisor, title="通报", addressees=[who.finance])

    assert {receipt.department for receipt in bulletin.receipts.all()} == {who.water, who.finance}


def test_addressees_see_it_from_the_issue_on_and_each_receives_its_own(who):
    bulletin = build.issued_bulletin(who)

    assert [list(Bulletin.objects.visible_to(one)) for one in (who.handler, who.helper_head)] == [[bulletin]] * 2
    assert list(Bulletin.objects.visible_to(who.stranger)) == []
    own = Receipt.objects.visible_to(who.handler).get()
    assert own.department == who.water
    with refused("receipt.receive.forbidden", own, kind=Forbidden):
        receipts.receive(own, by=who.helper)


def test_what_was_issued_is_withdrawn_by_a_leader_and_leaves_its_trace(who):
    bulletin = build.issued_bulletin(who)
    with refused("bulletin.withdraw.forbidden", bulletin, kind=Forbidden):
        bulletins.withdraw(bulletin, by=who.supervisor, reason="数据有误")
    bulletin = bulletins.withdraw(bulletin, by=who.leader, reason="数据有误")

    number = f"督通〔{timezone.localdate().year}〕1号"
    assert (bulletin.state, bulletin.withdrawn_by, bulletin.number) == ("withdrawn", who.leader, number)
    assert list(Bulletin.objects.visible_to(who.handler)) == [bulletin]
    assert build.issued_bulletin(who).number.endswith("2号")
    dropped = bulletins.withdraw(build.bulletin(who), by=who.supervisor, reason="不发")
    assert dropped not in Bulletin.objects.visible_to(who.handler)


# ------------------------------------------------------------------------------------------------ reorganisation


def test_what_is_open_follows_a_merged_unit(who):
    mention, receipt, notice = build.asked(who), build.receipt(who), build.issued_notice(who)
    assert successions.open_duties(who.water) >= 3
    successions.hand_over(who.water, who.housing, who.system_admin)

    for thing in (mention, receipt, notice):
        assert make.fresh(thing).department == who.housing
    assert (make.fresh(mention).department_name, make.fresh(notice).department_name) == ("市水务局", "市水务局")
    assert Event.objects.filter(kind__in=("mention.follow", "receipt.follow", "notice.follow")).count() >= 3


# ------------------------------------------------------------------------------------------------ the record


def test_what_was_edited_behind_the_record_is_found(who):
    bulletin, notice = build.issued_bulletin(who), build.issued_notice(who)
    draft = build.bulletin(who)
    assert list(audit.verify()) == []

    Bulletin.objects.filter(pk=bulletin.pk).update(problems="改过的话")
    Bulletin.objects.filter(pk=draft.pk).update(snapshot=draft.snapshot | {"tables": []})
    Notice.objects.filter(pk=notice.pk).update(text="改过的话")

    assert [(finding.kind, finding.stream) for finding in audit.verify()] == [
        ("row", bulletin.stream), ("row", draft.stream), ("row", notice.stream),
    ]  # fmt: skip


def test_a_state_that_no_deed_led_to_is_found(who):
    notice = build.notice(who)
    Notice.objects.filter(pk=notice.pk).update(state="withdrawn")

    assert [finding.stream for finding in audit.verify(notice.stream)] == [notice.stream]
