# Ca trực, nghỉ, mời người, thử chuông, báo giúp người khác. Báo cho đồng nghiệp: chỉ giờ và vai trò.

home-hello = Anh/chị đang là { $role }{ $duty ->
    [on] , đang trực
    [off] , đang nghỉ trực
    [leave] , đang trong đợt nghỉ
   *[none] {""}
    }. { $cases ->
    [yes] Xin chọn một việc, hoặc nhắn mã để mở hồ sơ.
   *[no] Xin chọn một việc.
    }
home-choose = Xin chọn một việc.
home-work = Việc của tôi
home-behalf = Báo giúp người khác
home-duty = Trực / nghỉ
home-bell = Thử chuông
home-web = Mở trang web
home-others = Khác…
home-more = Khác…
home-qr = Mã QR của xã
qr-here = Đây là mã QR của { $commune }: ai quét sẽ mở trang nhắn tin và thấy sẵn nơi này trong các nút. Anh/chị cứ đưa máy cho bà con quét, hoặc chuyển tiếp ảnh này.
home-invite = Mời người
home-addresses = Địa chỉ của tôi
home-removal = Dừng quyền một người
home-on = Tôi vào ca
home-off = Tôi nghỉ
home-off_today = Hết ca hôm nay
home-off_days = Nghỉ nhiều ngày
home-shift = Đặt ca trực
home-unshift = Hủy ca trực
home-unleave = Hủy đợt nghỉ
home-add_address = Thêm địa chỉ
home-first_address = Đưa lên đầu
home-old_address = Bỏ một địa chỉ

errand-confirm = Tôi đã vào ca
errand-accept = Nhận thay
errand-refuse = Không nhận được
errand-brief = Xem việc bàn giao
errand-who = Xem ai được mời
errand-agree = Đồng ý
errand-disagree = Không đồng ý
errand-not_me = Không phải tôi
errand-heard = Đã nghe

channel-web = trang web
channel-telegram = Telegram
channel-zalobot = Zalo
channel-zalooa = Zalo OA

duty-mine = { $duty ->
    [on] Anh/chị đang trực.
    [off] Anh/chị đang nghỉ trực.
   *[leave] Anh/chị đang trong đợt nghỉ.
    }
duty-there = { $names ->
    [none] Hiện không có ai trực ở xã.
   *[other] Đang nhận việc mới: { $names }.
    }
duty-shift = Ca { $at } { $at_day } – { $due } { $due_day }: { $name }
duty-days = { $at } { $at_day } – { $due } { $due_day }
duty-leave = Anh/chị nghỉ { $at } { $at_day } – { $due } { $due_day }{ $answered ->
    [yes] {""}
   *[no] , đang chờ người nhận làm thay
    }.
duty-off = Anh/chị nghỉ thế nào?
duty-planned = Đã đặt ca trực từ { $at } ngày { $at_day } đến { $due } ngày { $due_day }.
duty-cancelled = Đã hủy ca trực từ { $at } ngày { $at_day }.

shift-person = Đặt ca cho ai?
shift-day = Ca trực vào ngày nào? Anh/chị bấm nút, hoặc nhắn "thứ bảy", "25/11".
    .today = Hôm nay
    .tomorrow = Ngày mai
    .after = Ngày kia
shift-hours = Từ mấy giờ đến mấy giờ? Anh/chị bấm nút, hoặc nhắn "7h30 đến 17h".
    .day = 07:00 – 17:00
    .night = 17:00 – 07:00
    .whole = Cả ngày đêm, từ 07:00
unshift-shift = Hủy ca nào?
unleave-leave = Hủy đợt nghỉ nào?

leave-from = Anh/chị nghỉ từ khi nào? Nghỉ theo ngày thì tính từ 06:00.
    .now = Ngay bây giờ
    .tomorrow = Ngày mai
    .after = Ngày kia
leave-until = Nghỉ đến hết ngày nào? Anh/chị bấm nút, hoặc nhắn "thứ sáu", "30/11".
    .today = Hôm nay
    .tomorrow = Ngày mai
    .after = Ngày kia
