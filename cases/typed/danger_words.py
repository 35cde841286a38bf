"""Danger in free text (T9), as adults and as children say it, and what only sounds like it.

Patterns are read by `cases/typed/spoken.py`; the second text is what an officer may be told was heard.
`=con` is heard only as it is written: còn is no child. In doubt a phrase raises: a person lowers.
"""

from cases.typed.spoken import Phrase

_ME = "=em/=con/mình/=tui/tôi/=tao/=tớ"
_PARENT = "=ba/bố/=cha/=tía/mẹ/=má/=mạ/dượng/=dì/=mợ/chú/bác/cậu/ông/bà/=ổng/=bả/=nội/=ngoại"
_HIT = "đánh/đập/=tát/=quất/=đấm/=đạp/=vả/=táng/=nện/=đá"
_TOUCH = "=sờ/so/=rờ/đụng/chạm/=động/=mò/=bóp/bop/=vuốt/=liếm/=nắn/=thò"
_FORCE = "bắt/ép/=đòi/=dụ"

# Not wanting to live: these bring a kind sentence and a voice to call, at once.
_SELF_HARM = (
    ("không muốn sống", ""), ("không còn/hề/thiết/ham muốn sống", "không muốn sống"),
    ("không thiết/ham sống", "không muốn sống"), ("tự tử", ""), ("tự sát", ""), ("muốn chết", ""),
    ("chán sống", ""), ("muốn biến mất", ""), ("muốn tan biến", "muốn biến mất"),
    ("chết … cho rồi/xong/khuất", "muốn chết"), ("chết quách", "muốn chết"),
    ("sống làm gì/=chi", "không muốn sống"), ("sống … để làm gì", "không muốn sống"),
    ("ước … đừng/chưa/không … sinh ra", "không muốn sống"),
    ("không có =em/=con/mình … tốt/vui/đỡ hơn", "không muốn sống"),
    ("ngủ luôn … không/=đừng … dậy/tỉnh", "muốn chết"),
    ("kết thúc cuộc đời/sống", "muốn chết"), ("kết liễu", "muốn chết"),
    ("rạch tay", "tự làm đau"), ("cứa tay", "tự làm đau"), ("tự làm đau", ""),
    ("tự rạch/cắt/đánh mình", "tự làm đau"), ("nhảy lầu", ""),
    ("muốn/định/tính/đòi nhảy cầu/sông/giếng/hồ", "nhảy lầu"), ("đòi nhảy", "nhảy lầu"),
    ("thư tuyệt mệnh", ""), ("kết thúc tất cả/hết", "muốn chết"), ("uống thuốc … chết", "tự tử"),
    ("để lại thư … đi", "thư tuyệt mệnh"), ("cho chết quách/luôn", "muốn chết"),
    ("treo cổ", ""), ("thắt cổ", ""),
    ("suicide", ""), ("want to die", ""), ("wanna die", "want to die"),
    ("not/dont/t want to live", "want to die"), ("want to disappear", ""),
    ("hurt myself", "self-harm"), ("cutting myself", "self-harm"),
    ("kill myself/himself/herself/themselves/yourself", "suicide"),
)  # fmt: skip

