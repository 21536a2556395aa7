import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import organization.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "username",
                    models.CharField(
                        max_length=64,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="用户名",
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="姓名")),
                (
                    "employee_no",
                    models.CharField(blank=True, max_length=32, null=True, unique=True, verbose_name="工号"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "人员"), ("client", "系统")],
                        default="person",
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("is_active", models.BooleanField(default=False, verbose_name="在用")),
                ("must_change_password", models.BooleanField(default=False, verbose_name="须改密码")),
                ("password_changed_at", models.DateTimeField(blank=True, null=True, verbose_name="密码修改时间")),
                ("deactivated_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="建立时间"),
                ),
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "client"])), name="user_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_active", False), ("deactivated_at", None), _connector="OR"),
                        name="user_left_is_not_active",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(blank=True, default="", max_length=12, verbose_name="地区")),
                ("day", models.DateField(verbose_name="日期")),
                ("is_workday", models.BooleanField(verbose_name="上班")),
                ("name", models.CharField(blank=True, default="", max_length=64, verbose_name="名称")),
                ("source", models.CharField(blank=True, default="", max_length=128, verbose_name="依据")),
            ],
            options={
                "verbose_name": "日历日",
                "verbose_name_plural": "日历日",
                "ordering": ["region", "day"],
                "constraints": [models.UniqueConstraint(fields=("region", "day"), name="calendar_day_is_set_once")],
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("region", models.CharField(blank=True, default="", max_length=12, verbose_name="地区")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                (
                    "status",
                    models.CharField(
                        choices=[("published", "已公布"), ("provisional", "暂定")],
                        default="provisional",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=128, verbose_name="依据")),
            ],
            options={
                "verbose_name": "日历年度",
                "verbose_name_plural": "日历年度",
                "ordering": ["region", "year"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "year"), name="calendar_year_is_set_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["published", "provisional"])),
                        name="calendar_year_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1949), ("year__lte", 2199)), name="calendar_year_is_plausible"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=128, verbose_name="全称")),
                ("short", models.CharField(max_length=64, verbose_name="简称")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="别名")),
                (
                    "level",
                    models.CharField(
                        choices=[("province", "省级"), ("city", "市级"), ("county", "县级"), ("township", "乡级")],
                        default="city",
                        max_length=10,
                        verbose_name="层级",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("party", "党委系统"), ("government", "政府系统"), ("other", "其他")],
                        default="government",
                        max_length=10,
                        verbose_name="系统",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party_committee", "党委"),
                            ("government", "人民政府"),
                            ("party", "党委部门"),
                            ("department", "政府部门"),
                            ("zone", "开发区管委会"),
                            ("enterprise", "国有企业"),
                            ("internal", "内设机构"),
                            ("other", "其他单位"),
                        ],
                        default="department",
                        max_length=16,
                        verbose_name="类型",
                    ),
                ),
                ("is_office", models.BooleanField(default=False, verbose_name="督查机构")),
                ("path", models.CharField(default="", editable=False, max_length=100)),
                ("jurisdiction_path", models.CharField(default="", editable=False, max_length=100)),
                ("region", models.CharField(blank=True, default="", editable=False, max_length=12)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="排序")),
                (
                    "district_code",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        null=True,
                        unique=True,
                        validators=[organization.codes.validate_district_code],
                        verbose_name="行政区划代码",
                    ),
                ),
                (
                    "uscc",
                    models.CharField(
                        blank=True,
                        max_length=18,
                        null=True,
                        unique=True,
                        validators=[organization.codes.validate_uscc],
                        verbose_name="统一社会信用代码",
                    ),
                ),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate, verbose_name="启用日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="撤销日")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organization.department",
                        verbose_name="上级单位",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organization.department",
                        verbose_name="承继单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
                "ordering": ["position", "pk"],
                "indexes": [
                    models.Index(fields=["path"], name="department_path"),
                    models.Index(fields=["short"], name="department_short"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["province", "city", "county", "township"])),
                        name="department_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["party", "government", "other"])),
                        name="department_side_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "party_committee",
                                    "government",
                                    "party",
                                    "department",
                                    "zone",
                                    "enterprise",
                                    "internal",
                                    "other",
                                ],
                            )
                        ),
                        name="department_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="department_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("successor", None), ("valid_to__isnull", False), _connector="OR"),
                        name="department_successor_only_when_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="department_is_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("district_code", ""), _negated=True), models.Q(("uscc", ""), _negated=True)
                        ),
                        name="department_codes_are_null_not_blank",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)),
                        fields=("parent", "name"),
                        name="department_name_is_unique_among_siblings",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("parent", None), ("valid_to", None)),
                        fields=("name",),
                        name="department_root_name_is_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepartmentName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=128, verbose_name="全称")),
                ("short", models.CharField(max_length=64, verbose_name="简称")),
                ("valid_from", models.DateField(verbose_name="启用日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="organization.department"
                    ),
                ),
            ],
            options={
                "verbose_name": "单位曾用名",
                "verbose_name_plural": "单位曾用名",
                "ordering": ["valid_from", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)),
                        fields=("department",),
                        name="department_bears_one_name_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="department_name_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("supervisor", "督查员"),
                            ("leader", "领导"),
                            ("unit_head", "单位负责人"),
                            ("handler", "经办人"),
                            ("inspector", "督查组成员"),
                            ("discipline", "纪检监察联络员"),
                            ("auditor", "审计管理员"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                        ],
                        max_length=16,
                        verbose_name="角色",
                    ),
                ),
                ("title", models.CharField(blank=True, default="", max_length=64, verbose_name="职务")),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "主要领导"),
                            (2, "分管领导"),
                            (3, "秘书长、办公室主任"),
                            (4, "督查机构"),
                            (5, "其他"),
                        ],
                        default=5,
                        verbose_name="层次",
                    ),
                ),
                ("started_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="任职日")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="免职日")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "portfolio",
                    models.ManyToManyField(
                        blank=True, related_name="overseen_by", to="organization.department", verbose_name="分管单位"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "岗位",
                "verbose_name_plural": "岗位",
                "ordering": ["rank", "started_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "supervisor",
                                    "leader",
                                    "unit_head",
                                    "handler",
                                    "inspector",
                                    "discipline",
                                    "auditor",
                                    "system_admin",
                                    "security_admin",
                                ],
                            )
                        ),
                        name="post_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rank__in", [1, 2, 3, 4, 5])), name="post_rank_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="post_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("user", "department", "role"),
                        name="post_is_held_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("role__in", ("system_admin", "security_admin", "auditor"))
                        ),
                        fields=("user",),
                        name="post_one_admin_role_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="收回时间")),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations_held",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="受托人",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "principal_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="organization.post",
                        verbose_name="委托岗位",
                    ),
                ),
            ],
            options={
                "verbose_name": "委托",
                "verbose_name_plural": "委托",
                "ordering": ["-starts_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="delegation_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="delegation_revoked_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Client",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=64, verbose_name="名称")),
                ("prefix", models.CharField(editable=False, max_length=16, unique=True)),
                ("hashed_key", models.CharField(editable=False, max_length=150)),
                ("scopes", models.JSONField(default=list, verbose_name="权限范围")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="吊销时间")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="organization.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "系统接入",
                "verbose_name_plural": "系统接入",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "delegation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organization.delegation",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organization.post",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "会话",
                "verbose_name_plural": "会话",
                "abstract": False,
            },
        ),
    ]
