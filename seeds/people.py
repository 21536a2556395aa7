"""The people of the province, invented; and the trial accounts, named by role."""

from __future__ import annotations

from itertools import cycle
from typing import Final

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from organization.models import Department, Post, User
from organization.states import Rank, Role
from seeds.province import SINCE

# Trial account, name, unit, role, title, rank. The whole loop can be walked with the first four.
TRIAL: Final = (
    ("supervisor", "林致远", "市政府督查室", Role.SUPERVISOR, "督查室副主任", Rank.OFFICE),
    ("leader", "沈明岚", "市政府", Role.LEADER, "副市长", Rank.DEPUTY),
    ("chief", "顾大江", "市政府", Role.LEADER, "市长", Rank.CHIEF),
    ("unit_head", "周启川", "市水务局", Role.UNIT_HEAD, "局长", Rank.OTHER),
    ("handler", "何静", "市水务局", Role.HANDLER, "办公室科员", Rank.OTHER),
    ("helper", "许嘉", "市财政局", Role.HANDLER, "办公室科员", Rank.OTHER),
    ("inspector", "唐越", "市政府督查室", Role.INSPECTOR, "督查专员", Rank.OFFICE),
    ("discipline", "严正清", "市纪委监委", Role.DISCIPLINE, "联络员", Rank.OTHER),
    ("auditor", "莫言行", "市数据局", Role.AUDITOR, "审计管理员", Rank.OTHER),
    ("system_admin", "方机明", "市数据局", Role.SYSTEM_ADMIN, "系统管理员", Rank.OTHER),
    ("security_admin", "安思危", "市数据局", Role.SECURITY_ADMIN, "安全管理员", Rank.OTHER),
    ("stranger", "陆远", "市文旅局", Role.HANDLER, "办公室科员", Rank.OTHER),
)
OTHERS: Final = (
    ("secretary", "文秉书", "市政府", Role.LEADER, "秘书长", Rank.SECRETARY),
    ("officer_two", "季复核", "市政府督查室", Role.SUPERVISOR, "督查室科员", Rank.OFFICE),
    ("inspector_two", "宁见微", "市政府督查室", Role.INSPECTOR, "督查专员", Rank.OFFICE),
    ("inspector_audit", "邵审之", "市审计局", Role.INSPECTOR, "督查组成员", Rank.OTHER),
    ("inspector_expert", "钟水生", "市政府督查室", Role.INSPECTOR, "特邀专家", Rank.OTHER),
    ("province_supervisor", "江总览", "省政府督查室", Role.SUPERVISOR, "督查室主任", Rank.OFFICE),
    ("province_leader", "岳平川", "省政府", Role.LEADER, "副省长", Rank.DEPUTY),
    ("county_supervisor", "石清扬", "临溪县政府督查室", Role.SUPERVISOR, "督查室主任", Rank.OFFICE),
    ("county_leader", "桑田", "临溪县政府", Role.LEADER, "副县长", Rank.DEPUTY),
    ("county_head", "甘霖", "临溪县政府", Role.UNIT_HEAD, "县政府办主任", Rank.OTHER),
    ("county_handler", "田禾", "临溪县政府", Role.HANDLER, "县政府办科员", Rank.OTHER),
    ("party_supervisor", "党若愚", "市委督查室", Role.SUPERVISOR, "督查室主任", Rank.OFFICE),
    ("party_leader", "向东", "市委", Role.LEADER, "市委副书记", Rank.DEPUTY),
)
FAMILY: Final = "赵钱孙李吴郑王冯陈褚卫蒋韩杨朱秦尤吕施张孔曹金魏陶姜"
GIVEN: Final = ("文博", "雨晴", "国栋", "思远", "晓芸", "建军", "立新", "海燕", "志强", "春梅", "一鸣", "若兰", "振华")


def settle(units: dict[str, Department], password: str) -> dict[str, User]:
    """Give every unit its people: the named accounts, and a head and a handler for the bureaus that stories happen in.

    Only the named accounts can sign in; hashing is slow by intent, so one hash serves all of them.
    """
    hashed = make_password(password)
    people: dict[str, User] = {}
    for username, name, place, role, title, rank in (*TRIAL, *OTHERS):
        people[username] = _person(username, name, units[place], role, title, rank, hashed)
    names = (f"{family}{given}" for family, given in zip(cycle(FAMILY), cycle(GIVEN), strict=False))
    served = {post.department_id for post in Post.objects.filter(role__in=(Role.HANDLER, Role.UNIT_HEAD))}
    for number, (short, unit) in enumerate(units.items(), start=1):
        if not unit.is_office and (unit.pk not in served or short in ("市财政局", "市文旅局")):
            _fill(people, short, unit, number, names)
    return people


def _fill(people: dict[str, User], short: str, unit: Department, number: int, names: object) -> None:
    for role, title in ((Role.UNIT_HEAD, "主要负责人"), (Role.HANDLER, "办公室科员")):
        if not Post.objects.filter(department=unit, role=role).exists():
            name = next(names)  # type: ignore[call-overload]
            people[f"{role}@{short}"] = _person(f"u{number:03d}_{role}", name, unit, role, title, Rank.OTHER, "!")


def _person(username: str, name: str, unit: Department, role: str, title: str, rank: int, hashed: str) -> User:
    user: User = User(username=username, name=name, is_active=True, password=hashed, password_changed_at=timezone.now())
    user.save()
    Post.objects.create(user=user, department=unit, role=role, title=title, rank=rank, started_on=SINCE)
    return user