_HURT = (
    ("đang đánh", ""), ("đánh chết", ""), ("chảy máu", ""), ("bất tỉnh", ""), ("không thở", ""),
    (f"{_PARENT} … {_HIT} {_ME}", "ba đánh em"), (f"bị {_PARENT} … {_HIT}", "ba đánh em"),
    (f"{_PARENT} cháu … {_HIT} cháu", "ba đánh em"), (f"sắp … {_HIT}/giết {_ME}", "ba đánh em"),
    ("đập/đâm/=tát chết", "đánh chết"), ("nhốt/trói/=xích cháu/=bé/đứa/thằng/chúng", "bị nhốt"),
    ("bị đâm/chém", "bị chém"), ("=tạt axit/acid", "tạt axit"), ("=tạt nước sôi", ""),
    ("=treo lên/ngược", "bị treo"), ("dìm … nước", "dìm xuống nước"),
    ("bị khóa/khoá … trong", "bị nhốt"), ("=quất/=quật/đánh/đập … túi bụi", "đang đánh"),
    ("lấy/dùng/cầm dây/roi/gậy/cây … =quất/đánh/đập/=vụt/=quật", "đánh bằng roi gậy"),
    ("không còn/hề thở", "không thở"), ("ngưng/ngừng thở", "không thở"), ("bất động", ""),
    ("không động đậy", "bất động"), ("ngất xỉu", "bất tỉnh"),
    ("gọi/lay/kêu … không dậy/tỉnh", "bất tỉnh"), ("điện giật", ""), ("giật điện", "điện giật"),
    ("=đập đầu", "đánh chết"), ("bóp/bịt mũi/miệng", "bịt mũi, miệng"), ("nhét … miệng", "bịt mũi, miệng"),
    ("dốc ngược", "bị treo"), ("gãy tay/chân/xương … đánh", "đánh gãy tay"),
    ("đánh … gãy/=bầm/bể/vỡ", "đánh gãy tay"), ("=bầm tím/dập", "bầm tím"),
    ("toàn/đầy/nhiều máu", "chảy máu"), ("máu me", "chảy máu"), ("sốc điện", "điện giật"),
    ("khó thở", "không thở"), ("tím người/mặt/môi", "tím tái"),
    ("=sặc sữa/cháo/nước/bột/cơm", "bị sặc"), ("bị hóc", ""), ("choking", ""),
    ("té/ngã/rơi/rớt lầu", "té từ trên cao"), ("té/ngã/rơi/rớt … trên cao", "té từ trên cao"),
    ("xe cán/tông", "bị xe tông"), ("rắn … cắn", "rắn cắn"), ("bỏng/phỏng nặng", "bỏng nặng"),
    ("kẹt trong xe/nhà/đám/thang/giếng/hầm", "bị kẹt"), ("đám cháy", "cháy nhà"),
    ("hurting/abusing the/my/his/her/their/a kid/kids/child/children/son/daughter", "beats a child"),
    ("tím tái", ""), ("co giật", ""), ("sùi bọt mép", "co giật"),
    ("bóp/siết cổ", "bóp cổ"), ("bị nhốt", ""), (f"nhốt/trói/=xích {_ME}", "bị nhốt"),
    ("cầm/lấy/vác/xách dao/búa/rựa/gậy/kéo … dọa/doạ/đòi/chém/rượt/đuổi/=dí/=đâm/đánh", "cầm dao"),
    ("dọa/doạ/đòi/hăm … giết", "dọa giết"), ("đòi chém", "dọa giết"),
    (f"đuổi {_ME} … khỏi nhà", "bị đuổi đi"), (f"đuổi {_ME} … đường", "bị đuổi đi"),
    ("bị đuổi … khỏi nhà", "bị đuổi đi"), ("đang trốn", ""),
    ("trốn trong tủ/phòng/nhà/toilet/wc/gầm", "đang trốn"), ("trốn dưới gầm", "đang trốn"),
    ("dad/mom/mum/father/mother/stepdad/stepfather/stepmom/stepmother/uncle … "
     "hits/hit/hitting/beats/beat/beating/hurts/hurting/slaps me", "hits me"),
    ("beaten/hit by my dad/mom/mum/father/mother/stepdad/stepfather/uncle", "hits me"),
    ("beating/hitting his/her/their/the/a child/kid/kids/son/daughter/boy/girl/baby", "beats a child"),
    ("locked me/him/her/them", "locked in"),
    ("locked the/a kid/child/boy/girl/baby", "locked in"),
    ("has/have a knife/gun", "has a knife"), ("kill", ""), ("bleeding", ""), ("unconscious", ""),
    ("not breathing", ""),
)  # fmt: skip

