notice-watch = Giám sát hệ thống ({ $rule }): { $count } chỗ chưa ổn, từ { $at } ngày { $at_day }. { $rule ->
    [I1] Có hồ sơ đang mở mà không còn hẹn nhắc. Xin gọi người kỹ thuật ngay.
    [I2] Có nhắc việc trễ hơn 5 phút. Xin kiểm tra chương trình còn chạy không.
    [I3] Có tin đáng lẽ đã đi mà chưa đi được. Xin kiểm tra các kênh bằng lệnh bot check.
    [I4] Có tin gửi đến mà chưa được đọc. Xin kiểm tra chương trình còn chạy không.
    [I5] Có người báo tin chưa nhận được biên nhận. Xin xem nhật ký của máy chủ.
    [I6] Có tin đã gửi mà kênh không xác nhận. Xin xem nhật ký của máy chủ.
    [I7] Có tin không gửi được hoặc không đọc được mà chưa ai xem.
    [I8] Có tin đang gửi quá lâu. Xin kiểm tra chương trình còn chạy không.
    [I9] Sổ kiểm tra không khớp. Xin chạy lệnh bot audit verify.
    [I10] Có nơi chưa có ai nhận báo, hoặc người nhận báo không có địa chỉ dùng được. Xin mời người hoặc nối địa chỉ mới.
    [poll] Có kênh không trả lời khi hỏi tin mới. Xin kiểm tra các kênh bằng lệnh bot check.
    [worker] Không còn tiến trình nào làm việc. Xin khởi động lại chương trình.
    [rehearsal] Buổi diễn tập hằng ngày không đi hết đường. Xin kiểm tra chương trình.
    [backup] Đã hơn một ngày chưa có bản sao lưu. Xin kiểm tra ổ đĩa của bản sao lưu.
   *[restore] Đã lâu chưa thử khôi phục bản sao lưu. Xin chạy lệnh bot restore-drill.
    }
notice-watch_unseen = Giám sát hệ thống ({ $rule }): { $count } tin không gửi được hoặc không đọc được mà chưa ai xem, từ { $at } ngày { $at_day }. Xin kiểm tra địa chỉ của cán bộ và hồ sơ mới, rồi bấm nút dưới đây.
notice-admin_clock = Đồng hồ của máy chủ vừa lệch { $minutes } phút. Nhắc việc vẫn chạy; xin kiểm tra giờ của máy.
errand-seen = Tôi đã xem
watch-seen = { $count ->
    [0] Không còn gì chưa xem.
   *[other] Đã ghi: anh/chị đã xem { $count } tin không gửi được hoặc không đọc được.
    }
notice-drill = DIỄN TẬP – không có việc thật. Xin bấm Đã nghe ngay.
weekly-unheard = Chưa nghe được buổi diễn tập báo động: { $names }
weekly-unheard_there = Nơi có người chưa nghe được buổi diễn tập báo động: { $names }
watch-drill = DIỄN TẬP.
watch-title = Giám sát
watch-head = { $how ->
    [well] Mọi thứ ổn định lúc { $at } ngày { $at_day }.
    [bad] Lần kiểm tra { $at } ngày { $at_day } thấy chỗ chưa ổn:
    [never] Giám sát chưa chạy lần nào. Xin đợi một phút rồi xem lại.
   *[silent] Giám sát đã ngừng, lần cuối { $at } ngày { $at_day }. Xin khởi động lại chương trình.
    }
watch-rehearsed = { $missing ->
    [none] Tin thử tự động ngày { $day } đã đi hết đường: trang web nhận sau { $door } giây, biên nhận sau { $receipt } giây, báo động đến sau { $alert } giây, có người nhận sau { $press } giây.
    [door] Tin thử tự động ngày { $day } chưa vào được trang web. Xin mở trang web từ ngoài xem có vào được không.
    [receipt] Tin thử tự động ngày { $day }: trang web đã nhận sau { $door } giây, chưa thấy biên nhận và báo động.
    [alert] Tin thử tự động ngày { $day }: chưa thấy báo động đến nơi.
   *[press] Tin thử tự động ngày { $day }: báo động đã đến sau { $alert } giây, chưa được nhận ở mọi địa chỉ.
    }
watch-drills = Diễn tập báo động trong 7 ngày
watch-heard = { $day } · { $role } { $name } ({ $place }): { $channel ->
    [none] chưa nghe
   *[other] nghe qua { $channel } sau { $count } giây
    }