leave-substitute = Ai làm thay anh/chị? Người đó phải đồng ý thì đợt nghỉ mới bắt đầu.
leave-held = Việc anh/chị đang giữ thì sao?
    .pass = Giao cho người thay
    .keep = Tôi vẫn giữ
leave-asked = Đã nhờ { $role } làm thay anh/chị từ { $at } ngày { $at_day } đến { $due } ngày { $due_day }. Chờ trả lời đến { $when } ngày { $when_day }; trước đó anh/chị vẫn nhận việc.
leave-taken = Anh/chị nhận làm thay { $role } từ { $at } ngày { $at_day } đến { $due } ngày { $due_day }.
leave-thanks = Cảm ơn anh/chị đã nhận làm thay.
leave-not_taken = Đã ghi. Chúng tôi báo lại cho người nhờ và lãnh đạo.
leave-cancelled = Đã hủy đợt nghỉ.
leave-brief = { $count ->
    [0] Người đó không giữ việc nào đang mở.
   *[other] Việc bàn giao: { $count }
    }
leave-brief_line = { $code } · { $level } · { $status } · hạn gần nhất { $at } { $at_day }

invite-role = Mời vào vai trò nào?
invite-commune = Mời cho xã nào?
invite-villages = Người đó phụ trách thôn nào? Nhiều thôn thì cách nhau bằng dấu phẩy.
invite-name = Người đó tên gì?
invitation-code = Mã mời: { $code } (dùng một lần, trong 48 giờ)
invitation-web = Trang web: { $link }
invitation-telegram = Telegram: { $link }
invitation-typed = Hoặc nhắn #{ $code } cho chúng tôi từ kênh bất kỳ
invitation-waits = Mã này chờ thêm một người đồng ý rồi mới dùng được. Chúng tôi đã hỏi và sẽ báo lại cho anh/chị.
invitation-operator = Mã này chờ thêm một người đồng ý, nhưng hiện chưa có ai để hỏi. Xin người vận hành máy chủ xác nhận bằng lệnh bot invite --confirm.
invitation-who = Người được mời: { $name }, vai trò { $role }.{ $place ->
    [none] {""}
   *[other] { " " }Xã { $place }.
    }{ $villages ->
    [none] {""}
   *[other] { " " }Thôn { $villages }.
    } Người mời: { $by }.
invitation-agreed = Đã ghi anh/chị đồng ý. Mã mời dùng được từ bây giờ.
invitation-not_agreed = Đã ghi anh/chị không đồng ý. Mã mời này không dùng được nữa.
enrol-waits = Mã mời này đúng, nhưng còn chờ một người nữa đồng ý. Anh/chị giữ mã và thử lại sau nhé.

removal-person = Dừng quyền của ai?
removal-sure = Người đó mất mọi quyền ngay, việc đang giữ chuyển cho người khác. Anh/chị muốn dừng chứ?
    .remove = Dừng quyền
    .keep = Không
removal-kept = Không có gì thay đổi.
removal-done = Đã dừng mọi quyền của người đó. Việc người đó giữ đã báo cho người tiếp theo.

address-list = Địa chỉ của anh/chị, theo thứ tự được báo:
address-line = { $n }. { $channel } – { $state ->
    [blocked] bị chặn
    [heard] tốt, đã nghe chuông thử lúc { $at } ngày { $at_day }
   *[untried] chưa thử chuông
    }
address-code = Mã nối địa chỉ: { $code } (dùng một lần, trong 48 giờ)
address-add = Anh/chị mở mã này bằng kênh hoặc máy khác của chính mình. Xin đừng đưa mã cho ai.
address-first = Từ giờ { $channel } được báo trước.
address-gone = Đã bỏ { $channel }. Không tin nào gửi tới đó nữa.
first_address-address = Đưa địa chỉ nào lên đầu?
old_address-address = Bỏ địa chỉ nào? Nơi đó sẽ không nhận và không xem được gì nữa.

