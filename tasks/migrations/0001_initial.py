import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import workflow.models.attachment
import workflow.moments


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organization", "0002_calendar"),
        ("organization", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Directive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "登记中"),
                            ("pending", "待立项审批"),
                            ("approved", "已立项"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="事项名称")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("superior", "上级督办件"),
                            ("instruction", "领导批示"),
                            ("minutes", "会议议定事项"),
                            ("work_report", "政府工作报告"),
                            ("project", "重点项目"),
                            ("livelihood", "民生实事"),
                            ("document", "文件部署"),
                            ("congress", "人大建议"),
                            ("cppcc", "政协提案"),
                            ("petition", "信访事项"),
                            ("hotline", "政务热线"),
                            ("online", "网络留言"),
                            ("lead", "互联网+督查线索"),
                            ("rectification", "巡视审计督察整改"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                        verbose_name="来源",
                    ),
                ),
                ("document_no", models.CharField(blank=True, default="", max_length=64, verbose_name="来文字号")),
                ("issuer", models.CharField(blank=True, default="", max_length=128, verbose_name="来文机关")),
                ("issued_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="成文日期")),
                (
                    "handling",
                    models.CharField(
                        choices=[("action", "需办理并反馈"), ("information", "阅知")],
                        default="action",
                        max_length=12,
                        verbose_name="办理要求",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("ordinary", "普通"), ("urgent", "加急"), ("critical", "特急")],
                        default="ordinary",
                        max_length=10,
                        verbose_name="紧急程度",
                    ),
                ),
                ("basis", models.CharField(blank=True, default="", max_length=300, verbose_name="立项依据")),
                ("instruction", models.TextField(blank=True, default="", verbose_name="批示或原文")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="审批时间")),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="立项编号")),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="撤销原因")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "instructed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.post",
                        verbose_name="批示领导",
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
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "督查事项",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["organiser", "state"], name="directive_by_organiser")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "pending", "approved", "withdrawn"])),
                        name="directive_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "superior",
                                    "instruction",
                                    "minutes",
                                    "work_report",
                                    "project",
                                    "livelihood",
                                    "document",
                                    "congress",
                                    "cppcc",
                                    "petition",
                                    "hotline",
                                    "online",
                                    "lead",
                                    "rectification",
                                    "other",
                                ],
                            )
                        ),
                        name="directive_source_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="directive_approved_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(("approved_at__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="directive_approved_has_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
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
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "正在读取"),
                            ("ready", "待确认"),
                            ("taking", "正在导入"),
                            ("done", "已导入"),
                            ("failed", "未能读取"),
                            ("dropped", "已放弃"),
                        ],
                        default="reading",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="总行数")),
                ("handled", models.PositiveIntegerField(default=0, verbose_name="已处理")),
                ("taken", models.PositiveIntegerField(default=0, verbose_name="已导入")),
                ("problem", models.TextField(blank=True, default="", verbose_name="未能读取的原因")),
                ("problem_code", models.CharField(blank=True, default="", max_length=64)),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.department"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "directive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="tasks.directive",
                        verbose_name="来源事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入批次",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["reading", "ready", "taking", "done", "failed", "dropped"])),
                        name="batch_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("problem", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="batch_failed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectiveAttachment",
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
                (
                    "directive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="tasks.directive"
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
                "verbose_name": "来文附件",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(choices=[("current", "在用")], default="current", editable=False, max_length=16),
                ),
                ("mark", models.CharField(max_length=16, unique=True, verbose_name="机关代字")),
                ("lights", models.JSONField(blank=True, default=dict, verbose_name="灯色方案")),
                (
                    "department",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="督查机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "督查机构设置",
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟办"),
                            ("assigned", "待签收"),
                            ("declined", "退办待处理"),
                            ("active", "办理中"),
                            ("claimed", "待单位签批"),
                            ("review", "待核验"),
                            ("approval", "待批准销号"),
                            ("suspended", "已挂起"),
                            ("closed", "已销号"),
                            ("terminated", "已终止"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("path", models.CharField(blank=True, db_index=True, default="", editable=False, max_length=54)),
                ("path_end", models.CharField(blank=True, default="", editable=False, max_length=54)),
                ("number", models.CharField(max_length=64, null=True, unique=True, verbose_name="编号")),
                ("matter", models.CharField(max_length=300, verbose_name="工作事项")),
                ("standard", models.TextField(blank=True, default="", verbose_name="完成标准")),
                ("measures", models.TextField(blank=True, default="", verbose_name="工作措施")),
                ("clause", models.TextField(blank=True, default="", verbose_name="原文条款")),
                (
                    "lead_name",
                    models.CharField(blank=True, default="", max_length=128, verbose_name="交办时牵头单位名称"),
                ),
                ("responsible", models.CharField(blank=True, default="", max_length=100, verbose_name="责任人")),
                ("leader", models.CharField(blank=True, default="", max_length=100, verbose_name="责任领导")),
                (
                    "urgency",
                    models.CharField(
                        choices=[("ordinary", "普通"), ("urgent", "加急"), ("critical", "特急")],
                        default="ordinary",
                        max_length=10,
                        verbose_name="紧急程度",
                    ),
                ),
                (
                    "cycle",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "按节点或仅办结时"),
                            ("daily", "每日"),
                            ("weekly", "每周"),
                            ("ten_days", "每旬"),
                            ("fortnight", "每半月"),
                            ("monthly", "每月"),
                            ("two_months", "每两月"),
                            ("quarterly", "每季度"),
                            ("half_yearly", "每半年"),
                            ("yearly", "每年"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="反馈周期",
                    ),
                ),
                ("approval_rank", models.PositiveSmallIntegerField(default=3, verbose_name="销号审批层级")),
                ("limit_value", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="时限")),
                (
                    "limit_unit",
                    models.CharField(
                        choices=[
                            ("workdays", "工作日"),
                            ("days", "日历日"),
                            ("hours", "工作小时"),
                            ("fixed", "固定日期"),
                        ],
                        default="fixed",
                        max_length=10,
                        verbose_name="时限单位",
                    ),
                ),
                ("due_on", models.DateField(blank=True, db_index=True, null=True, verbose_name="办结时限")),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                ("warn_at", models.DateTimeField(editable=False, null=True)),
                ("original_due_on", models.DateField(editable=False, null=True, verbose_name="原定时限")),
                ("due_provisional", models.BooleanField(default=False, editable=False, verbose_name="时限暂定")),
                ("assigned_at", models.DateTimeField(null=True, verbose_name="交办时间")),
                ("sign_by", models.DateTimeField(editable=False, null=True, verbose_name="签收时限")),
                ("finished_at", models.DateTimeField(editable=False, null=True, verbose_name="单位完成时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="销号时间")),
                ("conclusion", models.TextField(blank=True, default="", verbose_name="办结结论")),
                ("end_reason", models.CharField(blank=True, default="", max_length=500, verbose_name="终止原因")),
                ("suspended_on", models.DateField(editable=False, null=True, verbose_name="挂起日期")),
                (
                    "suspended_workdays",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="累计挂起工作日"),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="进度")),
                ("returns", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="退回次数")),
                ("reopened", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="重办次数")),
                ("reported_at", models.DateTimeField(editable=False, null=True, verbose_name="最近反馈")),
                (
                    "assigned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "blocked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="受阻于",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "directive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="tasks.directive",
                        verbose_name="来源事项",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="牵头单位",
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="交办单位",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="tasks.task",
                        verbose_name="上级任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "督查任务",
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                ["assigned", "declined", "active", "claimed", "review", "approval", "suspended"],
                            )
                        ),
                        fields=["due_at", "id"],
                        name="task_open_by_due",
                    ),
                    models.Index(fields=["lead", "state"], name="task_by_lead"),
                    models.Index(fields=["organiser", "state"], name="task_by_organiser"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "assigned",
                                    "declined",
                                    "active",
                                    "claimed",
                                    "review",
                                    "approval",
                                    "suspended",
                                    "closed",
                                    "terminated",
                                ],
                            )
                        ),
                        name="task_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), ("closed_at__isnull", False), ("closed_by__isnull", False)),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True), ("closed_at", None), ("closed_by", None)
                            ),
                            _connector="OR",
                        ),
                        name="task_closed_iff_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assigned_at", None), ("assigned_by", None)),
                            models.Q(("assigned_at__isnull", False), ("assigned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_assigned_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "terminated"]),
                            models.Q(
                                ("assigned_at__isnull", False),
                                ("due_at__isnull", False),
                                ("due_on__isnull", False),
                                ("lead__isnull", False),
                                ("number__isnull", False),
                                ("original_due_on__isnull", False),
                                ("warn_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="task_issued_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "suspended"), ("suspended_on__isnull", False)),
                            models.Q(models.Q(("state", "suspended"), _negated=True), ("suspended_on", None)),
                            _connector="OR",
                        ),
                        name="task_suspended_iff_suspended_on",
                    ),
                    models.CheckConstraint(condition=models.Q(("progress__lte", 100)), name="task_progress_is_percent"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("warn_at", None), ("due_at", None), ("warn_at__lte", models.F("due_at")), _connector="OR"
                        ),
                        name="task_warned_not_after_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "待批准"),
                            ("granted", "挂起中"),
                            ("ended", "已恢复"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="requested",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("cause", models.TextField(verbose_name="挂起原因")),
                ("waiting_on", models.CharField(max_length=200, verbose_name="等待何单位何事")),
                ("proof", models.TextField(verbose_name="依据")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("comment", models.CharField(blank=True, default="", max_length=500, verbose_name="意见")),
                ("started_on", models.DateField(null=True, verbose_name="起")),
                ("ended_on", models.DateField(null=True, verbose_name="止")),
                ("workdays", models.PositiveSmallIntegerField(default=0, verbose_name="暂停工作日")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.department"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "挂起申请",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["requested", "granted", "ended", "refused", "withdrawn"])),
                        name="suspension_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["requested", "granted"])),
                        fields=("task",),
                        name="suspension_one_open_a_task",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="suspension_decided_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("submitted", "待审阅"), ("accepted", "已采纳"), ("returned", "已退回")],
                        default="submitted",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("department_name", models.CharField(max_length=128, verbose_name="单位")),
                ("unchanged", models.BooleanField(default=False, verbose_name="本期无变化")),
                ("done", models.TextField(blank=True, default="", verbose_name="完成情况")),
                ("effect", models.TextField(blank=True, default="", verbose_name="对照标准的成效")),
                ("problem", models.TextField(blank=True, default="", verbose_name="存在问题")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
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
                        default="",
                        max_length=16,
                        verbose_name="原因类别",
                    ),
                ),
                ("help_needed", models.TextField(blank=True, default="", verbose_name="需要协调")),
                ("next_step", models.TextField(blank=True, default="", verbose_name="下步打算")),
                ("percent", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="完成比例")),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="审阅时间")),
                ("comment", models.CharField(blank=True, default="", max_length=500, verbose_name="审阅意见")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.department"
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
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "进展反馈",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["submitted", "accepted", "returned"])),
                        name="report_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent", None), ("percent__lte", 100), _connector="OR"),
                        name="report_percent_is_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="report_reviewed_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("problem", ""), models.Q(("cause", ""), _negated=True), _connector="OR"),
                        name="report_problem_has_cause",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.CharField(max_length=200)),
                ("until", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readers", to="tasks.task"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "until"], name="reader_by_user")],
            },
        ),
        migrations.CreateModel(
            name="Overseer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.department"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="overseers", to="tasks.task"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("task", "department"), name="overseer_once_a_task")],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="节点")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="时限")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                (
                    "done_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="tasks.task"
                    ),
                ),
            ],
            options={
                "verbose_name": "节点",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by", None), ("done_on", None)),
                            models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="milestone_done_on_and_by_together",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.CharField(max_length=200, verbose_name="原因")),
                ("key", models.CharField(max_length=64)),
                ("placed_at", models.DateTimeField(default=workflow.moments.moment)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="tasks.task"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("task", "key"), name="hold_once_a_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "待单位签批"),
                            ("signed", "待督查审核"),
                            ("checked", "待领导批准"),
                            ("granted", "已批准"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="requested",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.TextField(verbose_name="延期理由")),
                ("progress", models.TextField(verbose_name="目前进展")),
                ("due_before", models.DateField(verbose_name="现时限")),
                ("requested_on", models.DateField(verbose_name="申请延至")),
                ("granted_on", models.DateField(null=True, verbose_name="批准延至")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="批复时间")),
                ("comment", models.CharField(blank=True, default="", max_length=500, verbose_name="意见")),
                (
                    "checked_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.department"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "signed_by",
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
                        related_name="extensions",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "延期申请",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["requested", "signed", "checked", "granted", "refused", "withdrawn"])
                        ),
                        name="extension_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["requested", "signed", "checked"])),
                        fields=("task",),
                        name="extension_one_pending_a_task",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "granted"), ("granted_on__isnull", False)),
                            models.Q(models.Q(("state", "granted"), _negated=True), ("granted_on", None)),
                            _connector="OR",
                        ),
                        name="extension_granted_names_the_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="extension_decided_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("department_name", models.CharField(max_length=128, verbose_name="单位")),
                ("evidence_on", models.DateField(verbose_name="材料反映的日期")),
                ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="说明")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.department"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="tasks.report",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证材料",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "办理中"),
                            ("approved", "已销号"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "claimed_at",
                    models.DateTimeField(default=workflow.moments.moment, editable=False, verbose_name="申报时间"),
                ),
                ("summary", models.TextField(verbose_name="办结报告")),
                ("completed_on", models.DateField(verbose_name="实际完成日期")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="签批时间")),
                ("checks", models.JSONField(default=dict, verbose_name="六项核验")),
                ("verified_at", models.DateTimeField(null=True, verbose_name="核验时间")),
                ("opinion", models.TextField(blank=True, default="", verbose_name="核验意见")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("returned_reason", models.TextField(blank=True, default="", verbose_name="退回原因")),
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
                    "claimed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.department"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
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
                        related_name="closures",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "办结申报",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "approved", "returned", "withdrawn"])),
                        name="closure_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", None)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="closure_signed_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at", None), ("verified_by", None)),
                            models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="closure_verified_at_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="closure_approved_at_and_by_together",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("task",), name="closure_one_pending_a_task"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("verified_by", None),
                                models.Q(("verified_by", models.F("claimed_by")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("approved_by", None),
                                models.Q(
                                    models.Q(("approved_by", models.F("claimed_by")), _negated=True),
                                    models.Q(("approved_by", models.F("verified_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="closure_three_different_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Blocker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "待确认"),
                            ("confirmed", "协调中"),
                            ("resolved", "已解决"),
                            ("refused", "未确认"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="raised",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                (
                    "category",
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
                ("since", models.DateField(verbose_name="自何日起")),
                ("ask", models.TextField(verbose_name="请求协调事项")),
                ("due_on", models.DateField(null=True, verbose_name="协调时限")),
                ("confirmed_on", models.DateField(null=True, verbose_name="确认日期")),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                ("resolution", models.TextField(blank=True, default="", verbose_name="协调结果")),
                (
                    "confirmed_by",
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
                        verbose_name="提出单位",
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
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "waiting_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="等待单位",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blockers",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "协调事项",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["raised", "confirmed", "resolved", "refused", "withdrawn"])),
                        name="blocker_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["raised", "confirmed"])),
                        fields=("task",),
                        name="blocker_one_open_a_task",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(
                                ("confirmed_by__isnull", False),
                                ("confirmed_on__isnull", False),
                                ("due_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="blocker_confirmed_has_a_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_by", None), ("confirmed_on", None)),
                            models.Q(("confirmed_by__isnull", False), ("confirmed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="blocker_confirmed_on_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("department", models.F("waiting_on")), _negated=True),
                        name="blocker_waits_on_another_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField(blank=True, default="", max_length=64)),
                ("line", models.PositiveIntegerField(verbose_name="行号")),
                ("read", models.JSONField(default=dict)),
                ("proposed", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                ("good", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="tasks.batch"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="tasks.task"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "sheet", "line"), name="batch_row_once_a_line")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=workflow.moments.moment, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "拟交办"),
                            ("issued", "待签收"),
                            ("signed", "已签收"),
                            ("declined", "已退办"),
                            ("done", "已完成配合"),
                            ("excused", "免予配合"),
                            ("released", "已解除"),
                            ("ended", "已随任务终止"),
                        ],
                        default="planned",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("department_name", models.CharField(max_length=128, verbose_name="交办时名称")),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "牵头"), ("joint", "共同牵头"), ("co", "配合")],
                        max_length=8,
                        verbose_name="职责",
                    ),
                ),
                ("group", models.CharField(blank=True, default="", max_length=64, verbose_name="泛称")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("sign_by", models.DateTimeField(null=True, verbose_name="签收时限")),
                ("decline_by", models.DateTimeField(null=True, verbose_name="退办时限")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                ("declined_at", models.DateTimeField(null=True, verbose_name="退办时间")),
                ("reason", models.CharField(blank=True, default="", max_length=500, verbose_name="原因")),
                (
                    "declined_by",
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
                    "signed_by",
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
                        related_name="assignments",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务分工",
                "ordering": ["position", "pk"],
                "indexes": [models.Index(fields=["department", "state"], name="assignment_by_department")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "issued", "signed", "declined", "done", "excused", "released", "ended"],
                            )
                        ),
                        name="assignment_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("part", "lead"), models.Q(("state", "released"), _negated=True)),
                        fields=("task",),
                        name="assignment_one_lead_a_task",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "released"), _negated=True),
                        fields=("task", "department"),
                        name="assignment_a_unit_once_a_task",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("declined_at", None), ("declined_by", None), ("signed_at", None), ("signed_by", None)
                            ),
                            models.Q(
                                ("declined_at", None),
                                ("declined_by", None),
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                            ),
                            models.Q(
                                ("declined_at__isnull", False),
                                ("declined_by__isnull", False),
                                ("signed_at", None),
                                ("signed_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_signed_or_declined_not_both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="assignment_declined_gives_reason",
                    ),
                ],
            },
        ),
    ]
