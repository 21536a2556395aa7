"""What may follow what in this room, and who may do it. States here are derived from days and marks."""

from django.utils.translation import gettext_lazy as _

from organization.actors import grantor, namer, oneself, revoker, security_admin, system_admin
from organization.states import ClientState, DelegationState, DepartmentState, PostState, UserState, YearStatus
from workflow.lifecycle import Lifecycle, Step

D, U, P, G, C, Y = DepartmentState, UserState, PostState, DelegationState, ClientState, YearStatus

DEPARTMENT = Lifecycle(
    "department",
    Step("amend", (D.CURRENT,), None, system_admin, _("修改")),
    Step("rename", (D.CURRENT,), None, system_admin, _("更名")),
    Step("alias", (D.CURRENT,), None, namer, _("添加别名")),
    Step("move", (D.CURRENT,), None, system_admin, _("调整隶属")),
    Step("merge", (D.CURRENT,), D.ENDED, system_admin, _("并入其他单位")),
    Step("dissolve", (D.CURRENT,), D.ENDED, system_admin, _("撤销")),
)

USER = Lifecycle(
    "user",
    Step("rename", (U.INACTIVE, U.ACTIVE), None, system_admin, _("修改姓名")),
    Step("reset_password", (U.INACTIVE, U.ACTIVE), None, system_admin, _("重置密码")),
    Step("change_password", (U.ACTIVE,), None, oneself, _("修改密码")),
    Step("deactivate", (U.INACTIVE, U.ACTIVE), U.LEFT, system_admin, _("停用")),
    Step("restore", (U.LEFT,), U.INACTIVE, system_admin, _("恢复账号")),
    Step("appoint", (U.INACTIVE, U.ACTIVE), U.ACTIVE, security_admin, _("任职授权")),
)

POST = Lifecycle(
    "post",
    Step("set_portfolio", (P.COMING, P.STANDING), None, security_admin, _("调整分管单位")),
    Step("end", (P.COMING, P.STANDING), P.ENDED, security_admin, _("免去")),
    Step("delegate", (P.STANDING,), None, grantor, _("委托他人代行")),
)

DELEGATION = Lifecycle(
    "delegation",
    Step("revoke", (G.COMING, G.EFFECTIVE), G.REVOKED, revoker, _("收回委托")),
)

CLIENT = Lifecycle(
    "client",
    Step("rotate", (C.USABLE, C.EXPIRED), None, security_admin, _("更换密钥")),
    Step("revoke", (C.USABLE, C.EXPIRED), C.REVOKED, security_admin, _("吊销密钥")),
)

CALENDAR = Lifecycle(
    "calendar",
    Step("set_day", (Y.PROVISIONAL, Y.PUBLISHED), None, system_admin, _("修改日期")),
    Step("clear_day", (Y.PROVISIONAL, Y.PUBLISHED), None, system_admin, _("恢复默认")),
    Step("import_days", (Y.PROVISIONAL, Y.PUBLISHED), None, system_admin, _("导入安排")),
    Step("publish", (Y.PROVISIONAL,), Y.PUBLISHED, system_admin, _("公布")),
)

ALL = (DEPARTMENT, USER, POST, DELEGATION, CLIENT, CALENDAR)
