import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import workflow.models.attachment
import workflow.moments


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organization", "0002_calendar"),
        ("organization", "__first__"),
        ("tasks", "0006_closure_says_why_each_check_failed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("consulting", "征求意见"),
                            ("pending", "待批准签发"),
                            ("issued", "已印发"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("first_on", models.DateField(verbose_name="统计期起")),
                ("last_on", models.DateField(verbose_name="统计期止")),
                ("snapshot", models.JSONField(editable=False, verbose_name="数据快照")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="快照摘要")),
                ("frozen_at", models.DateTimeField(editable=False, verbose_name="数据截至")),
                ("overview", models.TextField(blank=True, default="", verbose_name="总体情况")),
                ("merits", models.TextField(blank=True, default="", verbose_name="成效和典型")),
                ("problems", models.TextField(blank=True, default="", verbose_name="存在问题")),
                ("demands", models.TextField(blank=True, default="", verbose_name="下一步要求")),
                ("answer_until", models.DateTimeField(editable=False, null=True, verbose_name="征求意见截止")),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="编号")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="撤回原因")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查机构",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "通报",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "consulting", "pending", "issued", "withdrawn"])),
                        name="bulletin_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))), name="bulletin_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(("approved_at__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="bulletin_issued_is_approved_and_numbered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bulletin_approved_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bulletin_withdrawn_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="bulletin_withdrawn_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("pending", "待审批"),
                            ("returned", "退回修改"),
                            ("published", "已发布"),
                            ("expired", "已到期下架"),
                            ("withdrawn", "已撤下"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("positive", "正面典型"), ("negative", "反面典型")], max_length=16, verbose_name="类别"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("story", models.TextField(verbose_name="内容")),
                ("anonymised", models.BooleanField(default=False, verbose_name="隐去名称")),
                ("names", models.JSONField(default=list, verbose_name="替换的名称")),
                ("told_title", models.CharField(max_length=400, verbose_name="对外标题")),
                ("told_story", models.TextField(verbose_name="对外内容")),
                ("review_on", models.DateField(verbose_name="复审日期")),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="复审时间")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("ended_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="下架原因")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟稿人",
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查机构",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("tasks", models.ManyToManyField(related_name="+", to="tasks.task", verbose_name="关联任务")),
                (
                    "units",
                    models.ManyToManyField(related_name="+", to="organization.department", verbose_name="涉及单位"),
                ),
            ],
            options={
                "verbose_name": "典型案例",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "pending", "returned", "published", "expired", "withdrawn"])
                        ),
                        name="case_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["positive", "negative"])), name="case_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_approved_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_reviewed_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published", "expired")), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="case_published_is_approved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done", models.TextField(verbose_name="整改完成情况")),
                ("due_on", models.DateField(verbose_name="整改期限")),
                ("claimed_at", models.DateTimeField(verbose_name="申报时间")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("done", "已完成"), ("part", "部分完成"), ("not", "未完成"), ("false", "虚假整改")],
                        default="",
                        max_length=8,
                        verbose_name="核验结果",
                    ),
                ),
                ("opinion", models.TextField(blank=True, default="", verbose_name="核验意见")),
                ("verified_at", models.DateTimeField(null=True, verbose_name="核验时间")),
                (
                    "claimed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("evidence", models.ManyToManyField(related_name="+", to="tasks.evidence", verbose_name="佐证材料")),
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "整改申报",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", ""), ("result__in", ["done", "part", "not", "false"]), _connector="OR"
                        ),
                        name="claim_result_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", ""), ("verified_at", None), ("verified_by", None)),
                            models.Q(
                                ("verified_at__isnull", False),
                                ("verified_by__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="claim_verified_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                ("department_name", models.CharField(max_length=128, verbose_name="单位名称")),
                ("person_name", models.CharField(blank=True, default="", max_length=64, verbose_name="姓名")),
                ("person_post", models.CharField(blank=True, default="", max_length=64, verbose_name="职务")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("pending", "待行政首长批准"),
                            ("returned", "退回修改"),
                            ("approved", "已批准待移送"),
                            ("transferred", "已移送"),
                            ("answered", "已反馈"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("duty_violation", "涉嫌职务违法，移送监察机关"),
                            ("duty_crime", "涉嫌职务犯罪，移送监察机关"),
                            ("other_crime", "涉嫌其他犯罪，移送司法机关"),
                        ],
                        max_length=16,
                        verbose_name="线索类别",
                    ),
                ),
                ("facts", models.TextField(verbose_name="线索内容")),
                ("source", models.CharField(max_length=200, verbose_name="线索来源")),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="编号")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("transferred_at", models.DateTimeField(null=True, verbose_name="移送时间")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "已受理"), ("not_accepted", "不予受理"), ("passed_on", "已转有权机关")],
                        default="",
                        max_length=16,
                        verbose_name="受理情况",
                    ),
                ),
                ("reply", models.TextField(blank=True, default="", verbose_name="书面反馈")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="反馈时间")),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="撤回原因")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提请批准人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟稿人",
                    ),
                ),
                ("evidence", models.ManyToManyField(related_name="+", to="tasks.evidence", verbose_name="佐证材料")),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查机构",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="本系统账号",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="移送机关",
                    ),
                ),
                ("tasks", models.ManyToManyField(related_name="+", to="tasks.task", verbose_name="关联任务")),
                (
                    "transferred_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "线索移送单",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "pending", "returned", "approved", "transferred", "answered", "withdrawn"],
                            )
                        ),
                        name="clue_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["duty_violation", "duty_crime", "other_crime"])),
                        name="clue_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clue_approved_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("transferred_at", None), ("transferred_by", None)),
                            models.Q(("transferred_at__isnull", False), ("transferred_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clue_transferred_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clue_answered_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("transferred", "answered")), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("number__isnull", False),
                                ("transferred_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="clue_handed_over_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["accepted", "not_accepted", "passed_on"]), ("state", "answered")),
                            models.Q(models.Q(("state", "answered"), _negated=True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="clue_answered_iff_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                ("department_name", models.CharField(max_length=128, verbose_name="单位名称")),
                ("person_name", models.CharField(blank=True, default="", max_length=64, verbose_name="姓名")),
                ("person_post", models.CharField(blank=True, default="", max_length=64, verbose_name="职务")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("pending", "待行政首长批准"),
                            ("returned", "退回修改"),
                            ("approved", "已批准"),
                            ("published", "已公布"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("commendation", "通报表扬"),
                            ("incentive", "激励"),
                            ("exemption", "一定期限内免督查"),
                        ],
                        max_length=16,
                        verbose_name="形式",
                    ),
                ),
                ("deed", models.TextField(verbose_name="事迹")),
                ("basis", models.TextField(verbose_name="依据")),
                ("exempt_until", models.DateField(null=True, verbose_name="免督查至")),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="编号")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("published_at", models.DateTimeField(null=True, verbose_name="公布时间")),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="撤回原因")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟稿人",
                    ),
                ),
                ("evidence", models.ManyToManyField(related_name="+", to="tasks.evidence", verbose_name="佐证材料")),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查机构",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="本系统账号",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("tasks", models.ManyToManyField(related_name="+", to="tasks.task", verbose_name="关联任务")),
            ],
            options={
                "verbose_name": "表扬激励",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "pending", "returned", "approved", "published", "withdrawn"])
                        ),
                        name="commendation_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["commendation", "incentive", "exemption"])),
                        name="commendation_form_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exempt_until__isnull", False), ("form", "exemption")),
                            models.Q(models.Q(("form", "exemption"), _negated=True), ("exempt_until", None)),
                            _connector="OR",
                        ),
                        name="commendation_exemption_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="commendation_approved_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", None)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="commendation_published_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("approved", "published")), _negated=True),
                            models.Q(("approved_at__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="commendation_approved_has_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("issued", "待单位答复"),
                            ("disputed", "有异议，待裁定"),
                            ("accepted", "已认可"),
                            ("rectifying", "整改中"),
                            ("settled", "已整改"),
                            ("undone", "未整改结案"),
                            ("dropped", "已撤销"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("department_name", models.CharField(max_length=128, verbose_name="单位")),
                ("number", models.PositiveSmallIntegerField(null=True, verbose_name="问题编号")),
                ("fact", models.TextField(verbose_name="问题事实")),
                ("basis", models.TextField(verbose_name="依据")),
                (
                    "severity",
                    models.CharField(
                        choices=[("ordinary", "一般"), ("serious", "较重"), ("grave", "严重")],
                        default="ordinary",
                        max_length=16,
                        verbose_name="严重程度",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("", "无"),
                            ("funds", "资金未落实"),
                            ("land", "用地或征拆"),
                            ("approval", "审批未完成"),
                            ("coordination", "等待其他单位"),
                            ("policy", "政策依据不明"),
                            ("capacity", "力量不足"),
                            ("external", "不可抗力或外部原因"),
                            ("unreasonable", "要求不合实际"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                        verbose_name="原因类别",
                    ),
                ),
                ("issued_at", models.DateTimeField(null=True, verbose_name="下达时间")),
                ("answer_until", models.DateField(null=True, verbose_name="答复期限")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("answer", models.TextField(blank=True, default="", verbose_name="单位意见")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="裁定时间")),
                ("decision", models.TextField(blank=True, default="", verbose_name="裁定理由")),
                ("end_reason", models.TextField(blank=True, default="", verbose_name="结案原因")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="整改完成时间")),
                ("rechecked_at", models.DateTimeField(null=True, verbose_name="回头看时间")),
                ("relapsed_at", models.DateTimeField(null=True, verbose_name="反弹时间")),
                ("relapses", models.PositiveSmallIntegerField(default=0, verbose_name="反弹次数")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                ("evidence", models.ManyToManyField(related_name="+", to="tasks.evidence", verbose_name="任务佐证")),
                (
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recurrence_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recurrences",
                        to="supervision.finding",
                        verbose_name="重复发生",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tasks.task",
                        verbose_name="关联任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["department", "state"], name="finding_by_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "issued",
                                    "disputed",
                                    "accepted",
                                    "rectifying",
                                    "settled",
                                    "undone",
                                    "dropped",
                                ],
                            )
                        ),
                        name="finding_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["ordinary", "serious", "grave"])),
                        name="finding_severity_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("cause", ""), _negated=True), name="finding_has_cause"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer_until", None), ("issued_at", None), ("issued_by", None), ("number", None)
                            ),
                            models.Q(
                                ("answer_until__isnull", False),
                                ("issued_at__isnull", False),
                                ("issued_by__isnull", False),
                                ("number__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="finding_issued_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "dropped"]), ("issued_at__isnull", False), _connector="OR"
                        ),
                        name="finding_told_is_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="finding_answered_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="finding_decided_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", False), ("state", "settled")),
                            models.Q(models.Q(("state", "settled"), _negated=True), ("settled_at", None)),
                            _connector="OR",
                        ),
                        name="finding_settled_iff_settled_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), _negated=True),
                            models.Q(("end_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="finding_undone_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Accountability",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                ("department_name", models.CharField(max_length=128, verbose_name="单位名称")),
                ("person_name", models.CharField(blank=True, default="", max_length=64, verbose_name="姓名")),
                ("person_post", models.CharField(blank=True, default="", max_length=64, verbose_name="职务")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("pending", "待行政首长批准"),
                            ("returned", "退回修改"),
                            ("approved", "已批准待移交"),
                            ("transferred", "已移送"),
                            ("answered", "已反馈"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                (
                    "subject",
                    models.CharField(
                        choices=[("organisation", "单位"), ("cadre", "领导干部")],
                        max_length=16,
                        verbose_name="对象类别",
                    ),
                ),
                ("facts", models.TextField(verbose_name="事实")),
                ("basis", models.TextField(verbose_name="依据")),
                ("directions", models.JSONField(default=list, verbose_name="建议方向")),
                ("suggestion", models.TextField(blank=True, default="", verbose_name="具体建议")),
                ("tolerance", models.JSONField(default=list, verbose_name="容错情形")),
                ("tolerance_opinion", models.TextField(blank=True, default="", verbose_name="容错评估意见")),
                ("assessed_at", models.DateTimeField(null=True, verbose_name="评估时间")),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="编号")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("transferred_at", models.DateTimeField(null=True, verbose_name="移送时间")),
                (
                    "adoption",
                    models.CharField(
                        blank=True,
                        choices=[("adopted", "采纳"), ("partly", "部分采纳"), ("not_adopted", "不采纳")],
                        default="",
                        max_length=16,
                        verbose_name="采纳情况",
                    ),
                ),
                ("reply", models.TextField(blank=True, default="", verbose_name="书面反馈")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="反馈时间")),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="撤回原因")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟稿人",
                    ),
                ),
                ("evidence", models.ManyToManyField(related_name="+", to="tasks.evidence", verbose_name="佐证材料")),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查机构",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="本系统账号",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="移送机关",
                    ),
                ),
                ("tasks", models.ManyToManyField(related_name="+", to="tasks.task", verbose_name="关联任务")),
                (
                    "transferred_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "findings",
                    models.ManyToManyField(related_name="+", to="supervision.finding", verbose_name="督查发现的问题"),
                ),
            ],
            options={
                "verbose_name": "问责建议书",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["organiser", "state"], name="accountability_by_organiser")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "pending", "returned", "approved", "transferred", "answered", "withdrawn"],
                            )
                        ),
                        name="accountability_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject__in", ["organisation", "cadre"])),
                        name="accountability_subject_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject", "cadre"), _negated=True),
                            models.Q(("person_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="accountability_cadre_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assessed_at", None), ("assessed_by", None)),
                            models.Q(("assessed_at__isnull", False), ("assessed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accountability_assessed_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accountability_approved_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("transferred_at", None), ("transferred_by", None)),
                            models.Q(("transferred_at__isnull", False), ("transferred_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accountability_transferred_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accountability_answered_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adoption__in", ["adopted", "partly", "not_adopted"]), ("state", "answered")),
                            models.Q(models.Q(("state", "answered"), _negated=True), ("adoption", "")),
                            _connector="OR",
                        ),
                        name="accountability_answered_iff_adoption",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Informant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, verbose_name="反映人")),
                ("contact", models.CharField(blank=True, default="", max_length=200, verbose_name="联系方式")),
                ("wishes", models.CharField(blank=True, default="", max_length=500, verbose_name="保密要求及其他")),
                (
                    "clue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="informant", to="supervision.clue"
                    ),
                ),
            ],
            options={
                "verbose_name": "反映人",
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟制中"),
                            ("pending", "待审批"),
                            ("approved", "已批准"),
                            ("running", "督查中"),
                            ("reported", "已报告"),
                            ("concluded", "已作结论"),
                            ("finished", "已办结"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="督查名称")),
                ("topic", models.CharField(max_length=60, verbose_name="主题词")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comprehensive", "综合督查"),
                            ("special", "专项督查"),
                            ("incident", "事件调查"),
                            ("daily", "日常督办"),
                            ("clue", "线索核查"),
                        ],
                        max_length=16,
                        verbose_name="督查类型",
                    ),
                ),
                ("methods", models.JSONField(default=list, verbose_name="督查方式")),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("central", "党中央、国务院决策部署"),
                            ("deployment", "上级和本级政府部署"),
                            ("duty", "法定职责履行"),
                            ("efficiency", "所属部门和下级政府行政效能"),
                        ],
                        max_length=16,
                        verbose_name="督查内容类别",
                    ),
                ),
                ("party", models.BooleanField(default=False, verbose_name="党委督查事项")),
                ("joint", models.BooleanField(default=False, verbose_name="联合督查")),
                ("covert", models.BooleanField(default=False, verbose_name="暗访（四不两直）")),
                ("disclosed_at", models.DateTimeField(null=True, verbose_name="公开时间")),
                (
                    "basis",
                    models.CharField(
                        choices=[("decision", "政府决定或行政首长指示"), ("proposal", "督查机构提出建议")],
                        max_length=10,
                        verbose_name="立项方式",
                    ),
                ),
                ("basis_text", models.CharField(max_length=500, verbose_name="立项依据")),
                (
                    "basis_document",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="依据文号或会议纪要"),
                ),
                (
                    "unplanned_reason",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="计划外理由（一事一报）"),
                ),
                (
                    "overlap_reason",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="重复督查的理由"),
                ),
                (
                    "designation_matter",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="指定事项"),
                ),
                (
                    "designation_scope",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="指定范围"),
                ),
                ("designation_duty", models.CharField(blank=True, default="", max_length=200, verbose_name="指定职责")),
                (
                    "designation_document",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="指定文号"),
                ),
                ("designated_from", models.DateField(blank=True, null=True, verbose_name="指定期限起")),
                ("designated_until", models.DateField(blank=True, null=True, verbose_name="指定期限止")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(verbose_name="结束日期")),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="督查编号")),
                ("code", models.CharField(max_length=16, null=True, unique=True, verbose_name="核验码")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("started_at", models.DateTimeField(null=True, verbose_name="进驻时间")),
                ("report", models.TextField(blank=True, default="", verbose_name="督查报告")),
                ("reported_at", models.DateTimeField(null=True, verbose_name="报告时间")),
                ("end_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="撤销原因")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="组织单位",
                    ),
                ),
                (
                    "recheck_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to="supervision.finding",
                        verbose_name="回头看的问题",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟制人",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签报组长",
                    ),
                ),
            ],
            options={
                "verbose_name": "督查",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["organiser", "state"], name="inspection_by_organiser")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "pending",
                                    "approved",
                                    "running",
                                    "reported",
                                    "concluded",
                                    "finished",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="inspection_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["comprehensive", "special", "incident", "daily", "clue"])),
                        name="inspection_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject_kind__in", ["central", "deployment", "duty", "efficiency"])),
                        name="inspection_subject_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["decision", "proposal"])), name="inspection_basis_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="inspection_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inspection_approved_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reported_at", None), ("reported_by", None)),
                            models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inspection_reported_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "pending", "withdrawn"]),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="inspection_under_way_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_at", None),
                            ("covert", True),
                            models.Q(("code__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="inspection_open_and_approved_has_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("covert", False),
                            models.Q(("code", None), ("disclosed_at", None), ("number", None)),
                            models.Q(
                                ("code__isnull", False), ("disclosed_at__isnull", False), ("number__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="inspection_covert_has_number_once_disclosed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("covert", True), ("disclosed_at", None), _connector="OR"),
                        name="inspection_only_covert_is_disclosed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("designated_from", None),
                            ("designated_until", None),
                            ("designated_until__gte", models.F("designated_from")),
                            _connector="OR",
                        ),
                        name="inspection_designation_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="inspection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="supervision.inspection",
                verbose_name="督查",
            ),
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("pending", "待批准"),
                            ("issued", "已印发，待签收"),
                            ("received", "已签收"),
                            ("changed", "经复核变更"),
                            ("annulled", "经复核撤销"),
                            ("discarded", "已作废"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("department_name", models.CharField(max_length=128, verbose_name="单位")),
                ("government", models.CharField(max_length=128, verbose_name="督查结论机关")),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="文号")),
                ("process", models.TextField(verbose_name="督查依据与过程")),
                ("appraisal", models.TextField(verbose_name="总体评价")),
                ("requirement", models.TextField(blank=True, default="", verbose_name="整改要求")),
                ("snapshot", models.JSONField(default=list, verbose_name="问题清单")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="印发时间")),
                ("received_on", models.DateField(null=True, verbose_name="收到日期")),
                ("review_until", models.DateField(null=True, verbose_name="申请复核期限")),
                ("explanation", models.TextField(blank=True, default="", verbose_name="情况说明")),
                ("explained_at", models.DateTimeField(null=True, verbose_name="说明时间")),
                ("changes", models.TextField(blank=True, default="", verbose_name="复核变更内容")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusions",
                        to="supervision.inspection",
                        verbose_name="督查",
                    ),
                ),
            ],
            options={
                "verbose_name": "督查结论",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "pending", "issued", "received", "changed", "annulled", "discarded"],
                            )
                        ),
                        name="conclusion_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "discarded"), _negated=True),
                        fields=("inspection", "department"),
                        name="conclusion_once_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("number__isnull", False),
                                ("state__in", ("issued", "received", "changed", "annulled")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("issued", "received", "changed", "annulled")), _negated=True),
                                ("approved_at", None),
                                ("approved_by", None),
                                ("number", None),
                            ),
                            _connector="OR",
                        ),
                        name="conclusion_told_has_number_and_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_by", None), ("received_on", None)),
                            models.Q(("received_by__isnull", False), ("received_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="conclusion_received_on_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("explained_at", None), ("explained_by", None)),
                            models.Q(("explained_at__isnull", False), ("explained_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="conclusion_explained_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "necessity",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="越级督查的必要性"),
                ),
                ("notified_at", models.DateTimeField(null=True, verbose_name="通知时间")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查对象",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="supervision.inspection"
                    ),
                ),
            ],
            options={
                "verbose_name": "督查对象",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "department"), name="inspection_object_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="supervision.inspection"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "关联任务",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("inspection", "task"), name="inspection_task_once")],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("standing", "在组"),
                            ("declared", "已申报回避"),
                            ("recused", "已回避"),
                            ("left", "已退出"),
                        ],
                        default="standing",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("head", "组长"), ("member", "成员")],
                        default="member",
                        max_length=8,
                        verbose_name="组内职务",
                    ),
                ),
                ("body", models.CharField(max_length=128, verbose_name="派出单位")),
                (
                    "external",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "本系统人员"),
                            ("deputy", "人大代表"),
                            ("cppcc", "政协委员"),
                            ("counsellor", "政府参事"),
                            ("expert", "专家学者"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="特邀身份",
                    ),
                ),
                ("trained_on", models.DateField(verbose_name="培训日期")),
                ("pledged_on", models.DateField(verbose_name="保密承诺日期")),
                ("ground", models.CharField(blank=True, default="", max_length=500, verbose_name="回避事由")),
                ("declared_at", models.DateTimeField(null=True, verbose_name="申报时间")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                ("left_at", models.DateTimeField(null=True, verbose_name="退出时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="supervision.inspection"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "督查组成员",
                "ordering": ["role", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["standing", "declared", "recused", "left"])),
                        name="member_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["head", "member"])), name="member_role_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("external__in", ["", "deputy", "cppcc", "counsellor", "expert"])),
                        name="member_external_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "head"), ("state__in", ["standing", "declared"])),
                        fields=("inspection",),
                        name="member_one_head_an_inspection",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["standing", "declared"])),
                        fields=("inspection", "user"),
                        name="member_once_an_inspection",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declared"), _negated=True),
                            models.Q(("ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="member_declared_gives_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="member_decided_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "left"), ("left_at__isnull", False)),
                            models.Q(models.Q(("state", "left"), _negated=True), ("left_at", None)),
                            _connector="OR",
                        ),
                        name="member_left_iff_left_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("asked", "征求意见"),
                            ("answered", "已提出意见"),
                            ("accepted", "意见已采纳"),
                            ("refused", "意见未采纳"),
                            ("dropped", "不再点名"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("department_name", models.CharField(max_length=128, verbose_name="点名时单位名称")),
                ("negative", models.BooleanField(default=True, verbose_name="批评")),
                ("text", models.TextField(verbose_name="点名内容")),
                ("answer", models.TextField(blank=True, default="", verbose_name="单位意见")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="提出时间")),
                ("decision", models.CharField(blank=True, default="", max_length=500, verbose_name="处理说明")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="处理时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="supervision.bulletin",
                        verbose_name="通报",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="tasks.task",
                        verbose_name="涉及任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "点名",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "asked", "answered", "accepted", "refused", "dropped"])
                        ),
                        name="mention_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="mention_answered_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="mention_decided_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "refused"]), _negated=True),
                            models.Q(("decided_at__isnull", False), models.Q(("decision", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="mention_decided_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("pending", "待批准签发"),
                            ("issued", "待签收"),
                            ("received", "待答复"),
                            ("answered", "已答复"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("department_name", models.CharField(max_length=128, verbose_name="签发时单位名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("chase", "催办函"), ("order", "督办单"), ("talk", "约谈通知")],
                        max_length=8,
                        verbose_name="文种",
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "不分色"),
                            ("blue", "蓝单（提示）"),
                            ("orange", "橙单（警示）"),
                            ("red", "红单（严重警示）"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="颜色",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("overdue", "逾期未办结"),
                            ("slow", "进展迟缓"),
                            ("repeat", "多次催办未见效"),
                            ("quality", "办理质量不达标"),
                        ],
                        max_length=8,
                        verbose_name="依据",
                    ),
                ),
                (
                    "workdays_late",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="逾期工作日"),
                ),
                ("repeats", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="此前发出")),
                ("returns", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="退回次数")),
                ("text", models.TextField(verbose_name="内容")),
                ("answer_due_on", models.DateField(verbose_name="答复时限")),
                ("skip_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="越级理由")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="编号")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                ("received_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                ("answer", models.TextField(blank=True, default="", verbose_name="答复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="撤销原因")),
                ("held_on", models.DateField(null=True, verbose_name="约谈日期")),
                ("attended", models.CharField(blank=True, default="", max_length=300, verbose_name="参加人员")),
                ("minutes", models.TextField(blank=True, default="", verbose_name="约谈内容")),
                ("commitments", models.TextField(blank=True, default="", verbose_name="整改承诺")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="主送单位",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟稿人",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查机构",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "催办督办",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["department", "state"], name="notice_by_department"),
                    models.Index(fields=["organiser", "state"], name="notice_by_organiser"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "pending", "issued", "received", "answered", "withdrawn"])
                        ),
                        name="notice_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["chase", "order", "talk"])), name="notice_kind_is_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "pending"])),
                        fields=("task", "kind"),
                        name="notice_one_unsent_a_task_and_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["issued", "received", "answered"]), _negated=True),
                            models.Q(("issued_at__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_sent_has_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["issued", "received", "answered"]), _negated=True),
                            ("kind", "chase"),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="notice_sent_above_chase_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("colour", ""), ("kind", "order"), _connector="OR"),
                        name="notice_colour_is_an_orders",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_on", None), ("minutes", "")), ("kind", "talk"), _connector="OR"
                        ),
                        name="notice_minutes_are_a_talks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_approved_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at", None), ("issued_by", None)),
                            models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_issued_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_at", None), ("received_by", None)),
                            models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_received_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_answered_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "编制中"), ("pending", "待审批"), ("approved", "已批准")],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("base_count", models.PositiveSmallIntegerField(default=0, verbose_name="上年度项数")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编制人",
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度督查计划",
                "ordering": ["-year", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "pending", "approved"])), name="plan_state_is_known"
                    ),
                    models.UniqueConstraint(fields=("organiser", "year"), name="plan_one_an_office_and_year"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2000), ("year__lte", 2199)), name="plan_year_is_plausible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "approved"), ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            models.Q(
                                models.Q(("state", "approved"), _negated=True),
                                ("approved_at", None),
                                ("approved_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="plan_approved_iff_approved_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=200, verbose_name="督查事项")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comprehensive", "综合督查"),
                            ("special", "专项督查"),
                            ("incident", "事件调查"),
                            ("daily", "日常督办"),
                            ("clue", "线索核查"),
                        ],
                        max_length=16,
                        verbose_name="督查类型",
                    ),
                ),
                ("targets", models.CharField(max_length=300, verbose_name="督查对象（单位或层级）")),
                ("month_from", models.PositiveSmallIntegerField(verbose_name="起始月份")),
                ("month_to", models.PositiveSmallIntegerField(verbose_name="结束月份")),
                ("on_site", models.BooleanField(default=True, verbose_name="实地督查")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="supervision.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "督查计划事项",
                "ordering": ["month_from", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["comprehensive", "special", "incident", "daily", "clue"])),
                        name="plan_item_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("month_from__gte", 1), ("month_from__lte", models.F("month_to")), ("month_to__lte", 12)
                        ),
                        name="plan_item_months_are_in_order",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="plan_item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to="supervision.planitem",
                verbose_name="年度计划事项",
            ),
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=workflow.models.attachment.storage,
                        upload_to=workflow.models.attachment.stored_name,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=128)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="说明")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="supervision.inspection"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "督查佐证",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="proofs",
            field=models.ManyToManyField(related_name="findings", to="supervision.proof", verbose_name="现场证据"),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "待印发"), ("sent", "待签收"), ("received", "已签收")],
                        default="planned",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("received_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="supervision.bulletin",
                        verbose_name="通报",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "通报签收",
                "ordering": ["department__path", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "sent", "received"])),
                        name="receipt_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("bulletin", "department"), name="receipt_once_a_bulletin_and_unit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_at", None), ("received_by", None)),
                            models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="receipt_received_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_at__isnull", False), ("state", "received")),
                            models.Q(models.Q(("state", "received"), _negated=True), ("received_at", None)),
                            _connector="OR",
                        ),
                        name="receipt_received_iff_received_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ordered", "待报措施"),
                            ("correcting", "整改中"),
                            ("claimed", "待核验"),
                            ("done", "已完成"),
                            ("ended", "已终止"),
                        ],
                        default="ordered",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("requirement", models.TextField(verbose_name="整改要求")),
                ("limit_value", models.PositiveSmallIntegerField(null=True, verbose_name="整改时限")),
                (
                    "limit_unit",
                    models.CharField(
                        choices=[
                            ("workdays", "工作日"),
                            ("days", "日历日"),
                            ("hours", "工作小时"),
                            ("fixed", "固定日期"),
                        ],
                        default="workdays",
                        max_length=16,
                        verbose_name="时限单位",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="整改期限")),
                ("original_due_on", models.DateField(verbose_name="原定期限")),
                ("measures", models.TextField(blank=True, default="", verbose_name="整改措施")),
                ("responsible", models.CharField(blank=True, default="", max_length=64, verbose_name="整改责任人")),
                ("claimed_on", models.DateField(null=True, verbose_name="申报日期")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("done", "已完成"), ("part", "部分完成"), ("not", "未完成"), ("false", "虚假整改")],
                        default="",
                        max_length=8,
                        verbose_name="核验结果",
                    ),
                ),
                ("rounds", models.PositiveSmallIntegerField(default=0, verbose_name="核验次数")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="整改单位",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="supervision.finding",
                        verbose_name="问题",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "verifier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核验人",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["state", "due_on"], name="rectification_by_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["ordered", "correcting", "claimed", "done", "ended"])),
                        name="rectification_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", ""), ("result__in", ["done", "part", "not", "false"]), _connector="OR"
                        ),
                        name="rectification_result_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "done"), ("state", "done")),
                            models.Q(
                                models.Q(("state", "done"), _negated=True), models.Q(("result", "done"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="rectification_done_iff_found_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["correcting", "claimed"]), _negated=True),
                            models.Q(("measures", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rectification_planned_has_measures",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["claimed", "done"]), _negated=True),
                            ("claimed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="rectification_claimed_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("department_name", models.CharField(max_length=128, verbose_name="单位")),
                ("fact", models.TextField(verbose_name="虚假情形")),
                ("requirement", models.TextField(verbose_name="改正要求")),
                ("due_on", models.DateField(verbose_name="改正期限")),
                ("ordered_at", models.DateTimeField(verbose_name="责令时间")),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="correction", to="supervision.claim"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "rectification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="supervision.rectification",
                        verbose_name="整改",
                    ),
                ),
            ],
            options={
                "verbose_name": "责令改正",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="rectification",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="supervision.rectification",
                verbose_name="整改",
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待指定承办人"),
                            ("assigned", "复核中"),
                            ("proposed", "待批准"),
                            ("decided", "已决定"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.TextField(verbose_name="申请理由")),
                ("asked_on", models.DateField(verbose_name="申请日期")),
                ("due_on", models.DateField(verbose_name="应作出决定日期")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "维持"), ("changed", "变更"), ("annulled", "撤销")],
                        default="",
                        max_length=16,
                        verbose_name="复核决定",
                    ),
                ),
                ("grounds", models.TextField(blank=True, default="", verbose_name="决定理由")),
                ("changes", models.TextField(blank=True, default="", verbose_name="变更内容")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "conclusion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="supervision.conclusion",
                        verbose_name="督查结论",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="申请单位",
                    ),
                ),
                (
                    "dropped",
                    models.ManyToManyField(related_name="+", to="supervision.finding", verbose_name="予以撤销的问题"),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "复核申请",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "assigned", "proposed", "decided", "withdrawn"])),
                        name="review_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", ""), ("decision__in", ["upheld", "changed", "annulled"]), _connector="OR"
                        ),
                        name="review_decision_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("conclusion",),
                        name="review_once_a_conclusion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False), ("decided_by__isnull", False), ("state", "decided")
                            ),
                            models.Q(
                                models.Q(("state", "decided"), _negated=True),
                                ("decided_at", None),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="review_decided_iff_decided_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["proposed", "decided"]), _negated=True),
                            models.Q(("decision", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_proposed_has_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["assigned", "proposed", "decided"]), _negated=True),
                            ("handler__isnull", False),
                            _connector="OR",
                        ),
                        name="review_handled_has_handler",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "待审批"),
                            ("approved", "执行中"),
                            ("superseded", "已被新版取代"),
                            ("returned", "未批准"),
                        ],
                        default="pending",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("version_no", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("content", models.TextField(blank=True, default="", verbose_name="督查内容")),
                ("units", models.JSONField(default=list, verbose_name="督查对象")),
                ("scope", models.CharField(blank=True, default="", max_length=500, verbose_name="督查范围")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(verbose_name="结束日期")),
                ("discipline", models.TextField(blank=True, default="", verbose_name="纪律要求")),
                ("materials", models.JSONField(default=list, verbose_name="需提供的材料")),
                (
                    "necessity",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="越级督查的必要性"),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=500, verbose_name="调整原因")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="审批时间")),
                ("comment", models.CharField(blank=True, default="", max_length=500, verbose_name="审批意见")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="schemes", to="supervision.inspection"
                    ),
                ),
            ],
            options={
                "verbose_name": "督查方案",
                "ordering": ["version_no"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "approved", "superseded", "returned"])),
                        name="scheme_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("inspection", "version_no"), name="scheme_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")), fields=("inspection",), name="scheme_one_in_force"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")), fields=("inspection",), name="scheme_one_pending"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="scheme_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="scheme_decided_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_name", models.CharField(max_length=64, verbose_name="姓名")),
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
                (
                    "part",
                    models.CharField(
                        choices=[("drafter", "拟稿人"), ("approver", "批准人"), ("contact", "接收人")],
                        max_length=16,
                        verbose_name="身份",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=workflow.moments.moment)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "accountability",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals",
                        to="supervision.accountability",
                    ),
                ),
                (
                    "clue",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals",
                        to="supervision.clue",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.department"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "知悉人员",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["user", "department"], name="seal_by_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accountability__isnull", True), ("clue__isnull", False)),
                            models.Q(("accountability__isnull", False), ("clue__isnull", True)),
                            _connector="OR",
                        ),
                        name="seal_is_on_one_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["drafter", "approver", "contact"])), name="seal_part_is_known"
                    ),
                    models.UniqueConstraint(fields=("accountability", "user", "part"), name="seal_once_a_proposal"),
                    models.UniqueConstraint(fields=("clue", "user", "part"), name="seal_once_a_clue"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待说明"),
                            ("stated", "已说明"),
                            ("declined", "未作说明"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("about", models.CharField(max_length=300, verbose_name="对象")),
                ("facts", models.TextField(verbose_name="告知的事实")),
                ("due_on", models.DateField(verbose_name="请于何日前说明")),
                ("text", models.TextField(blank=True, default="", verbose_name="说明")),
                ("stated_on", models.DateField(null=True, verbose_name="说明日期")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                (
                    "accountability",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="supervision.accountability",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="本人",
                    ),
                ),
            ],
            options={
                "verbose_name": "对象说明",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "stated", "declined", "withdrawn"])),
                        name="statement_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("accountability",),
                        name="statement_one_open_a_proposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="statement_ended_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stated"), _negated=True),
                            models.Q(models.Q(("text", ""), _negated=True), ("stated_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="statement_stated_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=workflow.models.attachment.storage,
                        upload_to=workflow.models.attachment.stored_name,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=128)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="说明")),
                (
                    "accountability",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="supervision.accountability",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="supervision.case",
                    ),
                ),
                (
                    "clue",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="supervision.clue",
                    ),
                ),
                (
                    "commendation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="supervision.commendation",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="supervision.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "附证",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accountability__isnull", False),
                                ("case__isnull", True),
                                ("clue__isnull", True),
                                ("commendation__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("accountability__isnull", True),
                                ("case__isnull", True),
                                ("clue__isnull", False),
                                ("commendation__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("accountability__isnull", True),
                                ("case__isnull", True),
                                ("clue__isnull", True),
                                ("commendation__isnull", False),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("accountability__isnull", True),
                                ("case__isnull", False),
                                ("clue__isnull", True),
                                ("commendation__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("accountability__isnull", True),
                                ("case__isnull", True),
                                ("clue__isnull", True),
                                ("commendation__isnull", True),
                                ("statement__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="exhibit_belongs_to_one_paper",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="accountability",
            name="statement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="supervision.statement",
                verbose_name="对象说明",
            ),
        ),
        migrations.CreateModel(
            name="Worksheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("department_name", models.CharField(max_length=128, verbose_name="被检查单位名称")),
                ("standard", models.TextField(verbose_name="检查标准")),
                ("checked_at", models.DateTimeField(verbose_name="检查时间")),
                ("place", models.CharField(max_length=200, verbose_name="检查地点")),
                ("fact", models.TextField(verbose_name="检查情况")),
                (
                    "result",
                    models.CharField(
                        choices=[("conforms", "符合"), ("fails", "不符合"), ("unverified", "未能核实")],
                        max_length=12,
                        verbose_name="检查结果",
                    ),
                ),
                ("object_note", models.TextField(blank=True, default="", verbose_name="被检查单位意见")),
                (
                    "filed_at",
                    models.DateTimeField(default=workflow.moments.moment, editable=False, verbose_name="填写时间"),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="supervision.worksheet",
                        verbose_name="更正的底稿",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="被检查单位",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="检查人",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="worksheets",
                        to="supervision.inspection",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查底稿",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["conforms", "fails", "unverified"])),
                        name="worksheet_result_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=("corrects",),
                        name="worksheet_is_corrected_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="proof",
            name="worksheet",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proofs",
                to="supervision.worksheet",
                verbose_name="检查底稿",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                fields=("inspection", "department", "number"), name="finding_number_once_a_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("result", "")), fields=("rectification",), name="claim_one_waits_a_rectification"
            ),
        ),
        migrations.AddConstraint(
            model_name="accountability",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("transferred", "answered")), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("assessed_at__isnull", False),
                        ("number__isnull", False),
                        ("statement__isnull", False),
                        ("transferred_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="accountability_handed_over_is_complete",
            ),
        ),
    ]
