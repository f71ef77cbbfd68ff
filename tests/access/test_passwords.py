"""Passwords: the rules class by class, the hash, the dummy, the start password."""

import pytest
from argon2 import PasswordHasher

from dashboard.access.passwords import fits, hashed, start_password, weaknesses

CLASSES = "口令应包含大写字母、小写字母、数字、符号中的至少三类"
COMMON = "口令过于常见，容易被猜到，请换一个"


@pytest.mark.parametrize(
    "password",
    [
        "Kuqozebi7",  # upper, lower, digit
        "Kuqozebi-",  # upper, lower, symbol
        "kuqoze7-b",  # lower, digit, symbol
        "KUQOZE7-B",  # upper, digit, symbol
        "Kuqoze7-b",  # all four
        "麦田Kuqozebi",  # hanzi count as symbols
    ],
)
def test_three_of_the_four_classes_are_enough(password: str) -> None:
    assert weaknesses(password, "weijianju") == ()


@pytest.mark.parametrize(
    "password", ["kuqozebiwa", "KUQOZEBIWA", "Kuqozebiwa", "kuqozebi72", "KUQOZE-BIW", "72915-8364"]
)
def test_two_classes_are_too_few(password: str) -> None:
    assert CLASSES in weaknesses(password, "weijianju")


def test_eight_characters_are_enough_and_seven_are_not() -> None:
    assert weaknesses("Kuq-eb72", "weijianju") == ()
    assert "口令至少8位" in weaknesses("Kuq-e72", "weijianju")


def test_sixty_four_characters_are_the_most() -> None:
    long = "Kuqo-ze7" * 8
    assert "口令不超过64位" not in weaknesses(long, "weijianju")
    assert weaknesses(long + "x", "weijianju") == ("口令不超过64位",)


@pytest.mark.parametrize(
    "password",
    [
        "Passw0rd!",
        "P@ssw0rd",
        "Aa123456",
        "Abc@1234",
        "Admin@123",
        "1qaz@WSX",
        "Qwer1234!",
        "Abcd1234",
        "Woaini@520",
        "Huawei@123",
        "Qaz123456",
        "Dragon2023!",
        "Guatu@2023",
    ],
)
def test_common_passwords_are_refused_although_their_classes_are_right(password: str) -> None:
    assert weaknesses(password, "liaison") == (COMMON,)


def test_the_accounts_name_is_no_part_of_its_password() -> None:
    assert "口令不能包含账号名" in weaknesses("WeiJianJu-72qo", "weijianju")
    assert weaknesses("WeiJianJu-72qo", "jiaotiju") == ()


def test_full_width_letters_are_the_same_letters() -> None:
    assert fits("Ｋuqozebi７", hashed("Kuqozebi7"))
    assert weaknesses("Ｋuqozebi７", "weijianju") == ()


def test_only_the_password_fits_its_hash() -> None:
    made = hashed("Kuqozebi7")
    assert fits("Kuqozebi7", made)
    assert not fits("kuqozebi7", made)
    assert not fits("", made)


def test_nothing_fits_no_hash_or_a_spoilt_one() -> None:
    assert not fits("Kuqozebi7", None)
    assert not fits("Kuqozebi7", "spoilt")


def test_an_unknown_account_costs_as_much_work_as_a_known_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked: list[str] = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, hash_: str, password: str) -> bool:
        checked.append(hash_.rsplit("$", 2)[0])
        return verify(self, hash_, password)

    made = hashed("Kuqozebi7")
    monkeypatch.setattr(PasswordHasher, "verify", watched)
    fits("wrong", made)
    fits("wrong", None)
    assert len(checked) == 2
    assert checked[0] == checked[1]


def test_the_products_hash_is_argon2id_at_the_librarys_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    plain = PasswordHasher()
    cost = f"$argon2id$v=19$m={plain.memory_cost},t={plain.time_cost},p={plain.parallelism}$"
    assert hashed("Kuqozebi7").startswith(cost)


def test_two_hashes_of_one_password_differ() -> None:
    assert hashed("Kuqozebi7") != hashed("Kuqozebi7")


def test_start_passwords_keep_the_rules_differ_and_can_be_read_from_paper() -> None:
    made = {start_password() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        assert weaknesses(each, "weijianju") == ()
        assert not set(each) & set("0O1lIo")