_TOUCHED = (
    ("hiếp dâm", ""), ("cưỡng hiếp/bức/dâm", "bị hiếp"),
    ("lạm dụng tình dục", "bị hiếp"), ("dâm ô", "sàm sỡ"), ("khỏa/khoả thân", "ảnh khỏa thân"),
    ("=đè con/=bé/cháu/em … ra/xuống", "nằm đè lên"), ("ép/bắt … cởi quần/áo/đồ", "bắt cởi đồ"),
    ("=bé/cháu/=con/học … có/mang thai/=bầu", "trẻ có thai"),
    ("bị hiếp", ""), (f"hiếp {_ME}", "bị hiếp"), (f"xâm hại {_ME}", "bị hiếp"),
    ("sàm sỡ", ""), ("đụng chạm", ""), ("so mo", "sờ mó"), ("thầy/chú/bác/cậu/dượng … =sờ/=rờ", "sờ mó"),
    ("bị … =sờ/=rờ", "sờ mó"),
    (f"{_TOUCH} … chỗ/vùng/phận kín", "sờ chỗ kín"),
    (f"{_TOUCH} ngực/mông/đùi/vú/háng/chim/bướm {_ME}", "sờ chỗ kín"),
    (f"{_TOUCH} vào ngực/mông/đùi/vú/háng/chim/bướm {_ME}", "sờ chỗ kín"),
    (f"{_TOUCH} ngực/mông/đùi/vú/háng/chim/bướm của {_ME}", "sờ chỗ kín"),
    ("bị … =sờ/=rờ/=bóp/=mò … ngực/mông/đùi/vú/háng", "sờ chỗ kín"),
    (f"=sờ/=rờ/=mò … người {_ME}", "sờ chỗ kín"),
    ("=thò/=mò/luồn tay … áo/quần", "sờ chỗ kín"),
    (f"{_FORCE} {_ME} … cởi", "bắt cởi đồ"), (f"cởi/=tụt/=lột/kéo quần/đồ {_ME}", "bắt cởi đồ"),
    (f"cởi/=tụt/=lột/kéo quần/đồ của {_ME}", "bắt cởi đồ"),
    (f"{_FORCE} {_ME} … =sờ/=rờ/=bú/ngậm/=mút/hôn", "bắt đụng vào họ"),
    (f"{_FORCE}/=cho {_ME} … xem phim/clip sex/đen/nóng/xxx", "bắt xem phim xấu"),
    (f"nằm … đè … {_ME}", "nằm đè lên"), (f"đè {_ME} ra/xuống", "nằm đè lên"),
    ("=hôn … môi", "bị hôn"), (f"hôn môi {_ME}", "bị hôn"), ("làm chuyện người lớn", "sờ chỗ kín"),
    (f"rủ/dụ/chở/đưa {_ME} … nhà nghỉ", "dụ vào nhà nghỉ"),
    ("rape", ""), ("raped", "rape"), ("touched/touches/touching me", "touches me"),
    ("touched/touches/touching my private/privates", "touches me"),
    ("made/makes me touch", "touches me"),
)  # fmt: skip

_TAKEN = (
    ("bắt cóc", ""), ("mất tích", ""), ("bị lạc", ""), ("đi lạc", "bị lạc"), ("gone missing", "missing"),
    ("son/daughter/child/kid/boy/girl/baby … missing", "missing"),
    ("lạc đường", "bị lạc"),
    ("không … biết/nhớ đường về", "bị lạc"), ("lạc =ba/mẹ/=má/bố", "bị lạc"),
    ("người/ông/bà lạ … =kéo/=lôi/bắt/=rủ/=dụ/theo/=ôm/=bế/chở/đưa/dắt/dẫn", "người lạ kéo đi"),
    ("bị … =dụ/=lừa … đi", "bị dụ đi"), ("bị … =lừa sang/qua/bán", "bị bán"), ("buôn người", "bị bán"),
    ("bọn/tụi/chúng … bắt con/cháu/em/=bé", "bắt cóc"), ("chúng/tụi nó bắt con/cháu/=bé", "bắt cóc"),
    ("bị quay/chụp clip/lén/ảnh/hình", "ảnh khỏa thân"),
    ("bị vứt/bỏ … rác/bụi/ruộng/chùa/cổng", "bị bỏ lại"), ("không … tìm thấy/ra con/cháu/=bé/em", "mất tích"),
    ("không thấy con/cháu/=bé … đâu", "mất tích"),
    (f"{_FORCE}/=kéo/=lôi {_ME} lên xe", "người lạ kéo đi"), ("đòi/định bán em/mình", "bị bán"),
    (f"{_PARENT} … bỏ {_ME} … đi", "bị bỏ lại"), ("i m/am lost", "lost"), ("im lost", "lost"),
)  # fmt: skip

_WATER_AND_FIRE = (
    ("đuối nước", ""), ("chết đuối", "đuối nước"), ("nước cuốn", "đuối nước"),
    ("=trôi sông/suối/nước", "đuối nước"),
    ("thuyền/ghe/xuồng/đò lật", "đuối nước"), ("lật thuyền/ghe/xuồng/đò", "đuối nước"),
    ("hụt chân", "đuối nước"), ("=chìm rồi/mất/xuống", "đuối nước"), ("nhà cháy", "cháy nhà"),
    ("rơi xuống giếng", ""),
    ("té/ngã/lọt/rớt xuống giếng", "rơi xuống giếng"),
    ("rơi/té/ngã/lọt/rớt xuống sông/ao/hồ/nước/suối/biển/kênh/mương/hố/cống", "rơi xuống nước"),
    ("cháy nhà", ""), ("nhà … đang cháy", "cháy nhà"), ("drowning", ""),
    ("uống/nuốt … thuốc sâu/chuột/cỏ/độc/ngủ/trừ/diệt/rầy/tẩy", "uống thuốc độc"),
)  # fmt: skip

