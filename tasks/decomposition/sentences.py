"""Responsibility inside a sentence, as minutes and instructions write it: 由甲牵头，会同乙…; 请丙…; 丁要….

A sentence is read segment by segment. A unit counts only where it acts: at the beginning of a segment, after 由, 请,
会同; whom something is reported to (报市政府, 送市局汇总) does not act.
"""

import re

from documents import units
from tasks.decomposition.naming import Names, mentions_of
from tasks.decomposition.shapes import Statement

INTRO = re.compile(
    "^(?:(?:其中|同时|此外|另外|并|并且|对此|下一步|会议(?:同意|议定|明确|决定|要求|确定)|原则同意|"
    "同意|鉴此|抓紧|再|具体)[，：]?)*(?P<by>由|请由|请|责成|委托|商请|责令)?"
)
JOINED = re.compile("^(?:要|应|负责|牵头)?(?:会同|联合|协同|商|协调)(?=[^，]{2})")
ALL_LEAD = re.compile("^(?:(?:要|应)?(?:分别|共同|联合)|(?:共同|联合|分别|总)?牵头|主办|主责|主抓)")
ANSWER = re.compile("^(?:具体)?(?:负责|承办|承担)|^作为(?:实施|责任|项目|牵头)主体|^按照?(?:各自)?职[责能]")
ANSWERS = re.compile("(?:分别|共同|联合|具体|总)?(?:牵头|主办|主责|主抓|负责)")
HELP = re.compile(
    "^(?:积极|密切|共同|全力|做好|给予|予以|加强)?(?:配合|协助|协同|协办|协作|参加|参与|保障|支持)|"
    "^(?:按职责)?(?:做好|加强|提供|给予)?(?:业务|技术|政策)?(?:指导|督导)(?:和?支持)?$"
)
MUST = re.compile("^(?:要|应当?|须|需|必须|务必)")
INSIDE = re.compile("(?<!自)(?<!理)由(?=[\u4e00-\u9fff])|(?:会同|联合)(?=[\u4e00-\u9fff])")
OVER = re.compile(
    "(?:指导|督促|推动|组织)(?P<group>各(?:县区|区县|市县|县市区|区|县|市|乡镇|镇街|街道|"
    "园区)(?:人民政府|政府)?)(?![级类])"
)
# Who is made to act by the subject: 督促市城投集团整改; who bears a cost by agreement: 由甲、乙按比例分担.
MADE_TO_ACT = re.compile("(?:督促|指导|督导|责成)(?=[\u4e00-\u9fff])")
SHARES = re.compile("[^，。；]{0,20}(?:分担|分摊|承担费用|给予支持)")
LEADER = re.compile(
    "(?:由|请)(?P<post>(?:分管[\u4e00-\u9fff]{0,8}?|常务|"
    "协助分管[\u4e00-\u9fff]{0,6}?)?(?:的)?副?(?:省|市|县|区|州|盟|"
    "旗)长(?:、(?:分管[\u4e00-\u9fff]{0,8}?|常务)?副?(?:省|市|县|区)长)*|"
    "[\u4e00-\u9fff]{0,6}?(?:副?秘书长|(?:省|市|县|区)委(?:副?书记|"
    "常委[\u4e00-\u9fff、]{0,8}?部长)))(?=牵头|负责|统筹|协调|研究|督办|阅处|，|。)"
)
CLAUSE_MARKS = "[，；。！]"


class SentenceReader:
    """Reads who acts in the sentences of one paper."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def read(self, words: str) -> Statement:
        """Give who leads and who helps in a clause (without white space)."""
        roles = units.Roles(known=self.names.knows_zone)
        for segment in re.split(CLAUSE_MARKS, words):
            self._segment(segment, roles)
        for match in OVER.finditer(words):
            if roles.leads and match["group"] not in roles.groups:
                roles.groups.append(match["group"])
        for match in MADE_TO_ACT.finditer(words):
            found, _rest = self.names.run(words[match.end() :])
            roles.add("co", mentions_of([name for name in found if self._surely(name)]))
        leader = LEADER.search(words)
        return Statement(
            tuple(roles.leads), tuple(roles.cooperating), tuple(roles.groups),
            leader=leader["post"] if leader else "",
        )  # fmt: skip

    def _segment(self, segment: str, roles: units.Roles) -> None:
        """Read one segment: its subject, whom it joins, and whom it names after 由 further on."""
        intro = INTRO.match(segment)
        rest = segment[intro.end() :] if intro else segment
        if not (intro and intro["by"]) and JOINED.match(rest):
            self._partners(rest, roles)
            return
        found, after = self.names.run(rest)
        if found and self._acts(found, after, by=bool(intro and intro["by"])):
            role = self._role(after, roles, by=intro is not None and intro["by"] == "由")
            roles.add(role, mentions_of(found))
            self._partners(after, roles)
            return
        self._further(rest, roles)

    def _acts(self, found: list[str], after: str, *, by: bool) -> bool:
        """Tell whether a name at the beginning of a segment is its subject, not the beginning of an object's name."""
        if by or MUST.match(after) or ALL_LEAD.match(after) or ANSWER.match(after) or HELP.match(after):
            return True
        if JOINED.match(after):
            return True
        return bool(after) and not re.match("[的等内所及各]", after) and self._surely(found[-1])

    def _surely(self, name: str) -> bool:
        """Tell whether a subject without 要 or 由 is a unit beyond doubt: the directory knows it, or it is a group."""
        return units.is_group(name) or (self.names.knows(name) and not re.search("[县区市]$", name))

    def _role(self, after: str, roles: units.Roles, *, by: bool) -> str:
        """Give the role of a subject; 由甲、乙负责 makes both lead, 甲、乙负责 only the first."""
        if HELP.match(after):
            return "co"
        if JOINED.match(after):
            return "co" if roles.leads or roles.groups else "ranked"
        if ALL_LEAD.match(after) or (by and re.match("(?:具体)?负责", after)):
            return "leads"
        if ANSWER.match(after):
            return "ranked"
        return "ranked" if not (roles.leads or roles.groups or roles.cooperating) else "co"

    def _partners(self, after: str, roles: units.Roles) -> None:
        """Add those whom the subject acts with: 会同乙、丙对…."""
        joined = re.search("(?:会同|联合|协同|^商)(?=[^，]{2})", after[:8])
        if joined:
            found, _rest = self.names.run(after[joined.end() :])
            roles.add("co", mentions_of(found))

    def _further(self, segment: str, roles: units.Roles) -> None:
        """Add whom a segment names after 由 in its middle: 改造资金由甲、乙按比例分担."""
        for match in INSIDE.finditer(segment):
            found, after = self.names.run(segment[match.end() :])
            if not found:
                continue
            by = match.group() == "由"
            leading = by and bool(ANSWERS.match(after))
            role = "leads" if leading else "co"
            if by and not roles.leads and not roles.groups and not SHARES.match(after):
                role = "ranked"
            roles.add(role, mentions_of(found))
            self._partners(after, roles)
