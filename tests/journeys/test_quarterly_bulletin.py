"""季度通报 through real pages: from frozen figures to the paper in the hands of the unit that it names (R28, C10)."""

import io
import re
import zipfile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from supervision.models import Bulletin, Mention
from tests.factories import supervision_informing as informing
from tests.factories import tasks as make
from tests.journeys.conftest import fill

pytestmark = pytest.mark.browser

TITLE = "关于第四季度重点任务落实情况的通报"
BLAME = "市水务局易涝点整治逾期一个月未完成。"
FAIR = "市水务局易涝点整治逾期，12处中9处未完成。"


def test_a_quarterly_bulletin_is_answered_approved_issued_and_received(team, who):
    late = informing.late_task(who)
    draft_from_figures(team)
    bulletin = Bulletin.objects.get()
    figures = bulletin.snapshot
    name_and_hear(team, bulletin, late)
    make.closed(who, matter="拟稿以后才办结的任务")
    approve_and_receive(team, bulletin)

    bulletin, mention = make.fresh(bulletin), Mention.objects.get()
    assert (bulletin.state, bulletin.snapshot, bulletin.approved_by) == ("issued", figures, who.leader)
    assert (mention.state, mention.text, mention.answered_by) == ("accepted", FAIR, who.handler)
    take_the_paper(team, bulletin)


def draft_from_figures(team):
    """The officer names the period; tables and the first sentence come from the figures of this moment."""
    officer, (first_on, last_on) = team("supervisor"), informing.period()
    form = officer.goes_to("/bulletins/").opens("起草通报").page.locator("main form.form")
    fill(form, {
        "title": TITLE, "first_on": first_on.isoformat(), "last_on": last_on.isoformat(),
        "problems": "个别单位推进缓慢。", "addressees": ["市水务局", "市财政局"],
    })  # fmt: skip
    officer.sends(form, "已按当前数据拟稿").reads("逾期未办结").reads("数据截至")


def name_and_hear(team, bulletin, late):
    """Who is blamed reads it first and alone, and is answered; nobody else finds the draft."""
    officer = team("supervisor")
    officer.does("点名", department="市水务局", task=str(late), text=BLAME, negative=True)
    officer.goes_to(bulletin.get_absolute_url())
    officer.is_refused(officer.presses("提请批准"), "市水务局")
    officer.does("征求被点名单位意见").reads("前可提意见")
    for name in ("handler", "stranger"):
        team(name).finds_nothing_at(bulletin.get_absolute_url())

    unit = team("handler").goes_to("/").opens("通报征求意见").reads(BLAME).opens("市水务局")
    unit.does("提出意见", answer="12处中已完成3处").reads("12处中已完成3处")
    officer.goes_to(bulletin.get_absolute_url()).reads("12处中已完成3处")
    officer.does("采纳意见", text=FAIR, decision="已按单位所报更正").reads(FAIR)
    officer.does("提请批准").reads("待批准签发")


def approve_and_receive(team, bulletin):
    """A leader approves; it goes out with its number, to its addressees and to nobody else."""
    leader = team("leader").goes_to("/bulletins/?awaiting=1").opens(TITLE)
    leader.does("批准印发", comment="同意").reads("已印发")
    year = timezone.localdate().year
    expect(leader.page.locator("main")).to_contain_text(re.compile(rf"〔{year}〕1号"))

    unit = team("handler").goes_to("/bulletins/").opens(TITLE).reads(FAIR).does("签收").reads("本单位已签收")
    unit.reads("签发人：副市长")
    team("supervisor").goes_to(f"{bulletin.get_absolute_url()}?tab=receipts").reads("水务经办")
    team("stranger").finds_nothing_at(bulletin.get_absolute_url())


def take_the_paper(team, bulletin):
    """The unit has the paper as Word: the numbered one, with what it was told and not with what was corrected."""
    file = team("handler").goes_to(bulletin.get_absolute_url()).downloads("下载 Word")
    words = re.sub(r"<[^>]+>", "", zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode())
    assert (FAIR in words, bulletin.number in words, BLAME in words) == (True, True, False)
