# Xã tự đặt: thứ tự báo, các hạn của xã.

staff-settings = Cài đặt
staff-settings_of = Cài đặt của { $place }
staff-settings_whose = Anh/chị chọn xã.
staff-settings_none = Chưa xã nào có người làm việc ở đây.
staff-settings_back = Về cài đặt của { $place }
staff-unit = { $unit ->
    [working] ngày làm việc
    [days] ngày
    [day_hours] giờ (tính từ 06:00 đến 21:00)
    [hours] giờ
   *[minutes] phút
    }
staff-amount = { $amount } { $unit ->
    [working] ngày làm việc
    [days] ngày
    [day_hours] giờ (tính từ 06:00 đến 21:00)
    [hours] giờ
   *[minutes] phút
    }
staff-chain = Thứ tự báo khi chưa ai nhận
staff-chain_how = Người nghỉ thì người thay được báo; bước không có ai thì chuyển ngay lên bước sau. Mức chưa rõ theo thứ tự của mức khẩn cấp.
staff-chain_edit = Đổi thứ tự mức { $level }
staff-chain_limits = Có thể báo sớm hơn hoặc thêm người, không được muộn hơn: lần báo thứ hai sau { $second } { $unit ->
    [working] ngày làm việc
    [day_hours] giờ
   *[minutes] phút
    }, lãnh đạo sau { $leader } { $unit ->
    [working] ngày làm việc.
    [day_hours] giờ.
   *[minutes] phút, đầu mối thành phố sau { $city } phút, mọi người sau { $all } phút.
    }
staff-chain_empty_how = Muốn bỏ một bước, anh/chị bỏ hết dấu chọn và xóa thời gian của bước đó. Việc đang báo cũng theo thứ tự mới từ bước kế tiếp.
staff-chain_step = Bước { $n }
staff-chain_after = Sau khi nhận tin, { $unit }
staff-chain_end = Cuối cùng
staff-chain_end_how = Hai bước này luôn có. Sau bước cuối, mọi người được báo lại cho đến khi có người nhận.
staff-chain_city = Đầu mối thành phố, sau { $unit }
staff-chain_all = Mọi người, sau { $unit }
staff-chain_one = { $name } ({ $role })
staff-chain_gone = người không còn làm ở đây
staff-set_own = Hạn do xã đặt
staff-set_how = Hạn đang chạy giữ nguyên; hạn bắt đầu sau khi ghi thì theo số mới.
staff-set_since = { $role } đặt lúc { $moment }
staff-set_delivered = (mặc định: { $amount })
staff-set_edit = Đổi: { $name }
staff-set_leave = Không đổi
staff-set_line = { $what }: { $now }
staff-set_law = Hạn của luật
staff-set_law_how = Luật định các hạn này, không ai đổi được ở đây.
staff-set_what = Việc
staff-set_long = Thời hạn
staff-set_article = Căn cứ

setting-every_level = Mọi mức
setting-urgent_only = Mức khẩn cấp và chưa rõ
setting-range = Từ { $least } đến { $most } { $unit ->
    [working] ngày làm việc
    [days] ngày
    [day_hours] giờ
    [hours] giờ
   *[minutes] phút
    }. Mặc định: { $delivered }.
setting-repeat = Báo lại sau bước cuối
    .why = Khi cả chuỗi đã được báo mà chưa ai nhận, hệ thống báo lại mọi người sau mỗi khoảng này.
setting-idle = Đã nhận mà chưa làm gì
    .why = Người phụ trách được nhắc khi không ghi việc nào trong thời gian này; chưa làm gì từ lúc nhận thì việc được báo lại.
setting-reporter_waiting = Trả lời người báo tin
    .why = Người báo tin nhắn mà chưa ai trả lời trong thời gian này thì cán bộ thay thế, rồi lãnh đạo, được báo.
setting-verify = Bắt đầu xác minh
    .why = Từ lúc nhận việc đến khi bắt đầu xác minh; quá hạn thì lãnh đạo được báo.
