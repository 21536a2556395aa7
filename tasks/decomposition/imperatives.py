"""Papers without any annotation: which sentences an officer would list as tasks.

A sentence is weighed by the tables below: it begins with what is to be done, names a thing that can be shown (a system,
a number, a day), and is no exhortation. Sections on outlook, principles and organisation give no tasks.
"""

import re

from documents.unit_words import one_of
from tasks.decomposition import times

NO_TASKS = re.compile(
    "总体要求|总体思路|指导思想|基本原则|工作原则|总体目标|主要目标|工作目标|发展目标|目标任务$|"
    "预期目标|差距|紧迫感|必要性|重要意义|重大意义|形势|认识|信心|背景|"
    "组织(?:保障|领导|实施)|保障措施|工作要求|有关要求|相关要求|几点要求|附则|实施范围|适用范围|"
    "加强领导|回顾|问题与不足|存在(?:的)?问题"
)
RUN_IN = 24  # a first sentence as short as this names the paragraph and is no task: 一要想方设法稳就业。
VERBS = one_of(
    "建立 健全 完善 推动 推进 加快 加强 开展 实施 制定 出台 编制 修订 落实 深化 优化 强化 提升 提高 "
    "扩大 打造 建设 建成 新建 改建 改造 "
    "构建 搭建 组建 设立 成立 培育 引进 引导 支持 鼓励 推行 推广 规范 清理 整合 整治 治理 排查 化解 "
    "防范 遏制 压减 降低 简化 取消 下放 "
    "统筹 协调 组织 举办 策划 办好 抓好 抓紧 抓实 做好 做强 做优 做大 用好 管好 建好 盘活 发展 壮大 "
    "发挥 拓展 拓宽 畅通 打通 打击 严查 严格 "
    "严厉 集中 全面 大力 扎实 深入 持续 积极 稳步 稳妥 有序 分类 分级 分批 分期 逐步 逐一 逐项 逐户 "
    "提前 抢抓 围绕 聚焦 紧盯 依托 利用 "
    "对接 谋划 储备 争取 确保 力争 保持 巩固 坚持 依法 探索 创新 创建 试点 启动 完成 实现 达到 调整 "
    "改革 改进 改善 增加 新增 "
    "增强 健康 保障 保护 修复 监测 监管 检查 督促 考核 评估 公开 公布 发布 通报 归集 共享 开发 开放 "
    "开通 上线 接入 配备 配置 配套 培训 "
    "轮训 选派 选树 招引 招聘 兑现 发放 补贴 足额 动态 常态化 因地制宜 科学 精准 切实 进一步 着力 "
    "精简 清零 关停 淘汰 更新 "
    "更换 安装 划定 明确 厘清 梳理 建强 织密 筑牢 夯实 守牢 补齐 延伸 覆盖 丰富 繁荣 传承 活化 振兴 "
    "坚决 严禁 杜绝 控制 限制 禁止 "
    "实行 瞄准 锚定 突出 抢占 攻坚 激活 撬动 严守 严控 严防 严肃 严把 压实 压缩 集聚 承接 引育 招录 评选 选聘 "
    "试行 细化 加大 加密 加力 加固 加装 加速 抓细 兜牢 兜住 守住 守好 稳住 用足 用活 放大 放宽 放开 扩面 扩容 "
    "提质 提标 提档 提速 升级 改扩建 续建 迁建 扩建 复垦 收储 供应 投放 投用 引入 导入 延长 补强 补建 造林 "
    "回收 处置 处理 解决 破解 破除 废止 清退 腾退 拆除 搬迁 安置 救助 帮扶 帮助 走访 关爱 资助 免费 减免 减轻 "
    "缓解 减少 缩短 缩小 压降 节约 受理 办理 办结 推介 宣传 普及 倡导 选拔 培养 激励 表彰 奖励 问责 追究 约谈 "
    "曝光 督导 督办 巡查 抽查 抽检 核查 复核 验收 审计 登记 备案 建档 侦办 追缴 置换 征收 清缴 清欠 根治 兑付 "
    "支付 拨付 安排 预留 设置 布设 布局 论证 报批 申报 争创 联合 率先 优先 同步 协同 主动 精心 精细 从严 高标准 "
    "高质量 高水平 多渠道 全方位 全链条 针对 借助 运用 采取 转化 融合 嵌入 下沉 扶持 孵化 做精 做特 叫响 擦亮 "
    "塑造 赋予 委托 购买 采购 贴息 复制 选址 拉动 倒排 攻克 净增 净化 绿化 亮化 美化 硬化 拓面 "
    "适时 及时 定期 每年 每季度 每月 推开 稳定 促进 激发 释放 增设 增开 摸清 摸排 普查 采集 打好 "
    "打赢 抓牢 把 将 对 在 按照 按 以 为 从 与 向 到"
)
DOES = re.compile(f"^(?:{VERBS})")
MUST = re.compile("^(?:[\u4e00-\u9fff]{2,12}?)(?:要|须|应当?|必须)(?!求)(?:真正|切实|认真|着力|进一步|加快|积极)?")
WHEN = re.compile(
    r"^(?:到?20\d\d年|今年|年内|年底前?|上半年|下半年|全年|[一二三四]季度|第[一二三四]季度|\d{1,2}月|"
    r"春节|汛期|力争|[\u4e00-\u9fff]{2,6}前(?=集中|开展|组织|完成|全面|逐|实现|建|制定)|用\S{1,3}年)"
)
THING = re.compile(
    "机制|制度|体系|清单|台账|平台|方案|计划|规划|办法|细则|标准|规范|指南|目录|名录|导则|图集|"
    "数据库|中心|基地|项目|工程|行动|专项|试点|队伍|网络|设施|设备|系统|"
    "档案|专班|基金|资金|政策|改革|改造|整治|治理|培训|演练|调查|排查|检查|评价|考核|监测|条例|活动|"
    "示范|服务|覆盖|全流程|岗位|"
    "作用|布局|模式|渠道|能力|率|力度|规模|质量|事项|企业|就业|消费|投资|品牌|场所|站|点"
)
FIGURE = re.compile(r"\d")
# Exhortation, outlook, report on the past: no task whatever else they say.
NEVER = re.compile(
    "^(?:同志们|各级|各位|各地|各部门|全市上下|全省上下|全县上下|大家|我们|让我们|只要|只有|"
    "同时要看到|要看到|要清醒|要深刻|要敢于|要勇于|要善于|要树立|要坚定|要保持|要始终|"
    "要带头|要牢固|要切实增强|必须看到|必须清醒|必须坚持|去年|过去|近年来|当前|目前|从[^，]{2,12}看|"
    "(?:上半年|前[一二两三]季度|截至[^，]{2,12}|1(?:[—-]\\d+)?月份?)，(?!要|须|完成|力争|确保|实现|启动|开工|建成|出台)|"
    "总的看|会议(?:指出|认为|强调)|为(?:深入)?贯彻|为进一步|为加快|现就|现将|"
    "本(?:意见|方案|办法|措施|规划)|行百里|[^，]{2,20}，?(?:关键|根本|重点)(?:在于?|是)|坚持以|"
    "以[^，。]{2,20}(?:为(?:指导|"
    "根本|统领|引领|目标|核心|主线|重点)))|"
    "(?:发扬|弘扬).{0,10}精神|时不我待|(?:重大|突出|明显)(?:成效|进展)[。，]|取得了|"
    "仍(?:然)?(?:存在|不足|有)|还(?:存在|有)(?:不少|一些)|"
    "(?:共识|氛围|局面|期待|信心|紧迫感)(?:的[^，。]{0,6})?[。！]?$|^(?:重大事项|重要情况)(?:要)?及时"
)
SOFT = re.compile(
    "^(?:要|必须|务必|切实|不断|始终|自觉)?(?:提高(?:政治)?站位|增强[^，。]{0,10}(?:意识|自觉|本领)|"
    "牢固树立|深刻(?:认识|领会|把握)|统一思想|担当作为|真抓实干|凝心聚力)"
)
LIST_LEAD = re.compile(
    "^(?:[一二三四五六七八九十]{1,2}(?:是|要)|第[一二三四五六七八九十][，、]|(?:首先|其次|再次|最后)，)"
)
URGED = re.compile("^(?:(?:同时|此外|另外)，?)?(?:还)?(?:要|需要|必须)(?:切实|着力|认真|进一步|继续)?")
ENOUGH, ENOUGH_LISTED = 3, 2
SHORTEST, SHORTEST_BARE = 8, 12  # a short sentence without a number is a slogan: 坚决杜绝“纸上项目”。