bell-heard = Đã nghe sau { $span } { $unit ->
    [minutes] phút
   *[seconds] giây
    }.
bell-elsewhere = Chuông thử đang gửi tới { $channel } trước.
bell-all_heard = Mọi địa chỉ của anh/chị đều nghe được.
bell-some_silent = Chưa nghe được ở { $channel }.

notice-nobody_on_duty = Hiện không có ai trực. Việc mới sẽ báo thẳng cho anh/chị.
notice-shift_planned = Anh/chị có ca trực từ { $at } ngày { $at_day } đến { $due } ngày { $due_day }.
notice-shift_cancelled = Ca trực của anh/chị từ { $at } ngày { $at_day } đã được hủy.
notice-shift_given_back = Ca trực từ { $at } ngày { $at_day }: { $role } không trực nữa. Xin cử người khác.
notice-shift_soon = Nhắc ca trực: anh/chị vào ca lúc { $at } ngày { $at_day }.
notice-shift_begins = Ca trực của anh/chị bắt đầu lúc { $at }. Anh/chị đã vào ca chưa?
notice-shift_missed = Ca trực { $at } ngày { $at_day }: { $role } chưa xác nhận vào ca.
notice-shift_yours = Ca trực { $at } ngày { $at_day }: { $role } chưa vào ca. Việc mới sẽ báo cho anh/chị.
notice-shift_unconfirmed = Anh/chị chưa xác nhận ca trực { $at }, nên việc mới chưa báo cho anh/chị. Khi vào ca, xin bấm nút dưới đây.
notice-shift_taken = Đã vào ca trực: { $role }.
notice-shift_over = Ca trực của anh/chị đã hết. Việc mới sẽ báo cho người khác.
notice-shift_stay = Ca trực đã hết nhưng chưa có ai khác trực. Việc mới vẫn báo cho anh/chị đến khi có người vào ca.
notice-shift_stays = Hết ca mà chưa có ai khác trực, nên { $role } vẫn nhận việc mới. Xin cử người vào ca.
notice-shift_relieved = Đã có người vào ca: { $role }. Anh/chị được nghỉ.
notice-leave_asked = Xin anh/chị làm thay { $role } từ { $at } ngày { $at_day } đến { $due } ngày { $due_day }.
notice-leave_accepted = Đã có người nhận làm thay: { $role }. Anh/chị nghỉ từ { $at } ngày { $at_day } đến { $due } ngày { $due_day }.
notice-leave_known = Để anh/chị biết: { $role } nghỉ từ { $at } ngày { $at_day } đến { $due } ngày { $due_day }, đã có người làm thay.
notice-leave_refused = Anh/chị đã nhờ { $role } làm thay nhưng người đó không nhận được. Đợt nghỉ chưa bắt đầu, anh/chị vẫn nhận việc; xin nhờ người khác.
notice-leave_unanswered = Anh/chị đã nhờ { $role } làm thay nhưng chưa có trả lời. Đợt nghỉ chưa bắt đầu, anh/chị vẫn nhận việc; xin nhờ người khác.
notice-leave_open = Chưa có người làm thay { $role } từ { $at } ngày { $at_day } đến { $due } ngày { $due_day }. Người đó vẫn nhận việc.
notice-leave_begins = Đợt nghỉ của anh/chị bắt đầu, đến { $due } ngày { $due_day }. Việc mới báo cho { $role }.
notice-leave_yours = Từ bây giờ anh/chị làm thay { $role } đến { $due } ngày { $due_day }. Việc của người đó báo cho anh/chị.
notice-leave_over = Đợt nghỉ của anh/chị đã hết. Việc mới lại báo cho anh/chị.
notice-leave_back = Đã trở lại lúc { $when }: { $role }. Anh/chị không phải làm thay nữa.
notice-leave_cancelled = Anh/chị không phải làm thay { $role } từ { $at } ngày { $at_day } nữa.
notice-leave_ended = Không còn ai làm thay anh/chị. Đợt nghỉ dừng lại, việc mới lại báo cho anh/chị.
notice-leave_uncovered = Không còn ai làm thay { $role }, nên đợt nghỉ dừng lại. Xin cử người khác.
notice-invite_asked = Có lời mời mới chờ anh/chị đồng ý ({ $role }).
notice-invite_confirmed = Lời mời của anh/chị đã được { $role } đồng ý. Mã mời dùng được rồi.
notice-invite_refused = Lời mời của anh/chị không được { $role } đồng ý. Mã mời không dùng được.
notice-address_added = Một địa chỉ mới vừa được nối với anh/chị: { $channel }. Nếu không phải anh/chị làm, xin bấm nút dưới đây.
notice-bell = THỬ CHUÔNG – không có việc thật. Xin bấm Đã nghe.
notice-bell_unheard = Thử chuông: chưa nghe được ở { $channel }. Xin kiểm tra máy và địa chỉ đó.
notice-admin_no_duty = Xã { $commune } hiện không có ai trực. Lãnh đạo xã đã được báo.
notice-admin_unreached = Có một cán bộ không liên lạc được ở địa chỉ nào. Xin xem bằng lệnh bot people.
notice-admin_foreign_address = Một { $role } báo có người khác đã nối một địa chỉ bằng tên của họ. Địa chỉ đó đã được gỡ; xin gọi cho người đó.
notice-admin_stuck = Một việc nhắc (hồ sơ, ca trực, nghỉ hoặc thử chuông) không chạy được. Xin xem nhật ký của máy chủ.

