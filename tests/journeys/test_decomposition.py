"""任务分解台: a paper is pasted, its drafts settled by keyboard, issued, and a task leads back to its sentence."""

import pytest
from playwright.sync_api import expect

from tasks.models import Breakdown, Draft, Task
from tests.factories import tasks as make
from tests.tasks.breakdowns import paper

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_paper_becomes_tasks_by_keyboard_and_each_leads_back_to_its_sentence(team, who):
    directive = make.directive(who)
    officer = hand_in(team, directive)
    breakdown = Breakdown.objects.get()
    accept_by_keyboard(officer, breakdown)
    choose_a_unit(officer, breakdown, who)
    edit_while_a_colleague_does(officer, team, breakdown)
    merge_and_undo(officer, breakdown)
    split_and_undo(officer, breakdown)
    dispose_all_but_one(officer, breakdown)
    issue(officer, breakdown)

    task = Task.objects.get(matter__contains="病险水库")
    number = task.drafted_as.clause.number
    officer.goes_to(task.get_absolute_url()).page.locator("main").get_by_role("link", name="在原文中查看").click()
    expect(officer.page.locator(f"#c{number}[data-on]")).to_be_in_viewport()
    expect(officer.page.locator(f"#d{task.drafted_as.pk}[data-on]")).to_be_in_viewport()


def hand_in(team, directive):
    officer = team("supervisor")
    officer.goes_to(f"/directives/{directive.pk}/break_down/")
    form = officer.page.locator("main form.form")
    form.get_by_label("或粘贴文字").fill(paper.TEXT)
    form.get_by_role("button", name="上传并分解").click()
    expect(officer.page.locator("#messages")).to_contain_text("已分解")
    return officer.looks()


def on(officer, breakdown, words):
    """Choose the card of a draft by its clause, and return it."""
    draft = paper.draft_of(breakdown, words)
    officer.page.locator(f"#d{draft.pk} h3").click()
    expect(officer.page.locator(f"#c{draft.clause.number}[data-on]")).to_be_visible()
    return officer.page.locator(f"#d{draft.pk}")


def told(officer, words):
    expect(officer.page.locator("#messages")).to_contain_text(words)
    officer.page.locator("#messages").evaluate("said => said.replaceChildren()")


def accept_by_keyboard(officer, breakdown):
    page = officer.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    card = page.locator(f"#d{paper.draft_of(breakdown, '病险水库').pk}")
    expect(card).to_be_focused()
    address = page.url
    page.keyboard.press("a")
    told(officer, "已采纳")
    expect(card).to_contain_text("已采纳")
    expect(page.locator("#c4")).to_contain_text("已有任务")
    expect(page.locator("#bench-bar")).to_contain_text("1/6")
    assert page.url == address
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("下一条未落实")
    page.keyboard.press("Escape")


def choose_a_unit(officer, breakdown, who):
    card = on(officer, breakdown, "应急预案")
    officer.page.keyboard.press("a")
    expect(officer.page.locator("#refusal")).to_contain_text("市防办")
    officer.expects(422)
    card.get_by_role("link", name="选定单位").click()
    form = officer.page.locator("dialog[open] form.form")
    form.locator("[name=unit]").evaluate(
        "(e, name) => { e.value = [...e.options].find(o => o.text.includes(name)).value; e.tomselect?.sync(); }",
        who.finance.name,
    )
    form.locator("[name=remember]").check()
    form.locator("button[type=submit]").click()
    told(officer, "已选定单位")
    expect(card).not_to_contain_text("名称待定")


def edit_while_a_colleague_does(officer, team, breakdown):
    draft = paper.draft_of(breakdown, "易涝点")
    on(officer, breakdown, "易涝点")
    officer.page.keyboard.press("e")
    mine = officer.page.locator("dialog[open] form.form")
    mine.locator("[name=responsible]").fill("张三")
    colleague = team("colleague").goes_to(f"{breakdown.get_absolute_url()}?draft={draft.pk}")
    colleague.page.keyboard.press("e")
    theirs = colleague.page.locator("dialog[open] form.form")
    theirs.locator("[name=responsible]").fill("李四")

    mine.locator("button[type=submit]").click()
    told(officer, "已修改")
    theirs.locator("button[type=submit]").click()
    table = colleague.page.locator("dialog[open] table.conflict")
    expect(table).to_contain_text("张三")
    expect(table).to_contain_text("李四")
    colleague.expects(412)
    assert Draft.objects.get(pk=draft.pk).proposed["responsible"] == "张三"


