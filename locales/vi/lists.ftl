# Tìm việc, lịch làm việc, hỏi lại sau khi kết thúc.

tet-forecast = Lịch nghỉ Tết năm { $year } ở đây chỉ là dự đoán (mùng 1 là ngày { $day }). Khi có quyết định, xin ghi các ngày nghỉ ở trang Lịch làm việc (nhắn /web), để hạn theo ngày làm việc được tính đúng.

due-safe_check = lần hỏi lại
clock-safe_check = hỏi lại sau khi kết thúc
role-reporter = người báo tin
act-safe_check = Trả lời câu hỏi sau khi kết thúc
act_safe_check-answer = Trả lời
    .safe_yes = cháu đã an toàn
    .safe_no = cháu chưa an toàn
    .safe_unknown = không biết
act_reopen-answer = Lý do
    .safe_no = người báo tin trả lời là chưa an toàn

relay-safe_check = Về tin { $code }: cháu đã an toàn chưa?
relay-safe_check_child = Về tin { $code }: em đã an toàn chưa?
relay-safe_yes = Rồi
relay-safe_no = Chưa
relay-safe_unknown = Tôi không biết
relay-safe_unknown_child = Em không biết
relay-heard_safe_yes = Cảm ơn anh/chị đã cho biết. Nếu cần, anh/chị nhắn vào đây hoặc gọi 111.
relay-heard_safe_yes_child = Cảm ơn em đã cho cô chú biết. Khi cần, em nhắn vào đây hoặc gọi 111.
relay-heard_safe_no = Cảm ơn anh/chị đã cho biết, tin báo { $code } được mở lại và cán bộ đã được báo. Nếu cháu đang gặp nguy hiểm, xin gọi ngay 113 hoặc 111.
relay-heard_safe_no_child = Cảm ơn em đã nói ra, cô chú đã mở lại tin { $code } và báo người giúp em. Nếu đang gặp nguy hiểm, em gọi ngay 111 hoặc 113 nhé.
relay-heard_safe_unknown = Cảm ơn anh/chị. Nếu thấy lo cho cháu, anh/chị nhắn vào đây hoặc gọi 111.
relay-heard_safe_unknown_child = Cảm ơn em. Nếu em thấy không yên tâm, em nhắn vào đây hoặc gọi 111 nhé.

work-list = { $show ->
    [mine] Việc của tôi
    [overdue] Việc quá hạn
    [free] Việc chưa ai nhận
   *[open] Việc đang mở
    }: { $count }
work-page = { $head } (từ { $first } đến { $last })
work-none_open = Hiện không có việc nào đang mở.
work-none_mine = Anh/chị chưa giữ việc nào.
work-none_overdue = Không có việc nào quá hạn.
work-none_free = Việc nào cũng đã có người nhận.
work-which = Anh/chị muốn xem những việc nào?
work-list_open = Tất cả
work-list_mine = Việc của tôi
work-list_overdue = Quá hạn
work-list_free = Chưa ai nhận
work-list_village = Theo thôn
work-list_find = Tìm
work-list_more = Xem tiếp
work-list_filter = Lọc, tìm
work-found = Tìm thấy: { $count }
work-found_more = và { $count } hồ sơ nữa. Thêm một từ để tìm gọn hơn.
work-cut = Chỉ tìm trong { $count } hồ sơ mới nhất.
work-too_short = Xin nhắn từ hai chữ cái trở lên, ví dụ: /tim ao
home-find = Tìm hồ sơ
find-text = Anh/chị tìm gì? Nhắn mã, tên thôn hoặc vài chữ trong tin báo; không cần dấu.
find_village-village = Thôn nào?

staff-free = Chưa ai nhận
staff-none_free = Việc nào cũng đã có người nhận.
staff-look = Tìm theo mã, thôn hoặc chữ trong tin báo; không cần dấu
staff-look_button = Tìm
staff-look_title = Tìm hồ sơ
staff-look_short = Xin viết từ hai chữ cái trở lên.
staff-city = Các xã
staff-city_late = Việc đang quá hạn ở các xã: { $count }
staff-city_commune = { $name }: { $count }
staff-city_quiet = 90 ngày không có tin báo, không ai thử chuông: { $names ->
    [none] không có xã nào
   *[other] { $names }
    }
staff-city_silent = Có việc chờ mà chưa ai nhận: { $names ->
    [none] không có xã nào
   *[other] { $names }
    }

error-bad_day = Chưa đọc được ngày này. Xin chọn lại ngày.
error-day_none = Chưa ghi gì về ngày này, nên không có gì để bỏ.
error-day_name = Xin ghi tên ngày nghỉ, hoặc số quyết định.
staff-people = Người và ca trực
staff-calendar = Lịch làm việc
staff-calendar_how = Hạn theo ngày làm việc tính theo lịch này. Hạn đang chạy giữ nguyên; hạn bắt đầu sau khi ghi thì tính theo lịch mới.
staff-calendar_day = Ngày
staff-calendar_what = Nghỉ hay làm
staff-calendar_off = Nghỉ
staff-calendar_worked = Làm việc
staff-calendar_remove = Bỏ điều đã ghi về ngày này
staff-calendar_name = Tên ngày, hoặc số quyết định
staff-calendar_source = Theo
staff-calendar_year = Năm { $year }
staff-calendar_forecast = Các ngày nghỉ Tết năm này chỉ là dự đoán. Xin ghi lại khi có quyết định, kể cả khi không có gì khác.
staff-calendar_from_law = lịch chung
staff-calendar_from_release = hoán đổi đã công bố
staff-calendar_from_staff = đã ghi ở đây
staff-on_leave = nghỉ đến { $until }; { $who ->
    [none] chưa có ai thay
   *[other] { $who } thay
    }
staff-step_now = Ngay khi nhận tin
staff-step = Sau { $amount } { $unit ->
    [working] ngày làm việc
    [day_hours] giờ (tính từ 06:00 đến 21:00)
    [hours] giờ
   *[minutes] phút
    }
staff-again_urgent = Sau bước cuối, báo lại mỗi { $minutes } phút.
staff-again_calm = Sau bước cuối, báo lại mỗi sáng 07:30.

weekly-levels_changed = Người đổi mức: { $count }
weekly-night = Mở hồ sơ ngoài giờ (21:00–06:00): { $count }
weekly-noted = { $code } · { $role } · { $what ->
    [raise] nâng mức
    [lower] hạ mức
   *[read] mở { $count } lần
    }
error-calendar_past = Ngày này đã qua. Chỉ ghi được từ hôm nay trở đi.