error-shift_past = Giờ đó đã qua nên chưa đặt ca. Xin đặt lại với giờ khác.
error-shift_twice = Trong giờ này đã có một ca trực khác. Xin chọn giờ khác, hoặc hủy ca kia trước.
error-shift_on_leave = Giờ này trùng với một đợt nghỉ. Xin chọn giờ khác hoặc người khác.
error-shift_over = Ca trực này đã hết hoặc đã đổi người.
error-leave_twice = Anh/chị đã có một đợt nghỉ trong những ngày đó.
error-leave_loop = Không nhờ vòng quanh được: trong những ngày đó { $role } cũng nghỉ, và việc sẽ quay lại anh/chị. Xin chọn người khác.
error-leave_circle = Không nhận làm thay được: trong những ngày đó anh/chị cũng nghỉ và việc của anh/chị đã nhờ { $role }.
error-no_substitute = Hiện chưa có ai làm thay anh/chị được, nên chỉ nghỉ được từng ca. Xin báo lãnh đạo hoặc quản trị bổ sung người.
error-no_invite = Vai trò của anh/chị không mời người. Xin nhờ lãnh đạo hoặc quản trị.
error-own_invite = Lời mời của chính mình thì người khác phải đồng ý.
error-nobody_to_remove = Không có ai mà anh/chị được dừng quyền.
error-last_address = Đây là địa chỉ duy nhất còn liên lạc được của anh/chị. Xin thêm địa chỉ khác trước.
error-errand_over = Việc này đã xong hoặc không còn hiệu lực.
error-bell_over = Lần thử này đã được ghi rồi.

report-source = Tin này đến bằng cách nào?
    .phone = Gọi điện
    .visit = Gặp trực tiếp
    .h111 = 111 chuyển
    .police = Công an chuyển
    .school = Trường chuyển
field-source = Nguồn tin
behalf-hello = Anh/chị báo giúp người khác. Nếu trẻ đang gặp nguy hiểm, xin gọi ngay 113, 115, 114 hoặc 111.
behalf-child_place = Lúc này trẻ đang ở đâu? Anh/chị nhắn tên thôn, xã, hoặc chia sẻ vị trí nếu đang ở đó.
behalf-story = Anh/chị ghi ngắn gọn điều người báo kể, càng đúng lời càng tốt.
behalf-contact = Người báo có muốn để lại tên hoặc số điện thoại không?
behalf-contact_give = Anh/chị nhắn tên hoặc số điện thoại của người báo nhé.
behalf-contact_consent = Người báo có đồng ý cho cán bộ phụ trách lưu và dùng số này để liên lạc về tin báo này không? Người báo có thể rút lại bất cứ lúc nào.
behalf-safe_time = Gọi lại cho người báo lúc nào thì an toàn?
    .no_first = Đừng gọi trước
