"""Public identity codes of units: 行政区划代码 and 统一社会信用代码."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
DISTRICT_PATTERN = re.compile(r"[1-9]\d{5}(?:\d{3}){0,2}")


def uscc_check_digit(body: str) -> str:
    """Return the 18th character that belongs to the first 17 of a 统一社会信用代码.

    Raises ValueError for characters outside the code's alphabet (I, O, S, V, Z are not in it).
    Source: GB 32100-2015, weights 3^(i-1) mod 31.
    """
    total = sum(USCC_ALPHABET.index(letter) * weight for letter, weight in zip(body, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def validate_uscc(value: str) -> None:
    """Refuse what is not a 统一社会信用代码: 18 characters, the last one a check digit (GB 32100-2015)."""
    well_formed = len(value) == 18 and all(letter in USCC_ALPHABET for letter in value)
    if not well_formed or uscc_check_digit(value[:17]) != value[17]:
        raise ValidationError(_("统一社会信用代码应为18位且校验位正确，请核对后重新填写。"), code="department.uscc")


def validate_district_code(value: str) -> None:
    """Refuse what is not a 行政区划代码: 6 digits (县级以上), 9 (乡级) or 12 (村级)."""
    if not DISTRICT_PATTERN.fullmatch(value):
        raise ValidationError(
            _("行政区划代码应为6位、9位或12位数字，请核对后重新填写。"), code="department.district_code"
        )


def region_chain(code: str) -> tuple[str, ...]:
    """Return the regions a 行政区划代码 lies in, widest first: nation "", province, city, county, ….

    A region is named by its digits without the trailing empty places: 622900 → ``("", "62", "6229")``.
    Source: GB/T 2260 (two digits each for province, city, county), GB/T 10114 (three more each below).
    """
    ends = [end for end in (2, 4, 6, 9, 12) if end <= len(code)]
    chain = [""]
    for start, end in zip([0, *ends], ends, strict=False):
        if code[start:end].strip("0"):
            chain.append(code[:end])
    return tuple(chain)
