"""How a name that is printed in capitals is written otherwise (NĐ 30/2020, Phụ lục II; 1I).

Capitals do not tell: "SỞ GIAO THÔNG VẬN TẢI" is "Sở Giao thông vận tải". What the law calls the
departments of a province is known, so are the provinces; of other places every syllable is capital.
Whatever is none of these is not guessed at.
"""

import re

from config.vietnamese.text import clean_line, fold

# Of the provinces' people's committees: NĐ 24/2014, 107/2020, 150/2025.
_BODIES = (
    "Ủy ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND", "Văn phòng Ủy ban nhân dân",
    "Văn phòng UBND", "Văn phòng HĐND và UBND", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
    "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân",
    "Thanh tra", "Ban Dân tộc", "Ban Dân tộc và Tôn giáo", "Ban Quản lý các khu công nghiệp",
    "Sở Công Thương", "Sở Dân tộc và Tôn giáo", "Sở Du lịch", "Sở Giáo dục và Đào tạo",
    "Sở Giao thông vận tải", "Sở Kế hoạch và Đầu tư", "Sở Khoa học và Công nghệ",
    "Sở Lao động - Thương binh và Xã hội", "Sở Ngoại vụ", "Sở Nội vụ",
    "Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Quy hoạch - Kiến trúc", "Sở Tài chính", "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông", "Sở Tư pháp", "Sở Văn hóa và Thể thao",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Xây dựng", "Sở Y tế", "Sở An toàn thực phẩm",
)  # fmt: skip
# Those of today and those that were joined to others in 2025: plans of earlier years name them.
_PROVINCES = (
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre",
    "Bình Dương", "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ",
    "Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang",
    "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Huế",
    "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai",
    "Lâm Đồng", "Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên",
    "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La",
    "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Thành phố Hồ Chí Minh",
    "Thừa Thiên Huế", "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc",
    "Yên Bái",
)  # fmt: skip
_WRITTEN = {fold(name): name for name in (*_BODIES, *_PROVINCES)}
_PLACE = re.compile(
    r"^(?P<body>.*?)(?:^|\s)(?P<kind>TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|THỊ XÃ|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN"
    r"|ĐẶC KHU)(?:\s+(?P<name>\S.*))?$"
)


def written_out(printed: str) -> str:
    """A name in capitals as it is written, "" when that is not certain.

    >>> written_out("SỞ GIAO THÔNG VẬN TẢI TỈNH LẠNG SƠN")
    'Sở Giao thông vận tải tỉnh Lạng Sơn'
    """
    printed = clean_line(printed)
    if known := _WRITTEN.get(fold(printed)):
        return known
    match = _PLACE.match(printed)
    if match is None:
        return ""
    body = _WRITTEN.get(fold(match["body"]), "")
    if match["body"] and not body:
        return ""
    kind = match["kind"].lower() if body else match["kind"].capitalize()
    if not match["name"]:
        return f"{body} {kind}" if body else ""
    name = _WRITTEN.get(fold(match["name"])) or _place(match["name"])
    return f"{body} {kind} {name}".strip() if name else ""


def _place(printed: str) -> str:
    """A place's own name: every syllable is capital."""
    syllables = printed.split()
    plain = len(syllables) <= 4 and all(one.isalpha() or one.isdigit() for one in syllables)
    return " ".join(one.capitalize() for one in syllables) if plain else ""