setting-assess = Đánh giá ban đầu
    .why = Với việc không thuộc diện xâm hại: từ lúc nhận đến khi đánh giá hoặc xử lý xong. Việc có thể là xâm hại thì theo 12 giờ của luật.
setting-confirm = Lãnh đạo xác nhận biện pháp
    .why = Người phụ trách đã làm theo chỉ đạo, lãnh đạo cần xác nhận trong thời gian này; quá hạn thì thành phố được báo.
setting-visit = Cộng tác viên trả lời
    .why = Được nhờ kiểm tra mà chưa trả lời trong thời gian này thì người tiếp theo của thôn được nhờ.
setting-visit_done = Kết quả kiểm tra
    .why = Từ lúc nhờ đến khi cộng tác viên báo kết quả.
setting-referral = Nơi nhận xác nhận
    .why = Báo cơ quan khác mà nơi đó chưa xác nhận trong thời gian này thì người phụ trách và lãnh đạo được nhắc.
setting-handover = Xã kia trả lời bàn giao
    .why = Xã kia chưa trả lời trong thời gian này thì lãnh đạo hai xã được báo, gấp đôi thì thành phố được báo.
setting-detail = Đánh giá nguy cơ cụ thể
    .why = Từ lúc trẻ an toàn hoặc có mẫu 02; nằm trong 5 ngày làm việc của kế hoạch.
setting-approve = Phê duyệt kế hoạch
    .why = Từ lúc trình đến khi lãnh đạo phê duyệt hoặc trả lại.
setting-contact = Gặp trẻ định kỳ
    .why = Khoảng cách dài nhất giữa hai lần gặp trẻ khi kế hoạch đang chạy.
setting-review = Rà soát
    .why = Từ lúc phê duyệt đến khi rà soát, đánh giá kế hoạch.
setting-decide = Quyết định sau rà soát
    .why = Từ lúc rà soát đến khi lãnh đạo cho kết thúc hoặc tiếp tục can thiệp.

error-setting_range = { $level ->
    [all] Xin ghi một số từ { $least } đến { $most }
    [urgent] Mức khẩn cấp: xin ghi một số từ { $least } đến { $most }
    [high] Mức cao: xin ghi một số từ { $least } đến { $most }
    [medium] Mức trung bình: xin ghi một số từ { $least } đến { $most }
   *[low] Mức thấp: xin ghi một số từ { $least } đến { $most }
    } { $unit ->
    [working] ngày làm việc.
    [days] ngày.
    [day_hours] giờ.
    [hours] giờ.
   *[minutes] phút.
    }
error-setting_number = Có bước chưa ghi thời gian bằng số. Xin xem lại giúp.
error-setting_changed = Mục này vừa được đổi khi anh/chị đang xem ({ $since }), nên chưa ghi gì. Nếu vẫn muốn đổi theo số của mình, anh/chị bấm Ghi lần nữa. Đang dùng:
error-chain_who = Có bước chưa chọn ai. Mỗi bước cần ít nhất một người.
error-chain_first = Bước đầu chưa có ai liên lạc được. Xin chọn thêm người đã nối máy.
error-chain_order = Mỗi bước cần muộn hơn bước trước. Xin xem lại thời gian.
error-chain_late = { $what ->
    [second] Lần báo thứ hai phải đến
    [leader] Lãnh đạo UBND xã phải được báo
    [city] Đầu mối thành phố phải được báo
   *[all] Mọi người phải được báo
    } muộn nhất sau { $most } { $unit ->
    [working] ngày làm việc.
    [day_hours] giờ.
   *[minutes] phút.
    }
error-no_settings = Chỉ lãnh đạo xã và quản trị đổi được mục này.

staff-city_unheard = Không liên lạc được ở { $name }: { $roles }
staff-city_missing = { $name } chưa có: { $roles }
staff-city_role = { $role }{ $count ->
    [1] {""}
   *[other] {" "}({ $count } người)
    }
staff-city_heard = Ở xã nào cũng đủ người và liên lạc được.
staff-city_settings = Thứ tự báo của các xã
