"""How long it takes to find alike tasks: ``python -m benchmarks.alike [DRAFTS TASKS]`` (500 and 5,000 unless told).

Matters are made of the made papers' words; a tenth of the drafts is a rewording of a task. Goal: 500 x 5,000 in 3 s.
Printed are the seconds, the pairs a second, how many rewordings were found, and how many drafts without one got a note.
"""

from __future__ import annotations

import os
import random
import sys
import time

GOAL_SECONDS = 3.0
VERBS = ("完成", "推进", "开展", "实施", "加快", "修订", "建立", "组织", "启动", "落实")
OBJECTS = (
    "水库", "易涝点", "应急预案", "老旧小区", "农村供水", "医保基金", "中小学学位", "园区污水", "招商项目",
    "政务服务", "森林防火", "公交线路",
    "危旧房屋", "高标准农田", "养老机构", "粮食仓储", "地质灾害点", "重点企业", "文物保护", "充电设施",
    "城市河道", "职业技能", "疫苗接种",
    "社会信用", "燃气管网", "校园食堂", "快递网点", "电动自行车", "夜间经济", "古树名木",
)  # fmt: skip
ACTIONS = (
    "除险加固", "排查整治", "提升改造", "专项监管", "扩容建设", "清单管理", "线路优化", "安全鉴定",
    "信息登记", "培训演练", "督导检查",
    "布局规划", "帮扶服务", "绩效评价", "智能监测", "宣传引导",
)  # fmt: skip
ENDINGS = ("并通过验收", "形成长效机制", "确保年底前见效", "建立台账销号管理", "按季度通报进展", "覆盖所有乡镇", "")
PLACES = ("东城区", "西山县", "南湖县", "北港区", "云涧县", "开发区", "全市", "各县区", "沿江片区", "老城片区")


def matter(rng: random.Random) -> str:
    """Return a made matter."""
    count = rng.choice(("", f"{rng.randint(2, 60)}个", f"{rng.randint(2, 60)}处", f"第{rng.randint(1, 9)}批"))
    one, two = (f"{rng.choice(OBJECTS)}{rng.choice(ACTIONS)}" for _thing in range(2))
    return f"{rng.choice(VERBS)}{rng.choice(PLACES)}{count}{one}和{two}{rng.choice(ENDINGS)}"


def reworded(text: str, rng: random.Random) -> str:
    """Return a matter as another office would put it: another verb, another ending."""
    words = rng.choice(VERBS) + text[2:]
    ending = next((one for one in ENDINGS if one and words.endswith(one)), "")
    return f"{words.removesuffix(ending)}工作" if ending else f"{words}工作"


def main() -> int:
    """Print the figures. Returns the exit code."""
    os.environ.update(SECRET_KEY="benchmark-" * 6, EMBEDDED_TRIAL="0", DJANGO_SETTINGS_MODULE="config.settings")
    import django

    django.setup()
    from tasks.operations.breakdowns import alike

    drafts, tasks = (int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (500, 5000)
    rng = random.Random(7)  # noqa: S311 - made words
    others = [matter(rng) for _task in range(tasks)]
    mine = [reworded(others[n], rng) if n % 10 == 0 else matter(rng) for n in range(drafts)]
    begin = time.perf_counter()
    rows = [alike.words(text, clause=f"{text}。（责任单位：市水务局）", lead=n % 40) for n, text in enumerate(mine)]
    theirs = [alike.words(text, clause=f"{text}。", lead=n % 40) for n, text in enumerate(others)]
    found = alike.nearest(rows, [*theirs, *rows])
    spent = time.perf_counter() - begin
    hits = sum(any(place == n for place, _score in found[n]) for n in range(0, drafts, 10))
    noise = sum(bool(found[n]) for n in range(drafts) if n % 10)
    made = len(range(0, drafts, 10))
    speed = drafts * (tasks + drafts) / spent / 1e6
    sys.stdout.write(
        f"{drafts:,} x {tasks + drafts:,}: {spent:.2f} s ({speed:.1f} million pairs/s)\n"
        f"rewordings found {hits} of {made}; others with a note {noise} of {drafts - made}\n"
    )
    return 0 if spent <= GOAL_SECONDS * drafts * tasks / 2_500_000 else 1


if __name__ == "__main__":
    sys.exit(main())
