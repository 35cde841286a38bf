# Tờ dán ở nơi công cộng. Muốn dùng lời khác: bot poster --words, sửa, rồi bot poster --text TỆP.

poster-head = { $village ->
    [none] UBND { named }
   *[other] { $village }, { named }
    }
poster-title = Lo cho một đứa trẻ? Xin báo tin
poster-call = Trẻ đang gặp nguy hiểm, xin gọi ngay
poster-child_number = 111
poster-child_line = bảo vệ trẻ em
    miễn phí, ngày đêm
poster-police_number = 113
poster-police_line = công an
    115 cấp cứu · 114 cứu nạn, đuối nước
poster-scan = Không tiện gọi? Quét mã để nhắn tin
poster-how = 1. Mở máy ảnh của điện thoại, đưa vào mã.
    2. Bấm đường dẫn, bấm Bắt{"\u00A0"}đầu.
    3. Nhắn điều mình thấy. Không cần cho biết tên.
poster-link = Hoặc mở trang { $link }
poster-telegram = Bằng Telegram
poster-zalo = Bằng Zalo, rồi nhắn { $code }
poster-child = Em là trẻ em? Em cũng nhắn được, hoặc gọi 111. Chuyện xảy ra không phải lỗi của em.
poster-foot = Hệ thống trả lời tự động, cán bộ được báo. Việc gấp xin gọi, đừng chờ tin nhắn.
