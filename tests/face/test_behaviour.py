"""What the scripts of the face do for a person, in Chromium under the real content policy."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from playwright.sync_api import Page, Route, expect

from tests.face import mocks
from tests.face.conftest import STATIC, Draw, Server
from tests.face.test_looks import desk, refusal, settle, task

pytestmark = pytest.mark.browser
TYPED = "已完成 3 处易涝点改造，管线迁改滞后，下周协调燃气公司。"


@pytest.fixture
def page(draw: Draw, paper: Server, sheet: Callable[..., Page]) -> Page:
    """Return the desk, opened; /new/ is a form, /tasks/ a list, /tasks/118/ a task with a form."""
    report = {"form": mocks.ReportForm(), "submit": "提交反馈", "draft": "task-118-report"}
    paper.get |= {
        "/": draw("desk.html", desk()),
        "/new/": draw("form.html", {"form": mocks.ReportForm()}),
        "/tasks/": draw("form.html", {"form": mocks.ReportForm()}, path="/tasks/"),
        "/tasks/118/": draw("task.html", {**task(), **report}, path="/tasks/118/"),
        "/login/": draw("plain.html", {}, path="/login/"),
    }
    paper.post |= {"/new/": (422, draw("form.html", {"form": mocks.report_form()}))}
    page = sheet()
    page.goto(paper.url)
    return page


def new(page: Page) -> Any:
    page.get_by_role("link", name="新建督查事项").click()
    return page.get_by_role("dialog", name="交办")


def test_a_dialog_takes_the_focus_and_gives_it_back(page: Page) -> None:
    dialog = new(page)
    expect(dialog.get_by_label("进展情况")).to_be_focused()

    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="新建督查事项")).to_be_focused()
    assert page.complaints == page.evaluate("violations") == []  # type: ignore[attr-defined]


def test_a_form_with_errors_comes_back_into_its_dialog(page: Page) -> None:
    dialog = new(page)

    dialog.get_by_label("进展情况").fill("已开工。")
    dialog.get_by_role("button", name="交办").click()

    expect(dialog.locator(".error-summary")).to_be_focused()
    expect(dialog.get_by_label("进展情况")).to_have_value("已开工。")


def test_a_searchable_list_comes_back_into_its_dialog(page: Page, paper: Server, draw: Draw) -> None:
    paper.get["/new/"] = draw("form.html", {"form": mocks.AssignForm()})
    paper.post["/new/"] = (400, draw("form.html", {"form": mocks.assign_form()}))
    dialog = new(page)
    expect(dialog.get_by_role("combobox", name="协办单位")).to_be_visible()

    dialog.get_by_role("button", name="交办").click()

    expect(dialog.locator(".item", has_text="市住建局")).to_be_visible()
    expect(dialog.locator(".ts-wrapper")).to_have_count(2)
    assert page.evaluate("violations") == []


def test_a_chosen_file_outlives_an_error(page: Page) -> None:
    dialog = new(page)
    dialog.get_by_label("佐证材料").set_input_files(
        {"name": "检测报告.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )

    dialog.get_by_role("button", name="交办").click()

    expect(dialog.locator(".error-summary")).to_be_visible()
    assert page.evaluate("document.querySelector('#dialog input[type=file]').files[0].name") == "检测报告.pdf"


def test_an_accepted_form_leads_where_the_server_says(page: Page, paper: Server) -> None:
    paper.post["/new/"] = (302, "/tasks/118/")
    dialog = new(page)

    dialog.get_by_role("button", name="交办").click()

    expect(page).to_have_url(paper.url + "/tasks/118/")


@pytest.mark.parametrize("template", ["errors/_refusal.html", "errors/refusal.html"])
def test_a_refusal_leaves_what_was_typed(template: str, page: Page, paper: Server, draw: Draw) -> None:
    paper.post["/new/"] = (412, draw(template, refusal()))
    dialog = new(page)

    dialog.get_by_label("进展情况").fill(TYPED)
    dialog.get_by_role("button", name="交办").click()

    expect(dialog.get_by_role("heading", name="没有办理：内容刚刚被别人改过")).to_be_visible()
    expect(dialog.get_by_label("进展情况")).to_have_value(TYPED)


def test_a_lost_connection_is_said_and_loses_nothing(page: Page) -> None:
    dialog = new(page)
    page.route("**/new/", lambda route: route.abort())

    dialog.get_by_label("进展情况").fill(TYPED)
    dialog.get_by_role("button", name="交办").click()

    expect(dialog.get_by_text("没有连上服务器，还没有提交。")).to_be_visible()
    expect(dialog.get_by_label("进展情况")).to_have_value(TYPED)


def test_a_fault_of_ours_is_said_and_loses_nothing(page: Page, paper: Server, draw: Draw) -> None:
    paper.post["/new/"] = (500, draw("errors/500.html", {"status": 500}))
    dialog = new(page)

    dialog.get_by_label("进展情况").fill(TYPED)
    dialog.get_by_role("button", name="交办").click()

    expect(dialog.get_by_text("系统出错").first).to_be_visible()
    expect(dialog.get_by_label("进展情况")).to_have_value(TYPED)


def test_an_ended_session_leads_to_the_login_page(page: Page, paper: Server) -> None:
    paper.get["/new/"] = (302, "/login/")

    page.get_by_role("link", name="新建督查事项").click()

    expect(page).to_have_url(paper.url + "/login/")


def kept(page: Page) -> list[str]:
    """Return what the browser still holds of the work; htmx notes the address of the page, which is none."""
    keys = page.evaluate("[...Object.keys(sessionStorage), ...Object.keys(localStorage)]")
    return [key for key in keys if key != "htmx-current-path-for-history"]


def typed(page: Page, paper: Server) -> Any:
    page.goto(paper.url + "/tasks/118/")
    field = page.get_by_label("进展情况")
    field.fill(TYPED)
    expect(page.get_by_text("草稿已暂存于本页")).to_be_visible()
    return field


def test_a_draft_outlives_a_reload(page: Page, paper: Server) -> None:
    field = typed(page, paper)

    page.reload()

    expect(field).to_have_value(TYPED)
    expect(page.get_by_text("已恢复上次未提交的草稿")).to_be_visible()


def test_an_accepted_draft_is_forgotten(page: Page, paper: Server, draw: Draw) -> None:
    field = typed(page, paper)
    context = {
        **task(),
        "form": mocks.ReportForm(),
        "draft": "task-118-report",
        "messages": [Message(SUCCESS, "已提交。")],
    }
    paper.post["/tasks/118/"] = draw("task.html", context, path="/tasks/118/")

    page.get_by_role("button", name="提交反馈").click()

    expect(page.get_by_text("已提交。")).to_be_visible()
    expect(field).to_have_value("")
    assert kept(page) == []


def test_a_refused_draft_is_there_on_the_way_back(page: Page, paper: Server, draw: Draw) -> None:
    field = typed(page, paper)
    paper.post["/tasks/118/"] = (409, draw("errors/refusal.html", refusal() | {"status": 409}, path="/tasks/118/"))

    page.get_by_role("button", name="提交反馈").click()
    page.get_by_role("link", name="返回上一页").click()

    expect(field).to_have_value(TYPED)


def test_a_draft_is_not_shown_to_the_next_person(page: Page, paper: Server, draw: Draw) -> None:
    field = typed(page, paper)
    other = mocks.person()
    other.pk = 8
    context = {**task(), "form": mocks.ReportForm(), "draft": "task-118-report"}
    paper.get["/tasks/118/"] = draw("task.html", context, path="/tasks/118/", user=other)

    page.reload()

    expect(field).to_have_value("")
    assert kept(page) == []


def test_leaving_empties_the_browser(page: Page, paper: Server, draw: Draw) -> None:
    typed(page, paper)
    paper.post["/logout/"] = draw("plain.html", {}, path="/login/")

    page.locator(".identity").click()
    page.get_by_role("button", name="退出").click()

    expect(page.get_by_role("main")).to_be_visible()
    assert kept(page) == []


def test_a_form_is_sent_once_however_often_it_is_clicked(page: Page, paper: Server) -> None:
    waiting: list[Route] = []
    page.goto(paper.url + "/tasks/118/")
    page.route("**/tasks/118/", lambda route: waiting.append(route))

    page.get_by_role("button", name="提交反馈").dblclick(no_wait_after=True)
    page.wait_for_timeout(200)

    assert len(waiting) == 1
    waiting[0].abort()


def test_the_keyboard_reaches_search_rows_and_pages(page: Page, paper: Server) -> None:
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="搜索任务")).to_be_focused()
    page.keyboard.type("gt?")
    expect(page.get_by_role("searchbox", name="搜索任务")).to_have_value("gt?")

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘操作").get_by_text("逾期看板")).to_be_visible()
    page.keyboard.press("Escape")

    for key in "jjkx":
        page.keyboard.press(key)
    expect(page.get_by_role("checkbox", name="选中 督〔2026〕118号")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks/118/")

    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page).to_have_url(paper.url + "/tasks/")


def test_all_rows_are_chosen_at_once(page: Page) -> None:
    page.get_by_role("checkbox", name="全选").check()

    expect(page.get_by_text("已选 8 项")).to_be_visible()
    page.get_by_role("checkbox", name="选中 督〔2026〕118号").uncheck()
    expect(page.get_by_text("已选 7 项")).to_be_visible()


def test_a_mark_in_a_chart_opens_the_rows_it_counts(page: Page, paper: Server) -> None:
    settle(page)
    page.wait_for_timeout(400)
    box = page.locator("[data-chart=units] path[fill='#d0383f']").first.bounding_box()
    assert box

    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("[data-chart=units]").get_by_text("逾期").nth(1)).to_be_visible()
    page.mouse.down()
    page.mouse.up()

    expect(page).to_have_url(re.compile(r"/tasks/\?unit=0&light=red$"))
    assert page.complaints == page.evaluate("violations") == []  # type: ignore[attr-defined]


def test_dark_and_large_are_remembered(page: Page) -> None:
    page.get_by_label("显示设置").click()
    page.get_by_role("button", name="深色").click()
    page.get_by_role("button", name="大字版").click()

    page.reload()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-size", "large")


def test_a_long_list_is_searched_by_typing(page: Page, paper: Server, draw: Draw) -> None:
    paper.get["/assign/"] = draw("form.html", {"form": mocks.AssignForm()})
    page.goto(paper.url + "/assign/")

    page.get_by_role("combobox", name="协办单位").fill("财政")
    page.keyboard.press("Enter")

    assert page.evaluate("[...document.querySelector('#id_helpers').selectedOptions].map((o) => o.text)") == [
        "市财政局"
    ]
    assert page.complaints == page.evaluate("violations") == []  # type: ignore[attr-defined]


def test_the_first_page_is_light(page: Page, paper: Server) -> None:
    """At most 12 requests and 350 KB on the wire (ui.md); this page has charts, most have none."""
    loaded: list[str] = []
    page.on("response", lambda answer: loaded.append(answer.url.removeprefix(paper.url)))

    page.reload(wait_until="networkidle")

    weight = {path: on_the_wire(path, paper) for path in loaded}
    assert len(weight) <= 12
    assert sum(weight.values()) <= 350_000, weight


def on_the_wire(path: str, paper: Server) -> int:
    """Return the bytes of an address as the server sends it to a browser that understands gzip."""
    if path == "/":
        return len(gzip.compress(paper.get["/"].encode()))
    start = next(start for start in STATIC if path.startswith(start))
    file = STATIC[start] / path.removeprefix(start)
    body = file.read_bytes()
    return len(body) if file.suffix == ".woff2" else len(gzip.compress(body))
