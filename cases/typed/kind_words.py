"""Words by which first words name a kind of incident: then they are the story, asked for no more.

A word without marks is heard with any; where that would mean another thing (bỏng, bóng) it has them.
They decide no kind and no level: the person presses the kind, and danger words are a list of their own.
"""

from collections.abc import Mapping

KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "violence_home": (
        "đánh", "bao hanh", "bao luc", "hanh ha", "đòn roi", "bị đòn", "ăn đòn", "bị chửi",
        "chửi mắng", "mắng chửi", "bị tát", "bị trói", "bị nhốt", "bóp cổ", "hit", "hits", "beaten",
        "beats", "beating", "abused", "hurt",
    ),
    "violence_school": ("thầy phạt", "cô phạt", "bao luc hoc duong"),
    "bullying": (
        "bat nat", "trêu chọc", "cô lập", "đánh hội đồng", "tẩy chay", "trấn lột", "chặn đường",
        "chế nhạo", "nói xấu", "bullied", "bullying",
    ),
    "violence_other": ("đe dọa", "đe doạ", "dọa giết", "doạ giết", "hung khi", "chém", "threatened"),
    "sexual_abuse": (
        "xam hai", "hiep dam", "bị hiếp", "so mo", "sàm sỡ", "đụng chạm", "sờ soạng", "dâm ô",
        "quấy rối", "lam dung", "gạ gẫm", "loạn luân", "raped", "molested", "touched",
    ),
    "online_abuse": (
        "ảnh nóng", "clip nóng", "tống tiền", "dụ dỗ", "gạ chat", "xin ảnh", "gửi ảnh", "dọa đăng",
        "blackmailed",
    ),
    "neglect": (
        "bo mac", "bỏ đói", "không … cho … ăn", "mot minh", "đói", "ốm", "không ai chăm",
        "không ai trông", "alone",
        "hungry", "neglected",
    ),
    "abandonment": ("bo roi", "bị bỏ lại", "vứt bỏ", "abandoned"),
    "missing": (
        "lạc", "mat tich", "bo nha", "bỏ trốn", "không thấy về", "chưa thấy về", "đi bụi",
        "missing", "lost", "ran away",
    ),
    "drowning": (
        "duoi nuoc", "chết đuối", "rơi xuống nước", "rơi xuống ao", "rơi xuống sông", "té sông",
        "té ao", "té giếng", "drowned",
    ),
    "injury": (
        "tai nan", "bỏng", "bị phỏng", "điện giật", "giật điện", "gãy tay", "gãy chân", "gãy xương",
        "ngộ độc", "uống nhầm", "té xe", "tông xe", "xe tông", "xe đụng", "ngã xe", "ngất", "bị thương",
        "chó cắn", "rắn cắn", "hóc xương", "bị hóc", "accident", "burned", "injured",
    ),
    "dangerous_place": (
        "hố công trình", "điện hở", "giếng không nắp", "không có rào", "không rào", "no fence",
        "without a fence",
    ),
    "labour": (
        "boc lot", "đi làm thuê", "bắt đi làm", "ăn xin", "bán vé số", "lao dong tre em",
        "child labour", "begging",
    ),
    "trafficking": ("mua bán trẻ", "buôn người", "bán trẻ em", "bat coc", "lừa bán", "kidnapped"),
    "child_marriage": ("tao hon", "ép cưới", "ép gả", "ép lấy chồng", "ép lấy vợ", "bắt lấy chồng"),
    "self_harm": ("tự làm đau", "rạch tay", "cắt tay", "nhảy cầu", "self harm"),
    "conflict_law": (
        "ma túy", "ma tuý", "hút chích", "trộm cắp", "ăn trộm", "ăn cắp", "đánh bạc", "bóng cười",
        "đua xe", "drugs",
    ),
    "hardship": (
        "bo hoc", "nghi hoc", "mồ côi", "nhà nghèo", "hoàn cảnh khó khăn", "bệnh nặng",
        "không nơi nương tựa", "khuyet tat", "dropped out", "orphan",
    ),
}  # fmt: skip

# Who did it, and where, says more than the word alone: `bạn đánh` is not `ba đánh`.
_HIT = "đánh/đập/=tát/=đấm/=đạp/chém"
IN_CONTEXT: Mapping[str, tuple[str, ...]] = {
    "violence_home": (f"hàng xóm … {_HIT} =con", f"{_HIT} =con", f"=ba/bố/=cha/mẹ/dượng/=bà/=ông … {_HIT}"),
    "violence_school": (f"thầy … {_HIT}", f"cô giáo … {_HIT}", "thầy … phạt", "cô giáo … phạt"),
    "bullying": (f"bạn … {_HIT}", f"tụi/bọn … {_HIT}", f"học sinh … {_HIT} nhau", f"nữ sinh … {_HIT}"),
    "violence_other": (f"hàng xóm … {_HIT}", f"người lạ … {_HIT}", f"thanh niên … {_HIT}"),
    "sexual_abuse": ("=sờ … em/cháu/bé", "thầy/chú/=ông … =sờ"),
    "online_abuse": (
        "gạ/dụ/rủ/nhắn … mạng/zalo/facebook/tiktok/sex", "gạ gẫm … mạng/zalo/facebook/tiktok",
    ),
    "trafficking": ("bị =bán",),
}  # fmt: skip
