page-title = Trò chuyện
page-name = Tin nhắn
page-write = Viết tin nhắn
page-send = Gửi
page-exit = Thoát
page-picture = Hình của tin nhắn này
page-location = Gửi vị trí
page-location_failed = Không lấy được vị trí. Xin nhắn tên thôn, xã.
page-waiting = Chưa gửi được, sẽ tự gửi lại
page-sent = Đã nhận
page-sending = Đang gửi…
page-lost = Đang mất mạng. Tin đã viết sẽ tự gửi khi có mạng lại; nếu gấp, xin gọi 111 hoặc 113.
page-keys = Bấm phím Esc hai lần để thoát ngay.
page-attach = Gửi ảnh, video hoặc tệp
page-choose = Chọn ảnh hoặc tệp
page-file_sending = { $kind ->
    [image] Đang gửi { $n } ảnh
    [audio] Đang gửi { $n } đoạn ghi âm
    [video] Đang gửi { $n } video
   *[file] Đang gửi { $n } tệp
    }
page-file_sent = { $kind ->
    [image] Đã gửi { $n } ảnh
    [audio] Đã gửi { $n } đoạn ghi âm
    [video] Đã gửi { $n } video
   *[file] Đã gửi { $n } tệp
    }
page-file_big = Tệp này lớn hơn 20 MB nên chưa gửi được. Ảnh nhỏ hơn hoặc vài dòng chữ cũng giúp được.
page-file_type = Chúng tôi chưa nhận được loại tệp này. Ảnh, ghi âm hoặc vài dòng chữ cũng giúp được.
page-file_empty = Tệp này trống nên không gửi được. Xin chọn tệp khác.
page-file_unread = Không đọc được tệp này nữa. Xin chọn lại giúp.
page-stop = Dừng gửi
page-stopped = Đã dừng, tệp chưa được gửi.
page-record = Ghi âm
page-recording = Đang ghi âm
page-record_drop = Bỏ
page-record_send = Gửi
page-record_failed = Không dùng được micrô của máy này. Nhắn bằng chữ cũng được.
page-phone = Số điện thoại
page-phone_send = Gửi số này
page-phone_short = Số này chưa đủ. Xin xem lại giúp.
page-too_long = Tin dài quá 4.000 chữ. Xin gửi làm hai lần.
page-failed = Chưa gửi được, trang sẽ tự gửi lại. Nếu gấp, xin gọi 111 hoặc 113.
page-no_script = Trang này cần JavaScript. Nếu gấp, xin gọi 111 (miễn phí, ngày đêm) hoặc 113.
page-call = Gọi 111
page-call_113 = Gọi 113
page-more = Xem tiếp phần dưới
page-crowded = Lúc này nhiều người cùng nhắn; tin đã viết sẽ gửi được sau vài giây. Nếu gấp, xin gọi 111 hoặc 113.
page-again = Chưa nối được, trang sẽ tự thử lại. Nếu gấp, xin gọi 111 hoặc 113.
page-refused = Tin này chưa gửi được, xin thử lại. Nếu gấp, xin gọi 111 hoặc 113.
page-invited = Anh/chị được mời nhận việc ở đây. Bấm Bắt đầu để nối máy này.
page-sure = Nếu thoát, máy này không nhận báo việc nữa. Vẫn thoát?
page-leave = Vẫn thoát
page-stay = Ở lại
page-log = Cuộc trò chuyện
page-demo = CHẾ ĐỘ THỬ
page-start = Nhắn bất cứ điều gì để bắt đầu. Không cần đăng nhập, không cần cho biết tên.
api-bad_json = Nội dung gửi lên không đúng dạng.
api-no_session = Phiên trò chuyện không còn. Xin mở lại trang.
api-not_found = Không có địa chỉ này.
api-too_big = Tin quá dài hoặc quá lớn.
api-wrong_type = Kiểu nội dung này không nhận được.
api-slow_down = Xin chờ một chút rồi gửi tiếp. Nếu gấp, xin gọi 111.
api-busy = Hệ thống đang bận, xin gửi lại. Nếu gấp, xin gọi 111 hoặc 113.
api-foreign = Yêu cầu này không đến từ trang của chúng tôi.
page-join = Bắt đầu

slip-title = Phiếu chuyển thông tin
slip-head = Phiếu chuyển thông tin { $code }
slip-from = Nơi gửi: UBND { named }
slip-purpose = Để: { $purpose }
slip-ground = Căn cứ: Điều { $ground } Nghị định 56/2017/NĐ-CP
slip-where = Cần gỡ: { $text }
slip-text = Nơi gửi ghi thêm: { $text }
slip-received = Đã ghi nhận: anh/chị nhận phiếu lúc { $at } ngày { $day }.
slip-keep = Thông tin về trẻ em phải được giữ kín. Xin chỉ dùng cho việc ghi ở trên.
slip-receive = Chúng tôi đã nhận
slip-gone = Phiếu này không mở được: đường liên kết không đúng hoặc đã hết hạn. Xin liên hệ nơi gửi.
slip-ready = Có một phiếu gửi cho anh/chị.
slip-open = Mở phiếu
slip-how = Để mở phiếu, xin dùng đúng đường liên kết đã nhận.
