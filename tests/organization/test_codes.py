"""Identity codes of units are what the standards say."""

import pytest
from django.core.exceptions import ValidationError

from organization.codes import region_chain, uscc_check_digit, validate_district_code, validate_uscc

# 11100000000013127D is the published code of the General Office of the State Council.
STATE_COUNCIL_OFFICE = "11100000000013127D"


def test_a_published_credit_code_is_accepted():
    validate_uscc(STATE_COUNCIL_OFFICE)

    assert uscc_check_digit(STATE_COUNCIL_OFFICE[:17]) == "D"


@pytest.mark.parametrize(
    "wrong", ["", "11100000000013127E", "1110000000001312", "11100000000013127DD", "1110000000001312ID", "１" * 18]
)
def test_a_credit_code_with_a_wrong_digit_length_or_letter_is_refused(wrong):
    with pytest.raises(ValidationError):
        validate_uscc(wrong)


@pytest.mark.parametrize("right", ["620000", "622921", "622921105", "622921105001"])
def test_district_codes_have_6_9_or_12_digits(right):
    validate_district_code(right)


@pytest.mark.parametrize("wrong", ["", "62292", "6229211", "abcdef", "022921", "6229211050011"])
def test_other_district_codes_are_refused(wrong):
    with pytest.raises(ValidationError):
        validate_district_code(wrong)


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("", ("",)),
        ("620000", ("", "62")),
        ("622900", ("", "62", "6229")),
        ("622921", ("", "62", "6229", "622921")),
        ("622921105", ("", "62", "6229", "622921", "622921105")),
    ],
)
def test_a_region_lies_in_all_that_its_digits_begin_with(code, chain):
    assert region_chain(code) == chain
