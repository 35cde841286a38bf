# Chỉ mã, mức, giờ và vai trò đồng nghiệp: màn hình khóa không được lộ gì khác.

notice-alert = Việc mới { $code }. Mức: { $level }. Nhận { $at }.{ $due ->
    [none] {""}
   *[other] { " " }Hạn { $due } ngày { $due_day }.
    }
notice-escalated = { $code }: sau { $span } { $unit ->
    [hours] giờ
   *[minutes] phút
    } chưa có người nhận. Mức: { $level }.
notice-nobody = { $code }: vẫn chưa có người nhận. Mức: { $level }. Nhận { $at } ngày { $at_day }.
notice-reopened = { $code } được mở lại. Mức: { $level }.
notice-reminder = Nhắc việc: { $code } còn { $hours } giờ đến hạn { $limit } giờ.
notice-late = { $code } { $hours ->
    [0] đã đến hạn { $limit } giờ
   *[other] đã quá hạn { $hours } giờ
    }. Anh/chị đang ở bước nào?
notice-idle = { $code }: chưa có việc gì được ghi từ { $since }{ $since_day ->
    [none] {""}
   *[other] {" "}ngày { $since_day }
    }. Anh/chị đang ở bước nào?
notice-idle_lapsed = { $code }: đã nhận nhưng chưa có việc gì được ghi. Cần người nhận lại.
notice-holder_gone = { $code }: không liên lạc được với người phụ trách. Mức: { $level }.
notice-forward = { $code }: cần chuyển đúng nơi. Mức: { $level }.
notice-forward_there = { $code }: việc ở nơi anh/chị phụ trách nhưng báo đến nơi khác, đang chờ chuyển. Mức: { $level }.
notice-assigned = { $code } được giao cho anh/chị. Mức: { $level }.
notice-danger = { $code }: có tin khẩn cấp mới. Mức: { $level }.
notice-raised = { $code }: mức mới { $level }.
notice-lowered = { $code }: mức mới { $level }, theo { $role }.
notice-taken = { $code }: { $role } đã nhận lúc { $when }.
notice-declined = { $code }: { $role } không nhận được. Mức: { $level }.
notice-added = { $code }: hồ sơ có thêm tin mới.
notice-closed = { $code } đã kết thúc lúc { $when }.
notice-undone = { $code }: việc vừa ghi đã được hoàn tác.
notice-admin_gone = Một { $role } không liên lạc được qua { $channel }. Xin kiểm tra địa chỉ.
notice-admin_nobody_on_duty = { $code }: không có cán bộ trực nào nhận được báo. Đã báo cho người kế tiếp.
notice-admin_unanswered = { $code }: chưa ai nhận sau { $span } { $unit ->
    [hours] giờ
   *[minutes] phút
    }.
notice-admin_nobody = { $code }: chưa có ai để báo, ở xã cũng như ở thành phố. Xin bổ sung người ngay.
notice-admin_parked = Có một tin hệ thống không đọc được. Đã mở hồ sơ { $code } cho cán bộ.
notice-reporter_nobody = Chưa có cán bộ nào trả lời. Xin gọi ngay 111 hoặc 113, đừng chờ tin nhắn.
notice-reporter_nobody_child = Chưa có ai trả lời cô chú. Em gọi ngay 111 hoặc 113 nhé, gọi 111 không mất tiền.
notice-admin_withheld = Kênh { $channel } giữ lại tin của một người và không cho biết là ai: chưa trả lời được. Xin kiểm tra lời chào của kênh có số 111 và địa chỉ trang web.
notice-admin_gate = Kênh { $channel } đang tắc: { $why ->
    [login] phải đăng nhập lại (bot zalo-oa login)
    [token] mã truy cập không dùng được
    [quota] đã hết số tin được gửi
    [rate] gửi quá nhanh, đang chờ
    [package] gói dịch vụ chưa mua hoặc đã hết hạn
    [balance] tài khoản Zalo Cloud không đủ tiền
    [oa] Official Account bị khóa hoặc bị xóa
    [api] ứng dụng chưa được cấp quyền gửi tin
   *[other] { $why }
    }. Xin kiểm tra.
notice-admin_missed = Kênh { $channel }: Zalo có { $why } tin gửi tới mà hệ thống chưa nhận được. Xin kiểm tra webhook ngay.
notice-admin_quota = Kênh { $channel } đã gửi { $count } trên { $quota } tin của tháng này. { $saving ->
    [yes] Từ giờ chỉ còn gửi báo động ở đó; các tin khác chờ sang tháng.
   *[no] Gần hết thì chỉ còn gửi báo động ở đó.
    } Xin cho mọi người thêm một địa chỉ khác.
notice-admin_billed = Kênh { $channel } đã gửi { $count } trên { $quota } tin phải trả tiền của tháng này. { $saving ->
    [yes] Từ giờ, với người đã lâu không nhắn tới, chỉ còn gửi báo động ở đó.
   *[no] Gần hết thì, với người đã lâu không nhắn tới, chỉ còn gửi báo động ở đó.
    } Ai vừa nhắn tới vẫn được trả lời như thường.
