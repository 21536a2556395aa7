"""One table says what may follow what and who may do it; it says why not."""

from dataclasses import dataclass

import pytest

from workflow.lifecycle import Actor, Lifecycle, Step, actor, either
from workflow.refusal import Forbidden, WrongState


@dataclass
class Thing:
    state: str
    owner: str = "anna"

    def get_state_display(self):
        return {"draft": "草稿", "open": "办理中", "done": "办结"}[self.state]


@actor("只有经办人可以这样做。")
def owner(user, thing):
    return user == thing.owner


@actor("只有负责人可以这样做。")
def chief(user, thing):
    return user == "chief"


TABLE = Lifecycle(
    "thing",
    Step("start", ("draft",), "open", owner, "开始"),
    Step("note", ("draft", "open"), None, owner, "备注"),
    Step("finish", ("open",), "done", either(chief, owner), "办结"),
    Step("back", ("open",), "draft", owner, "退回"),
    Step("back", ("done",), "open", chief, "退回"),
)


def test_the_step_is_found_for_who_may_take_it_now():
    assert TABLE.check(Thing("draft"), "start", "anna").target == "open"
    assert TABLE.check(Thing("open"), "back", "anna").target == "draft"
    assert TABLE.check(Thing("done"), "back", "chief").target == "open"


def test_who_may_never_is_told_who_may():
    with pytest.raises(Forbidden) as refusal:
        TABLE.check(Thing("draft"), "start", "bert")

    assert (refusal.value.code, refusal.value.message) == ("thing.start.forbidden", "只有经办人可以这样做。")
    assert refusal.value.details == {"verb": "start"}
    assert refusal.value.status == 403


def test_who_may_at_another_moment_is_told_the_moment():
    with pytest.raises(WrongState) as refusal:
        TABLE.check(Thing("done"), "start", "anna")

    assert refusal.value.code == "thing.start.wrong_state"
    assert refusal.value.details == {"verb": "start", "state": "done", "allowed_from": ["draft"]}
    assert "“办结”" in refusal.value.message
    assert "开始" in refusal.value.message
    assert refusal.value.status == 409


def test_where_the_same_verb_is_anothers_turn_now_the_reason_is_the_turns():
    with pytest.raises(Forbidden) as refusal:
        TABLE.check(Thing("done"), "back", "anna")

    assert refusal.value.message == "只有负责人可以这样做。"


def test_the_verbs_open_to_somebody_stand_in_the_order_of_the_table():
    assert TABLE.open_to(Thing("open"), "anna") == ["note", "finish", "back"]
    assert TABLE.open_to(Thing("open"), "chief") == ["finish"]
    assert TABLE.open_to(Thing("open"), "bert") == []
    assert TABLE.verbs == ["start", "note", "finish", "back"]


def test_joined_actors_are_each_allowed_and_named_together():
    joined = either(chief, owner)

    assert isinstance(joined, Actor)
    assert (joined.name, joined.reason) == ("chief | owner", "只有负责人可以这样做。")
    assert [joined(user, Thing("open")) for user in ("chief", "anna", "bert")] == [True, True, False]


def test_an_unknown_verb_is_loud():
    with pytest.raises(KeyError, match="'fly'"):
        TABLE.check(Thing("draft"), "fly", "anna")
    assert not TABLE.may(Thing("draft"), "fly", "anna")


def test_the_table_draws_itself():
    assert TABLE.draw().splitlines() == [
        "stateDiagram-v2",
        "    draft --> open: 开始 (owner)",
        "    draft --> draft: 备注 (owner)",
        "    open --> open: 备注 (owner)",
        "    open --> done: 办结 (chief | owner)",
        "    open --> draft: 退回 (owner)",
        "    done --> open: 退回 (chief)",
    ]