behalf-shared_phone = Có ai khác dùng máy của người báo không?
behalf-media = Có ảnh chỗ đó hoặc tin nhắn liên quan không? Xin đừng gửi ảnh cơ thể hay vết thương của trẻ.
behalf-pass_on = Xin nói lại với người báo:
behalf-done = Đã ghi xong tin báo { $code }. Cảm ơn anh/chị.
behalf-closed = Điều anh/chị vừa nhắn đã được thêm vào tin báo { $code }, tin này đã được xử lý. Nếu có việc mới, xin báo tin mới.
behalf-unseen = Anh/chị không mở được hồ sơ này; người có trách nhiệm đã được báo.
talk-call_a_person_behalf = Điều vừa nhắn đã được ghi lại. Xin anh/chị chọn hoặc trả lời câu dưới đây.
remark-stay_calm_behalf = Nếu chưa ai gọi, xin gọi ngay 113, 115 hoặc 114.
remark-self_harm_behalf = Xin nói lại: gọi 111 có người nghe ngay bây giờ, không mất tiền.

notice-yearly_soon = Có việc định kỳ, hạn trước ngày { $due_day }.
notice-yearly_late = Việc định kỳ quá hạn từ ngày { $due_day }.
yearly-due = Việc cần làm: { $duty ->
    [care_first] danh sách chăm sóc thay thế 6 tháng đầu năm
    [care_second] danh sách chăm sóc thay thế 6 tháng cuối năm
   *[action_month] báo cáo Tháng hành động vì trẻ em
    }.
errand-yearly_what = Xem việc
notice-commune_quiet = Có nơi 90 ngày qua không có tin báo và không ai thử chuông.
quiet-where = { $name }: 90 ngày qua không có tin báo và không ai thử chuông. Xin hỏi xem người dân có biết cách báo tin không.
errand-quiet_where = Xem nơi nào
yearly-done = Đã ghi là xong: { $duty ->
    [care_first] danh sách chăm sóc thay thế 6 tháng đầu năm
    [care_second] danh sách chăm sóc thay thế 6 tháng cuối năm
   *[action_month] báo cáo Tháng hành động vì trẻ em
    }.
errand-yearly_done = Đã làm xong

home-families = Nhà cần thăm
home-add_family = Thêm một nhà
family-person = Nhờ ai thăm?
family-words = Nhà ở thôn nào, cần xem gì? Xin ghi thật ngắn, không ghi chuyện riêng của gia đình.
family-month = Thăm tháng nào?
    .this = Tháng này
    .next = Tháng sau
families-added = Đã ghi vào danh sách tháng { $month }. Cuối tháng sau đó danh sách được xóa; tin đã gửi trong khung chat thì người nhận tự xóa.
families-head = { $count ->
    [0] Chưa có nhà nào trong danh sách thăm.
   *[other] Danh sách thăm: { $count } nhà.
    }
families-kept = { $month } · { $name }: { $words } – { $state ->
    [visited] đã thăm
    [reported] cần báo
   *[asked] chưa thăm
    }
families-line = { $n }. { $words }
families-none = Tháng { $month } không còn nhà nào cần thăm.
families-visited = Đã ghi là đã thăm. Cảm ơn anh/chị.
notice-families = Có việc cần kiểm tra.
errand-families = Xem danh sách
errand-visited = Đã thăm
errand-to_report = Cần báo
error-families_full = Danh sách tháng đó đã đủ { $count } nhà. Xin chọn người khác hoặc tháng khác.
error-no_collaborator = Xã chưa có cộng tác viên nào. Xin mời một người trước.