def merge_and_undo(officer, breakdown):
    page, one, two = officer.page, paper.draft_of(breakdown, "易涝点"), paper.draft_of(breakdown, "防汛资金")
    on(officer, breakdown, "防汛资金")
    page.keyboard.press("x")
    on(officer, breakdown, "易涝点")
    page.keyboard.press("m")
    form = page.locator("dialog[open] form.form")
    expect(form).to_be_visible()
    form.locator("button[type=submit]").click()
    told(officer, "已合并")
    assert Draft.objects.get(pk=two.pk).merged_into_id == one.pk
    expect(page.locator("#g7")).to_contain_text("已并入")
    page.keyboard.press("u")
    told(officer, "已撤销上一步")
    assert Draft.objects.get(pk=two.pk).state == "proposed"


def split_and_undo(officer, breakdown):
    page = officer.page
    on(officer, breakdown, "防汛资金")
    page.keyboard.press("s")
    page.locator("dialog[open] [name=parts]").fill("安排防汛资金\n拨付防汛资金")
    page.locator("dialog[open] form.form button[type=submit]").click()
    told(officer, "已拆分")
    expect(page.locator("#g7 article")).to_have_count(2)
    page.keyboard.press("u")
    told(officer, "已撤销上一步")
    expect(page.locator("#g7 article")).to_have_count(1)


def dispose_all_but_one(officer, breakdown):
    page = officer.page
    page.locator("#c3 .cl-text").click()
    page.keyboard.press("p")
    form = page.locator("dialog[open] form.form")
    form.locator("[name=disposition]").select_option("transmit")
    form.locator("[name=reason]").fill("原则要求，传达学习")
    form.locator("button[type=submit]").click()
    told(officer, "已处置")
    expect(page.locator("#c3")).to_contain_text("已处置")
    for words in ("应急预案", "防汛资金", "易涝点"):
        on(officer, breakdown, words)
        page.keyboard.press("a")
        told(officer, "已采纳")
    officer.looks()


def issue(officer, breakdown):
    page = officer.page
    page.locator("#bench-bar").get_by_role("link", name="下达").click()
    expect(page.locator("main")).to_contain_text("还有 1 条没有落实")
    officer.expects(409).looks()
    page.locator("main .entries a").click()
    expect(page.locator("#c8[data-on]")).to_be_in_viewport()
    page.keyboard.press("p")
    form = page.locator("dialog[open] form.form")
    form.locator("[name=disposition]").select_option("not_taken")
    form.locator("[name=reason]").fill("没有具体任务")
    form.locator("button[type=submit]").click()
    told(officer, "已处置")
    page.locator("#bench-bar").get_by_role("link", name="批量补全").click()
    page.locator("dialog[open] form.form button[type=submit]").click()
    told(officer, "已批量补全")
    for draft in Draft.objects.filter(state="accepted"):
        if not draft.proposed["responsible"]:
            page.locator(f"#d{draft.pk} h3").click()
            page.keyboard.press("e")
            page.locator("dialog[open] [name=responsible]").fill("王五")
            page.locator("dialog[open] form.form button[type=submit]").click()
            told(officer, "已修改")
    page.locator("#bench-bar").get_by_role("link", name="下达").click()
    expect(page.locator("main")).to_contain_text("可以交办")
    officer.looks()
    page.locator("main form").get_by_role("button", name="下达").click()
    expect(page.locator("main")).to_contain_text("已下达并交办 4 项")
    officer.looks()
    assert Breakdown.objects.get(pk=breakdown.pk).state == "issued"
