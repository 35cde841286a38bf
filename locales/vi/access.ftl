# Ai được xem gì, mã PIN, mở hồ sơ khi cần gấp, nhật ký. Tin báo chỉ có mã hồ sơ, giờ, vai trò.

notice-audit_head = Mã kiểm nhật ký ngày { $at_day }: dòng { $row }, { $head }. Xin giữ tin này, không cần làm gì thêm.

notice-pin_set = Mã PIN của anh/chị vừa được đặt lúc { $at }. Nếu không phải anh/chị đặt, xin báo quản trị ngay.
notice-pin_locked = Mã PIN của anh/chị đã khóa lúc { $at }, sau 5 lần nhập sai. Nếu không phải anh/chị nhập, xin báo quản trị ngay.
notice-pin_reset = { $role } xin đặt lại mã PIN. Anh/chị gọi điện hỏi chính người ấy trước khi đồng ý.
notice-pin_reset_asked = Lúc { $at } có yêu cầu đặt lại mã PIN của anh/chị. Nếu không phải anh/chị, xin báo quản trị ngay.
notice-pin_gone = { $role } đã đồng ý lúc { $at }: mã PIN cũ không dùng nữa. Lần sau vào trang làm việc, anh/chị đặt mã mới.
notice-admin_pin_locked = Mã PIN của một { $role } đã khóa sau 5 lần nhập sai. Xin gọi hỏi người đó.
errand-pin_reset = Đã gọi, đồng ý
pin-reset_agreed = Đã đồng ý. Người ấy đặt mã PIN mới ở lần vào trang làm việc tới.
pin-open = Mở trang, nhập mã PIN
pin-link = Liên kết dùng một lần trong 5 phút: { $link }

error-pin_none = Anh/chị chưa có mã PIN.
error-pin_wrong = Mã PIN chưa đúng. Còn { $left } lần thử.
error-pin_locked = Mã PIN đã khóa. Anh/chị bấm Quên mã PIN; một người khác phải đồng ý thì mới đặt lại được.
error-pin_six = Mã PIN có 6 chữ số.
error-pin_easy = Mã này dễ đoán. Anh/chị chọn mã khác giúp nhé.
error-pin_again = Hai lần nhập chưa giống nhau.
error-pin_nobody = Chưa có ai khác để đồng ý. Xin hỏi quản trị.

staff-pin = Mã PIN
staff-pin_set = Đặt mã PIN
staff-pin_change = Đổi mã PIN
staff-pin_why = Mã PIN được hỏi khi lấy số liệu ra ngoài, khi mời hoặc dừng quyền một người, khi mở hồ sơ ngoài phần việc của mình. Mã chỉ nhập trên trang này, không bao giờ nhắn trong cuộc trò chuyện.
staff-pin_first = Trước hết anh/chị đặt một mã PIN 6 chữ số.
staff-pin_old = Mã PIN đang dùng
staff-pin_new = Mã PIN mới (6 chữ số)
staff-pin_again = Nhập lại mã mới
staff-pin_ask = Việc này cần mã PIN của anh/chị.
staff-pin_go = Tiếp tục
staff-pin_later = Để sau
staff-pin_forgot = Quên mã PIN
staff-pin_forgot_how = Một người khác của xã hoặc quản trị phải đồng ý, sau khi gọi hỏi anh/chị.
staff-pin_asked = Đã gửi yêu cầu. Khi có người đồng ý, anh/chị nhận được tin và đặt mã mới.

home-opening = Xin mở một hồ sơ
opening-code = Mã hồ sơ nào?
opening-reason = Vì sao cần mở ngay? Người đồng ý, lãnh đạo và nhật ký sẽ thấy lý do này.
opening-draft = Yêu cầu chưa gửi đi. Anh/chị mở trang, nhập mã PIN rồi bấm Gửi yêu cầu.
opening-who = { $name ->
    [none] { $role }
   *[other] { $name }, { $role },
    } xin mở hồ sơ { $code } trong 4 giờ. Lý do: { $reason }
opening-agree = Anh/chị đồng ý trên trang làm việc, sau khi nhập mã PIN.
opening-agreed = Đã đồng ý. Hồ sơ mở trong 4 giờ rồi tự đóng; mọi lần xem đều được ghi.
opening-refused = Đã ghi là không đồng ý.
errand-opening_who = Xem yêu cầu
errand-opening_yes = Đồng ý
errand-opening_no = Không đồng ý
notice-opening_asked = { $code }: { $role } xin mở hồ sơ này vì việc khẩn. Cần một người thứ hai đồng ý.
notice-opening_open = { $code }: anh/chị mở được hồ sơ này đến { $due } ngày { $due_day }. Mọi lần xem đều được ghi.
notice-opening_told = { $code }: { $role } được mở hồ sơ này đến { $due } ngày { $due_day }, có người thứ hai đồng ý.
notice-opening_elsewhere = { $role } bên anh/chị được mở một hồ sơ ngoài phần việc của mình đến { $due } ngày { $due_day }, có người thứ hai đồng ý.
error-no_code = Mã này chưa đúng. Mã hồ sơ có dạng 7KQ4-2MDJ.
error-reason_short = Xin ghi rõ lý do, ít nhất một câu.
error-opening_many = Anh/chị đã có nhiều yêu cầu đang chờ. Xin đợi trả lời, hoặc gọi cho lãnh đạo.
error-opening_yours = Anh/chị mở được hồ sơ này rồi.

staff-opening = Mở hồ sơ ngoài phần việc của mình
staff-opening_why = Chỉ khi cần ngay để giữ an toàn. Một người thứ hai phải đồng ý; lãnh đạo được báo; hồ sơ mở trong 4 giờ rồi tự đóng; mọi lần xem đều được ghi. Quá 24 giờ mà chưa mở được nghĩa là không được đồng ý.
staff-opening_theirs = Có người xin mở hồ sơ { $code }
staff-opening_send = Gửi yêu cầu
staff-opening_draft = Chưa gửi.
staff-opening_asked = Đã gửi, đang chờ.
staff-opening_open = Đang mở.
staff-opening_until = Đến { $moment }.

staff-reads = Ai đã mở hồ sơ nào
staff-reads_why = Mọi lần mở hồ sơ của xã trong 7 ngày qua. Lần mở ngoài giờ (21:00–06:00) và người ở nơi khác đứng trước.
staff-reads_who = Ai
staff-reads_count = Số lần
staff-reads_odd = Ngoài giờ
staff-reads_last = Lần cuối
staff-reads_elsewhere = nơi khác
staff-reads_none = 7 ngày qua chưa ai mở hồ sơ nào.
