"""暗访（四不两直） through real pages: until it is disclosed nobody outside finds a trace of it (R11)."""

import pytest
from playwright.sync_api import expect

from supervision.models import Finding
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.journeys.conftest import fill

pytestmark = pytest.mark.browser

WORD = "夜间突访"
SECRET = {"title": f"{WORD}泵站运行", "topic": WORD, "content": f"{WORD}值守", "covert": True}
WHERE = ("/", "/inspections/", f"/inspections/?q={WORD}", f"/findings/?q={WORD}", f"/tasks/?q={WORD}")
OUTSIDE = ("unit_head", "stranger", "colleague")
"""The head of the inspected unit, somebody of another, and an officer of the very office who did not draft it."""


def test_nobody_outside_finds_a_covert_visit_until_it_is_disclosed(team, who):
    task = make.active(who)
    visit = inspecting.running(who, tasks=[task], **SECRET)
    note_what_was_seen(team, visit, task)
    finding = correcting.draft(who, correcting.proven(visit), fact=f"{WORD}时泵站无人值守")
    for name in OUTSIDE:
        looks_and_finds_nothing(team(name), visit, task if name == "unit_head" else None)

    disclose_and_tell(team, visit, finding)

    visit = make.fresh(visit)
    unit = team("unit_head").goes_to(f"/inspections/?q={WORD}").opens(SECRET["title"]).reads(visit.number)
    unit.turns_to("问题").reads(finding.fact)
    is_vouched_for(unit, visit)
    looks_and_finds_nothing(team("stranger"), visit)


def note_what_was_seen(team, visit, task):
    """The member writes his sheet on the spot, at the width of a phone."""
    member = team("inspector", width=390, height=844).goes_to("/inspections/").opens(SECRET["title"])
    member.reads("请勿向组外任何人透露").opens("填写底稿")
    form = member.page.locator("main form.form")
    fill(form, {"task": str(task), "place": "3号泵站", "fact": f"{WORD}时无人值守", "result": "不符合"})
    member.sends(form, "已填写底稿")


def looks_and_finds_nothing(person, visit, task=None):
    """Look in lists, searches and counts, at the task, and at the very address."""
    for address in WHERE:
        person.page.goto(person.address + address)
        expect(person.page.locator("main")).not_to_contain_text(SECRET["title"])
        expect(person.page.locator("main")).not_to_contain_text("暗访，未公开")
    person.goes_to("/inspections/")
    expect(person.page.locator("main [data-row]")).to_have_count(0)
    for tab in ("", "?tab=history") if task else ():
        person.goes_to(task.get_absolute_url() + tab)
        expect(person.page.locator("main")).not_to_contain_text(WORD)
    for address in ("", "approve/", "paper/"):
        person.finds_nothing_at(visit.get_absolute_url() + address)


def disclose_and_tell(team, visit, finding):
    """What the unit must not know of cannot be told to it; after the disclosure it is."""
    officer = team("supervisor").goes_to(finding.get_absolute_url())
    officer.is_refused(officer.presses("下达问题"), "暗访尚未公开，问题不能下达给单位")
    assert Finding.objects.get().state == "draft"
    officer.goes_to(visit.get_absolute_url()).does("公开暗访", note="情况已核实").reads("核验码")
    officer.goes_to(finding.get_absolute_url()).does("下达问题").reads("待单位答复")


def is_vouched_for(unit, visit):
    """The unit follows the code to the page that vouches for it."""
    unit.opens("被督查单位无须登录即可核验")
    expect(unit.page.get_by_label("核验码")).to_have_value(visit.code)
    unit.page.get_by_role("button", name="核验").click()
    expect(unit.page.get_by_text("经核验，督查属实")).to_be_visible()
    expect(unit.page.get_by_text(SECRET["title"])).to_be_visible()
