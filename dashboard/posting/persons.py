"""Whether a free text seems to speak of one person: identity and mobile numbers, named patients.

The books hold sums alone (个人信息保护法 第六条、第二十八条；精神卫生法 第四条). A name is found by
the word before it (患者、来访者 …), a surname and one or two signs after it. Surnames that also
begin everyday words (高风险、康复、于门诊) count only with signs that are common in given names.
"""

import re
import unicodedata

IDENTITY = "疑似含有身份证号"
MOBILE = "疑似含有手机号码"
PATIENT = "疑似写有患者姓名"

_IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?!\d)")
_OLD_IDENTITY = re.compile(r"(?<!\d)[1-6]\d{5}\d{2}[01]\d[0-3]\d\d{3}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:(?:00)?86)?1[3-9]\d{9}(?!\d)")
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Signs of which nothing is seen, which pasting leaves between others."""

_DOTTED = re.compile(r"(?<!\d)(1[3-9]\d|\d{6})[.·](\d{4}|\d{8})[.·](\d{3}[\dXx])(?!\d)")
"""A number in groups that dots set apart; amounts and dates are grouped otherwise."""

_COMPOUND = "欧阳|上官|司马|诸葛|皇甫|尉迟|夏侯|东方|慕容|令狐|宇文|长孙|公孙|司徒|端木|百里"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭蔡潘袁董蒋叶杜苏魏吕丁沈姚卢"
    "姜崔钟谭汪范廖贾夏韦付傅邹孟熊秦邱尹薛闫阎侯陶黎龚邵郝孔覃莫樊倪耿葛洪殷俞鲁聂伍庞翟"
    "鲍涂阮翁骆褚岳裴荆詹牟芦冉凌滕戚岑匡巩柯赖邢窦晏饶隋仇巫"
)
_EVERYDAY_SURNAMES = (
    "于向任曾余万金方高白石江段常安康管温关成解应时全计连左古易包单党陆程严钱文章华项祝路"
    "沙辛支边商符简牛戴毛武史龙雷汤田贺顾尚甘盛焦施申季游童苗尤宁齐颜柴车兰卞"
)
"""Surnames with which everyday words begin."""
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅玲芬燕萍辉鹏飞鑫波斌宇浩凯健俊帆雪琳"
    "晨欣怡雨轩子涵梓博文建国志东海春晓云龙凤莲珍莉娣琴洁颖倩婷慧瑶佳蕾薇冰婉淑惠翠雅芝莹琼勤巧"
    "才德福贵富祥兴旺财宝根山林森树生永庆喜忠义仁孝孟仲庭祖宗耀锋钢铁铭锐瑞昌晖旭昊昱晟朝阳亮"
    "光世学振启宏弘航立新力民先锡汉楠柏松柳桐梁栋炎炜焕熙然彬涌泉润泽洪浩淼清源渊江河"
)
"""Signs that are common in given names."""
_WORDS_BEGUN = {
    "张": "口嘴贴力",
    "黄": "疸色",
    "丁": "型",
    "胡": "言乱",
    "孙": "女子辈",
    "陈": "述旧列",
    "唐": "氏",
    "杜": "绝",
    "苏": "醒",
    "范": "围例",
    "付": "费款出清",
    "许": "可多",
    "何": "时地种处以人",
    "周": "期边围转末一二三四五六日",
    "马": "上",
    "林": "业区",
    "罗": "列",
    "郑": "重",
    "谢": "绝",
    "叶": "酸",
    "夏": "季天",
    "钟": "点情",
    "陶": "醉",
    "洪": "涝灾",
    "莫": "名",
}
"""What follows a surname where it begins an everyday word: 黄疸、陈述、唐氏综合征."""
_TITLES = "女士|先生|大爷|大妈|大娘|阿姨|师傅|老师|同学|同志|医生|主任|奶奶|爷爷|老人"
_PLACES = "村镇乡县市区街院局庄屯所站社"
_FOLLOWS = (
    "的在于因已到经被由住患出入病确接就复转拒来去说称有等和与及向对从将正现曾未不也都又今昨系"
)
"""What may follow a name in a sentence."""
_NO_NAMES = "江河|高山|华东|华山|平安|安康|康健|文明|高兴|金山|金华|常德|万山|白云|安庆|龙江|高明"
"""Everyday words that look like a name throughout."""

_HANZI = r"[\u4e00-\u9fff]"
_WORD = r"(?:患者|病人|来访者|求助者|病员|病患)"
_LINK = r"(?:的?姓名|名字)?\s*(?:[:(“\"为是叫]|名叫|叫做)?\s*"
_END = rf"(?=$|[^\u4e00-\u9fff]|[{_FOLLOWS}])"
_NO_PLACE = rf"(?![^\W{_FOLLOWS}]{{0,2}}[{_PLACES}])"


def _surname() -> str:
    begun = "|".join(f"{surname}(?![{words}])" for surname, words in _WORDS_BEGUN.items())
    others = "".join(sign for sign in _SURNAMES if sign not in _WORDS_BEGUN)
    return rf"(?:{_COMPOUND}|{begun}|[{others}])"


_NAME = (
    rf"{_surname()}(?!{_TITLES}|{_HANZI}?某){_NO_PLACE}"
    rf"(?:{_HANZI}{{1,2}}{_END}|\s{_HANZI}(?!{_HANZI})|[{_GIVEN}]{{2}})"
)
_NO_WORD = rf"(?!(?:{_NO_NAMES})(?![{_GIVEN}]))"
_EVERYDAY_NAME = rf"{_NO_WORD}[{_EVERYDAY_SURNAMES}]{_NO_PLACE}(?:[{_GIVEN}]{{2}}|[{_GIVEN}]{_END})"
_PATIENT = re.compile(rf"{_WORD}{_LINK}(?:{_NAME}|{_EVERYDAY_NAME})")


def personal_data(text: str, *, of_contact: bool = False) -> str | None:
    """What personal data a text seems to hold, in words, or None.

    A field `of_contact` reaches a person whom the office must call: name and telephone may stand
    there, an identity number may not.
    """
    plain = unicodedata.normalize("NFKC", UNSEEN.sub("", text))
    close = _DOTTED.sub(r"\1\2\3", re.sub(r"(?<=\d)[\s-]+(?=[\dXx])", "", plain))
    if _IDENTITY.search(close) or _OLD_IDENTITY.search(close):
        return IDENTITY
    if of_contact:
        return None
    if _MOBILE.search(close):
        return MOBILE
    return PATIENT if _PATIENT.search(plain) else None


_OF_PLACES = "县长|市长|区长|镇长|乡长"
_POSITION = "书记|主任|局长|部长|处长|科长|股长|院长|校长|所长|站长|秘书长|主席|常委|组长|同志"
_ANY_SURNAME = rf"(?:{_surname()}|[{_EVERYDAY_SURNAMES}])"
_WHOLE_NAME = rf"(?:{_surname()}[{_GIVEN}]{{1,2}}|{_EVERYDAY_NAME})"
_PERSON = (
    re.compile(_NAME),
    re.compile(rf"{_ANY_SURNAME}副?(?:{_POSITION}|{_OF_PLACES})"),
    re.compile(rf"{_surname()}[{_GIVEN}]{{1,2}}副?(?:{_POSITION})"),  # 梁山县长 is no 梁山
    re.compile(rf".*(?:{_POSITION}|{_OF_PLACES}){_WHOLE_NAME}"),
)
"""A name alone; 王县长; 李强书记; 副县长李强. Posts of places and offices are none of these."""


def names_a_person(text: str) -> bool:
    """Whether what should be a post seems to be a person: 张伟, 王县长, 副县长李强."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", UNSEEN.sub("", text)))
    return any(pattern.fullmatch(plain) for pattern in _PERSON)


CURES = {
    IDENTITY: "本系统只存汇总数，请删去后再保存",
    MOBILE: "本系统只存汇总数，请删去后再保存",
    PATIENT: "本系统不记个人情况，请改写为“患者某”或“张某”后再保存",
}
"""What the person who wrote it does about each."""
