"""What only sounds like danger, and is taken out before danger is heard (`danger_words.py`)."""

from cases.typed.spoken import Phrase

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
    "mệt/=lo/tức/rầu/=oải/nhức/ngứa/=rét/ngán muốn chết",
    "buồn ngủ … muốn chết", "mắc cỡ … muốn chết", "cười … không thở", "ngủ như bất tỉnh",
    # moving out, never dying
    "muốn sống với/cùng/chung/xa/bên", "muốn sống … nhà/quê/trọ",
    # what is lost or falls is a thing
    "nhốt/trói/xích =chó/mèo/=gà/=vịt/heo/bò/trâu",
     "nhốt/trói/xích con/=mấy/bầy/đàn =chó/mèo/=gà/=vịt/heo/bò/trâu", "mèo/=chó/=cún/=gà/=bò/trâu … lạc",
    "mèo/=chó/=cún/=gà … chưa/không về/thấy", "=cháy bóng/cầu đèn/chì", "cơm/=nồi/áo … =cháy", "cầu chụp/ngắm",
    "mèo/=chó/=cún/=gà … mất tích", "thoại/=vở/=bút/=thước/dép mất tích",
    "mèo/=chó/=cún/=gà/thoại/dép/banh/=bóng/=nón/=mũ/cặp/=bút/đồ/=chìa/bánh/kính/diều/máy/vở … "
    "rơi/té/ngã/lọt/rớt xuống",
    "trốn tìm/học/tiết", "chơi trốn", "lạc đề/giọng/hậu/điệu", "bắt cóc bỏ",
    "con =gà/=chó/mèo/vịt/heo … xe cán/tông/đụng", "số/thoại cấp cứu", "đánh … vỡ =bát/chén/=ly",
     "bóng/=banh … =vỡ",
    "bất động sản",
    "mất tích cái/chiếc/quyển/cuốn", "phim/truyện/nhạc/bài/game … hay muốn chết",
    "đau bụng/răng/lưng/chân/tay/đầu muốn chết", "đau bụng/răng/lưng/chân/tay/đầu quá muốn chết",
     "phim … chìm", "học cứu người",
    "không … tìm thấy … =đường/=link/=trang/=số",
    "chảy máu cam", "chảy máu chân răng",
    # what children are taught
    "không/=đừng … cho/để … chỗ/vùng kín", "không/=đừng … theo người lạ",
    "phòng chống/tránh/ngừa tai/thương nạn/tích đuối nước", "chống/tránh/ngừa đuối nước",
    "chống/tránh/ngừa bắt cóc", "chống/tránh/ngừa tự tử", "chống/tránh/ngừa hiếp dâm", "thoát hiểm",
    "chống/tránh/ngừa hỏa/hoả hoạn", "chữa cháy",
    # what was read or seen of others
    "phim/truyện bắt cóc", "đọc/xem/coi/thấy tin bắt cóc",
     "đọc/xem/coi báo/phim/truyện/tivi/tin … vụ … bắt cóc/=cháy/hiếp",
    "đọc/xem/coi báo/phim/truyện/tivi/tin … vụ … giết/chém/đánh",
     "đọc/xem/coi báo/phim/truyện/tivi/tin … vụ … tự tử/sát",
    "đọc/xem/coi báo/phim/truyện/tivi/tin … vụ … mất tích",
     "đọc/xem/coi báo/phim/truyện/tivi/tin … vụ … đuối nước",
    # thanks, and long ago
    "cảm/cám ơn … đã cứu", "cứu chiến binh", "cứu =hộ", "quá trời", "trời ơi/đất/nắng", "câu lạc bộ",
     "tập/học bơi chìm",
     "tập huấn … đuối nước", "tập huấn … cứu", "huấn cứu người đuối nước", "kỹ/kĩ năng … đuối nước",
      "tuyên truyền … đuối nước",
     "nhà nghỉ mát/dưỡng", "năm ngoái/kia … nước/lụt/lũ/bão",
     "cứu trợ/tế/hỏa", "đánh/đập/làm vỡ/bể cái/chiếc/mấy/hết ly/chén/bát/tô/bình/kính/gương",
     "kẹt/xe/đu xích", "ghét/=môn/toán … muốn chết", "điện thoại/máy", "cắt … móng",
    "nhầm ly/số/phần/món/lớp/nhà", "nghiên/tra/=sơ cứu", "phim có … bị lạc",
     "hồi nhỏ/xưa =tôi/=tui/=toi … đánh/đập", "troi mua",
    "đang đạp =xe", "đang tát nước", "đang đá =banh/=bóng/cầu", "chém gió", "đập trứng/=đá",
    "rượt/đuổi nhau chơi/giỡn", "chơi rượt/đuổi", "chơi trò rượt/đuổi", "đánh bằng vợt",
     "giết … gà/heo/=vịt/bò/muỗi/=giờ/quái/boss",
    # a number, or that it is none
    "không khẩn cấp", "số/thoại khẩn cấp",
    "kill time/boss/bosses/mob/mobs/zombie/zombies", "killed me … game",
)  # fmt: skip
TRAPS = tuple(map(Phrase, _TRAPS))
