"""Every page with something on it, wide and narrow, light and dark; without scripts; and when somebody was faster."""

import re

import pytest
from playwright.sync_api import expect

from tasks.models import Report, Task
from tasks.operations import reports
from tests.factories import tasks as make
from tests.factories import zoo
from tests.journeys.conftest import fill

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOOKS = ((1440, "light", "normal"), (390, "dark", "normal"), (390, "light", "large"))


def pages(who, beasts):
    """Return the pages of each person that differ from those of the others."""
    task = {name: beast.get_absolute_url() for name, beast in beasts.items()}
    return {
        "supervisor": [
            "/", "/tasks/?open=", "/tasks/?turn=any", "/directives/", "/directives/new/", "/overdue/", "/blockers/",
            beasts["active"].directive.get_absolute_url(), f"{task['draft']}edit/", f"{task['in_review']}verify/",
            f"{task['report_again']}?tab=reports", f"{task['extension_checked']}?tab=limits",
            f"{task['returned']}?tab=closures", f"{task['above_late']}?tab=cascade", f"/departments/{who.water.pk}/",
        ],
        "handler": ["/", f"{task['report_again']}?tab=reports", f"{task['assigned']}", f"{task['active']}extend/"],
        "leader": ["/", f"{task['in_approval']}", "/overdue/"],
        "stranger": ["/", f"{task['blocker_confirmed']}?tab=blockers"],
        "inspector": ["/"], "discipline": ["/"], "auditor": ["/"], "system_admin": ["/"],
    }  # fmt: skip


@pytest.mark.parametrize("office", [True, False], ids=["the office", "everybody else"])
def test_every_page_is_readable_by_everyone(people, who, office):
    beasts = zoo.everything(who)
    for name, addresses in pages(who, beasts).items():
        if (name == "supervisor") is not office:
            continue
        person = people(name)
        for address in addresses:
            person.page.goto(person.address + address)
            for width, theme, size in LOOKS:
                person.page.set_viewport_size({"width": width, "height": 900})
                person.page.evaluate(
                    f"document.documentElement.dataset.bsTheme='{theme}';"
                    f"document.documentElement.dataset.size='{size}';document.dispatchEvent(new Event('theme'))"
                )
                person.looks()
                over = person.page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert over <= 0, f"{address} is {over} px wider than {width} px as {size} text"


def test_everything_is_done_without_scripts_too(people, who):
    task = make.assigned(who)
    handler = people("handler", java_script_enabled=False)
    page = handler.page
    page.goto(f"{handler.address}/tasks/{task.pk}/")

    page.get_by_role("link", name="签收", exact=True).click()
    page.get_by_role("button", name="签收").click()
    page.get_by_role("link", name="填报进展", exact=True).click()
    page.get_by_label("完成情况").fill("完成 6 处")
    page.get_by_label("存在问题").fill("管线未迁")
    page.get_by_role("button", name="填报进展").click()
    expect(page.get_by_text("写了存在问题，请再选择原因类别")).to_be_visible()
    expect(page.get_by_label("完成情况")).to_have_value("完成 6 处")
    page.get_by_label("原因类别").select_option(label="等待其他单位")
    page.get_by_role("button", name="填报进展").click()

    expect(page.locator("#messages")).to_contain_text("已填报进展")
    handler.expects(422)
    assert [(report.done, report.cause) for report in Report.objects.all()] == [("完成 6 处", "coordination")]


def test_who_was_slower_sees_both_versions_and_loses_nothing(people, who):
    task = make.active(who, co_units=[])
    handler = people("handler").goes_to(task.get_absolute_url())
    form = handler.presses("申报办结")
    fill(form, {"summary": "十二处全部完工，资料齐全"})
    reports.file(task, by=who.unit_head, done="刚刚又完成一处")

    form.locator("button[type=submit]").click()

    dialog = handler.page.get_by_role("dialog")
    expect(dialog.get_by_text("内容刚刚被别人改过")).to_be_visible()
    expect(dialog.get_by_role("row", name=re.compile("办结报告"))).to_contain_text("十二处全部完工，资料齐全")
    expect(dialog.get_by_label("办结报告")).to_have_value("十二处全部完工，资料齐全")
    assert make.fresh(task).state == "active"
    handler.expects(412).looks()

    dialog.locator("form.form button[type=submit]").click()
    expect(handler.page.locator("#messages")).to_contain_text("已申报办结")
    assert Task.objects.get().state == "claimed"


def test_a_refusal_stands_in_the_dialog_and_what_was_typed_stays(people, who):
    task = make.active(who)
    handler = people("handler").goes_to(task.get_absolute_url())
    form = handler.presses("申报办结")
    fill(form, {"summary": "全部完工"})

    form.locator("button[type=submit]").click()

    dialog = handler.page.get_by_role("dialog")
    expect(dialog.get_by_text("市财政局 尚未完成配合")).to_be_visible()
    expect(dialog.get_by_label("办结报告")).to_have_value("全部完工")
    handler.expects(422).looks()