notice-admin_withdraw = Có người trên kênh { $channel } xin rút lại dữ liệu của mình. Xin xem và trả lời.
notice-admin_buttons = Kênh { $channel } không nhận nút bấm: từ giờ câu hỏi đi kèm số để trả lời. Không cần làm gì ngay; xin báo người kỹ thuật.
notice-admin_guessing = { $what ->
    [invitations] Trong một giờ qua có { $count } lần nhập sai mã mời: có thể có người đang dò mã. Người có mã đúng vẫn vào được.
    [links] Trong một giờ qua có { $count } lần mở trang làm việc bằng đường dẫn không đúng: có thể có người đang dò. Người có đường dẫn đúng vẫn vào được.
    [case_codes] Trong một giờ qua có { $count } lần một cán bộ mở hồ sơ không có hoặc không thuộc phần việc của mình. Xin xem lại quyền của người đó.
   *[access_codes] Trong một giờ qua có { $count } lần nhập sai mã riêng: có thể có người đang dò mã. Người báo tin có mã đúng vẫn vào được.
    }

# Tên một hạn, trung tính vì có thể hiện trên màn hình khóa.
due-separation = thời hạn của quyết định
due-plan = kế hoạch
due-crime = việc báo tiếp
due-verify = xác minh
due-assess = đánh giá ban đầu
due-confirm = việc chờ xác nhận
due-child_check = lần gặp hôm nay
due-detail = đánh giá cụ thể
due-approve = phê duyệt
due-task = { $no ->
    [none] một việc trong kế hoạch
   *[other] việc { $no } trong kế hoạch
    }
due-contact = lần gặp định kỳ
due-review = rà soát
due-decide = quyết định sau rà soát
due-handover = trả lời bàn giao
due-referral = xác nhận của nơi nhận
due-visit = trả lời việc kiểm tra
due-visit_done = kết quả kiểm tra
notice-clock_soon = Nhắc việc: { $code }, { $clock } đến hạn lúc { $due } ngày { $due_day }. Mức: { $level }.
notice-clock_late = { $code }: { $clock } đã quá hạn từ { $due } ngày { $due_day }. Mức: { $level }.

notice-confirm_asked = { $code }: { $role } đã ghi một việc chờ anh/chị xác nhận trước { $due } ngày { $due_day }. Mức: { $level }.
notice-decided = { $code }: { $role } đã ghi một quyết định lúc { $when }. Mức: { $level }.
notice-measure_confirmed = { $code }: { $role } đã xác nhận lúc { $when }.
notice-measure_refused = { $code }: lúc { $when }, { $role } không xác nhận.{ $due ->
    [none] {""}
   *[other] {" "}Hạn 12 giờ vẫn là { $due } ngày { $due_day }.
    } Mức: { $level }.
notice-child_unseen = { $code }: hôm nay chưa ai ghi lần gặp. Mức: { $level }.
notice-lapsed = { $code }: quyết định đã hết hiệu lực lúc { $due } ngày { $due_day }. Cần gia hạn hoặc hủy bỏ. Mức: { $level }.
notice-visit_asked = { $code }: có việc cần kiểm tra. Xin trả lời trước { $due }.
notice-visit_off = { $code }: từ { $when } không cần đi kiểm tra nữa. Cảm ơn anh/chị.
notice-went_home = { $code }: nay đã rõ nơi, người phụ trách ở đó đã được báo. Anh/chị không cần làm gì thêm. Cảm ơn anh/chị.
notice-visit_accepted = { $code }: { $role } đã nhận đi kiểm tra lúc { $when }.
notice-visit_declined = { $code }: { $role } không đi được. Xin mở hồ sơ xem ai đi thay.
notice-visit_unanswered = { $code }: { $role } chưa trả lời. Xin mở hồ sơ xem ai đi thay.
notice-visit_done = { $code }: có kết quả kiểm tra lúc { $when }.
notice-field_news = { $code }: { $role } gửi thêm tin lúc { $when }.
notice-referred = { $code }: có việc cần anh/chị xử lý. Mức: { $level }.
notice-refer_received = { $code }: nơi nhận đã xác nhận lúc { $when }.
notice-crime_marked = { $code }: có việc cần báo tiếp ngay. Mức: { $level }.
notice-handover_offered = { $code }: đề nghị bàn giao. Mức: { $level }. Xin trả lời trước { $due } ngày { $due_day }.
notice-handover_waits = { $code }: đề nghị bàn giao chưa được trả lời. Mức: { $level }.
notice-handover_accepted = { $code }: { $role } nơi kia đã nhận bàn giao lúc { $when }.
notice-handover_declined = { $code }: { $role } nơi kia từ chối bàn giao. Mức: { $level }.
notice-handover_disputed = { $code }: bàn giao chưa thống nhất, cần anh/chị quyết định. Mức: { $level }.
notice-handover_withdrawn = { $code }: đề nghị bàn giao đã được rút lại.
notice-handover_settled = { $code }: { $role } quyết định anh/chị tiếp tục phụ trách. Mức: { $level }.