def is_idle(path: tuple[str, ...]) -> bool:
    """Tell whether a heading above says that here are no tasks."""
    return any(NO_TASKS.search(title) for title in path)


def weight(sentence: str) -> int:
    """Weigh a sentence (without white space): from 3 on it is what an officer lists."""
    words = LIST_LEAD.sub("", sentence)
    if NEVER.search(words) or SOFT.search(words) or len(words) < (SHORTEST if FIGURE.search(words) else SHORTEST_BARE):
        return 0
    says_when = next(times.phrases(words), None) is not None
    urged = URGED.match(words)
    doing = 2 if DOES.match(words) or WHEN.match(words) else 0
    if not doing and (MUST.match(words) or (urged and DOES.match(words[urged.end() :]))):
        doing = 1
    parts = re.split("[，；]", words)
    doing_later = 1 if not doing and any(DOES.match(part) for part in parts[1:]) else 0
    told = bool(THING.search(words)) + bool(FIGURE.search(words)) + says_when + times.cycle_in(words)[0]
    return (doing or doing_later) + min(told, 2) + (1 if len(parts) > 1 and doing else 0)


def is_task(sentence: str, *, listed: bool = False) -> bool:
    """Tell whether a sentence is a task; ``listed`` says that it stands under a number of its own."""
    return weight(sentence) >= (ENOUGH_LISTED if listed else ENOUGH)


def is_run_in(sentence: str) -> bool:
    """Tell whether the first sentence of a paragraph only names it."""
    words = LIST_LEAD.sub("", sentence)
    return len(words) <= RUN_IN and not FIGURE.search(words) and "，" not in words