_HELP = (
    ("cứu với", ""), ("cứu cháu", ""), ("cứu em", ""), ("cứu =con/mình/=tui/=tớ", "cứu em"),
    ("cứu tụi/bọn/chúng/người/=bé/nó/mạng", "cứu với"), ("nguy cấp", ""),
    ("giúp gấp/ngay", "cứu với"), ("gấp lắm", "khẩn cấp"), ("cấp cứu", ""),
    ("help/save us/him/her/them", "help me"), ("save me", "help me"),
    ("help me", ""), ("sos", ""), ("khẩn cấp", ""),
)  # fmt: skip

_ALL = (*_SELF_HARM, *_HURT, *_TOUCHED, *_TAKEN, *_WATER_AND_FIRE, *_HELP)
DANGER = tuple(Phrase(pattern, text) for pattern, text in _ALL)
IN_WATER = frozenset({"drowning", "đuối nước", "rơi xuống giếng", "rơi xuống nước"})
SELF_HARM = frozenset(text or pattern for pattern, text in _SELF_HARM)

# What kind of incident a word of danger speaks of, where no other word does.
_KINDS = (
    ("self_harm", SELF_HARM),
    ("violence_home", ("đang đánh", "đánh chết", "đánh bằng roi gậy", "ba đánh em", "bị nhốt", "bóp cổ",
                       "bị đuổi đi", "hits me", "locked in", "beats a child")),
    ("sexual_abuse", [text or pattern for pattern, text in _TOUCHED]),
    ("trafficking", ("bắt cóc", "người lạ kéo đi", "bị bán", "bị dụ đi")),
    ("missing", ("mất tích", "bị lạc", "lost", "missing")),
    ("abandonment", ("bị bỏ lại",)),
    ("drowning", IN_WATER),
)  # fmt: skip
KIND_OF_DANGER = {word: kind for kind, words in _KINDS for word in words}

_TRAPS = (
    # slowly, never suicide
    "cứ từ từ", "từ từ thôi", "từ từ kể",
    # what is played, done or woken, never somebody
    "đánh răng/vần/đàn/=cờ/=bài/máy/trống/giày/thức/bại/lừa/mất/rơi/dấu/phấn/game/boss/rank/trận",
    "đánh cầu/bóng lông/chuyền/bàn/rổ", "đánh cầu", "đánh tiếng", "chơi … đánh trận",
    "đánh/đập/đá … con =chó/mèo/=gà/muỗi/=gián/chuột/=bò/trâu/ruồi/rắn/=vịt/heo/=cờ/boss/quái",
    "đập chết … muỗi/=gián/chuột/ruồi/rắn/=kiến",
    "đánh chết … muỗi/=gián/chuột/ruồi/rắn/boss/quái/=trùm", "đá =gà/banh/=bóng",
    # very much
    "cười/vui/nóng/lạnh/thèm/ghiền/ngon/đẹp/khát/nhớ/quê/ngại/nhột/=đói … muốn chết",
    "buồn ngủ … muốn chết", "mắc cỡ … muốn chết", "cười … không thở", "ngủ … bất tỉnh",
    # moving out, never dying
    "muốn sống với/cùng/chung/xa/bên", "muốn sống … nhà/quê/trọ",
    # what is lost or falls is a thing
    "nhốt/trói/xích … =chó/mèo/=gà/=vịt/heo/bò/trâu", "mèo/=chó/=cún/=gà/bò/trâu … lạc",
    "mèo/=chó/=cún/=gà/thoại/=vở/=bút/=thước/dép … mất tích",
    "mèo/=chó/=cún/=gà/thoại/dép/banh/=bóng/=nón/=mũ/cặp/=bút/đồ/=chìa/bánh/kính/diều/máy/vở … "
    "rơi/té/ngã/lọt/rớt xuống",
    "trốn tìm/học/tiết", "chơi … trốn", "lạc đề/giọng/hậu/điệu", "bắt cóc bỏ",
    "=gà/=chó/mèo … xe cán/tông", "số … cấp cứu", "đánh … vỡ =bát/chén/=ly", "bóng/=banh … vỡ",
    "bất động sản",
    "mất tích cái/chiếc/quyển/cuốn", "phim/truyện/nhạc/bài/game … hay muốn chết",
    "đau bụng/răng/lưng/chân/tay/đầu … muốn chết", "chìm … tàu/thuyền/ghe", "học cứu người",
    "không … tìm thấy … =đường/=link/=trang/=số",
    "chảy máu cam", "chảy máu chân răng",
    # what children are taught
    "không/=đừng … cho/để … chỗ/vùng kín", "không/=đừng … theo người lạ",
    # a number, or that it is none
    "không khẩn cấp", "số … khẩn cấp",
    "kill time/boss/bosses/mob/mobs/zombie/zombies", "killed me … game",
)  # fmt: skip
TRAPS = tuple(map(Phrase, _TRAPS))
