"""The 34 provinces and cities since 1 July 2025, with the ones that went into each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cases.typed.fold import fold


@dataclass(frozen=True, slots=True)
class Province:
    """`also`: what it was called before, and what people call it."""

    code: str
    name: str
    also: tuple[str, ...] = ()


PROVINCES: tuple[Province, ...] = (
    Province("01", "Hà Nội"),
    Province("04", "Cao Bằng"),
    Province("08", "Tuyên Quang", ("Hà Giang",)),
    Province("11", "Điện Biên"),
    Province("12", "Lai Châu"),
    Province("14", "Sơn La"),
    Province("15", "Lào Cai", ("Yên Bái",)),
    Province("19", "Thái Nguyên", ("Bắc Kạn", "Bắc Cạn")),
    Province("20", "Lạng Sơn"),
    Province("22", "Quảng Ninh"),
    Province("24", "Bắc Ninh", ("Bắc Giang",)),
    Province("25", "Phú Thọ", ("Hòa Bình", "Vĩnh Phúc")),
    Province("31", "Hải Phòng", ("Hải Dương",)),
    Province("33", "Hưng Yên", ("Thái Bình",)),
    Province("37", "Ninh Bình", ("Hà Nam", "Nam Định")),
    Province("38", "Thanh Hóa"),
    Province("40", "Nghệ An"),
    Province("42", "Hà Tĩnh"),
    Province("44", "Quảng Trị", ("Quảng Bình",)),
    Province("46", "Huế", ("Thừa Thiên Huế", "Thừa Thiên - Huế")),
    Province("48", "Đà Nẵng", ("Quảng Nam",)),
    Province("51", "Quảng Ngãi", ("Kon Tum", "Kontum")),
    Province("52", "Gia Lai", ("Bình Định",)),
    Province("56", "Khánh Hòa", ("Ninh Thuận",)),
    Province("66", "Đắk Lắk", ("Phú Yên", "Đắc Lắc", "Đăk Lăk", "Daklak")),
    Province("68", "Lâm Đồng", ("Bình Thuận", "Đắk Nông", "Đắc Nông", "Daknong")),
    Province("75", "Đồng Nai", ("Bình Phước",)),
    Province(
        "79", "Hồ Chí Minh",
        ("Sài Gòn", "HCM", "TPHCM", "Bình Dương", "Bà Rịa - Vũng Tàu", "Bà Rịa", "Vũng Tàu"),
    ),
    Province("80", "Tây Ninh", ("Long An",)),
    Province("82", "Đồng Tháp", ("Tiền Giang",)),
    Province("86", "Vĩnh Long", ("Bến Tre", "Trà Vinh")),
    Province("91", "An Giang", ("Kiên Giang",)),
    Province("92", "Cần Thơ", ("Hậu Giang", "Sóc Trăng")),
    Province("96", "Cà Mau", ("Bạc Liêu",)),
)  # fmt: skip
NAMES: Mapping[str, str] = {one.code: one.name for one in PROVINCES}


def _by_name() -> Iterator[tuple[str, str]]:
    for one in PROVINCES:
        for name in (one.name, *one.also):
            yield fold(name), one.code


BY_NAME: Mapping[str, str] = dict(_by_name())
