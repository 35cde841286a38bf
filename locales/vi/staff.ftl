# Trang làm việc của cán bộ: đường vào, danh sách, hồ sơ.

sign_in-link = Đường vào trang làm việc, dùng một lần trong 5 phút: { $link }
sign_in-only_here = Chưa có địa chỉ công khai, nên liên kết này chỉ mở được trên máy đang chạy hệ thống.
sign_in-open = Mở trang làm việc
sign_in-new = Đăng nhập mới vào trang làm việc lúc { $at }.
sign_in-not_me = Không phải tôi
sign_in-ended = Mọi lần đăng nhập của anh/chị đã kết thúc, liên kết chưa dùng cũng không dùng được nữa. Nếu máy bị mất hoặc có người dùng chung, xin báo quản trị ngay.
error-old_page = Trang này mở từ lần đăng nhập trước, nên chưa có gì được ghi. Dưới đây là tình trạng hiện tại.
error-no_pages = Hệ thống chưa có trang làm việc. Xin hỏi quản trị.
notice-admin_stranger = Một { $role } báo có người khác đăng nhập bằng tên của họ. Mọi phiên đã kết thúc; xin gọi cho người đó và kiểm tra địa chỉ của họ.

staff-title = Trang làm việc
staff-skip = Đến nội dung chính
staff-menu = Trang
staff-cases = Việc
staff-chat = Trò chuyện
staff-sign_out = Đăng xuất
staff-you = Anh/chị là { $role }
staff-demo = CHẾ ĐỘ THỬ
staff-problem = Chưa làm được

staff-in_title = Đăng nhập
staff-in_ready = Bấm nút dưới đây để vào trang làm việc trên máy này.
staff-in_other = Anh/chị vừa mở một liên kết đăng nhập. Bấm nút nếu muốn vào bằng liên kết đó.
staff-in_button = Đăng nhập
staff-in_how = Để vào, anh/chị nhắn /web trong cuộc trò chuyện của mình và mở liên kết nhận được. Mỗi liên kết dùng một lần, trong 5 phút.
staff-in_wrong = Liên kết này không dùng được. Anh/chị nhắn /web để nhận liên kết mới.
staff-in_script = Riêng việc đăng nhập cần JavaScript. Xin bật JavaScript rồi mở lại liên kết.
staff-in_again = Phiên làm việc đã hết, nên chưa có gì được ghi. Anh/chị đăng nhập lại giúp nhé.
staff-in_left = Anh/chị đã đăng xuất.
staff-in_rest = Trang đã ẩn sau 15 phút không dùng.
staff-kept = Chữ anh/chị vừa viết
staff-kept_how = Chữ này chưa được ghi. Anh/chị có thể chép lại để dùng.

staff-list = Việc
staff-show = Xem
staff-open = Đang mở
staff-mine = Của tôi
staff-overdue = Quá hạn
staff-pages = Trang của danh sách
staff-page_before = Trang trước
staff-page_part = Việc { $first }–{ $last } trong { $count }
staff-page_after = Trang sau
staff-none_open = Hiện không có việc nào đang mở.
staff-none_mine = Anh/chị chưa giữ việc nào.
staff-none_overdue = Không có việc nào quá hạn.
staff-code = Mã
staff-level = Mức
staff-status = Tình trạng
staff-holder = Người phụ trách
staff-next = Việc đến hạn
staff-received = Nhận tin
staff-find = Mở hồ sơ theo mã
staff-find_button = Mở
staff-at = { $at } ngày { $day }
staff-due = { $left } · { $clock }
staff-left = Còn { $span } { $unit ->
    [days] ngày
    [hours] giờ
   *[minutes] phút
    }
staff-late = { $span ->
    [0] Đến hạn
   *[other] Quá hạn { $span } { $unit ->
        [days] ngày
        [hours] giờ
       *[minutes] phút
        }
    }

staff-case = Hồ sơ { $code }
staff-back = Về danh sách việc
staff-back_case = Về hồ sơ
staff-facts = Tóm tắt
staff-acts = Việc làm được bây giờ
staff-acts_more = Việc khác
staff-acts_none = Lúc này anh/chị không có việc nào phải làm với hồ sơ này.
staff-told = Nội dung tin báo
staff-clocks = Hạn và nhắc việc
staff-clocks_none = Không có hạn nào đang chạy.
staff-clock = Việc
staff-clock_due = Hạn { $moment }
staff-clock_next = Nhắc tiếp { $moment }
staff-exchange = Người báo tin
staff-said_letter = Tin đã được nhận để gửi. Mục Người báo tin dưới đây cho biết họ đã xem chưa.
staff-about = { $who }: { $words }
staff-happened = Diễn biến
staff-said_done = Đã ghi.
staff-said_undo = Trong 2 phút, hồ sơ có nút Hoàn tác.
staff-said_undone = Đã hoàn tác. Hồ sơ trở lại như trước.
staff-said_again = Việc này đã được ghi từ lần bấm trước.
staff-changed = Thay đổi mới nhất: { $at }, { $words }
staff-form_send = Ghi
staff-form_optional = không bắt buộc
staff-form_choose = Chọn
staff-form_nothing = Hiện không có gì để chọn.
staff-form_wrong = Còn câu chưa trả lời. Chữ đã viết vẫn còn nguyên.
staff-answer_this = Xin trả lời câu này.
staff-too_long = Quá 4.000 chữ. Xin viết ngắn hơn.
staff-not_here = Không có ở đây

staff-files = Tệp gửi kèm
staff-file = { $kind } { $n }
    .image = Ảnh
    .voice = Tin thoại
    .video = Video
    .file = Tài liệu
    .sticker = Nhãn dán
staff-file_kb = { $n } KB
staff-file_mb = { $n } MB
staff-file_wanted = Đang tải, xin mở lại trang sau.
staff-file_lost = Không tải được: { $why }.
staff-file_reason = Lý do mở
staff-file_open = Mở
staff-file_save = Tải về
staff-file_shown = Tệp đã mở
staff-file_logged = Lần mở này đã được ghi lại cùng lý do. Tệp hiện trong 10 phút; xin đừng chụp lại hay gửi cho người khác.
staff-file_once = Lần mở này đã được ghi lại cùng lý do. Ảnh chỉ hiện lần này; xin đừng chụp lại hay gửi cho người khác.
staff-file_hand = Tải bản gốc để giao Công an
staff-file_shut = Khóa hẳn (nghi ảnh xâm hại)
staff-file_unshut = Mở khóa
staff-file_unshut_why = Lý do mở khóa (khóa nhầm)
act-file_shut = Khóa hẳn một tệp (nghi ảnh xâm hại)
act-file_unshut = Mở khóa một tệp
act-file_handed = Tải bản gốc của một tệp để giao Công an
act_file_handed-sha256 = Mã kiểm tra của tệp
    .short = Mã kiểm tra (SHA-256)
staff-file_alt = Ảnh người báo tin gửi

happened-opened = Nhận tin báo
happened-report = Người báo tin trả lời thêm
happened-added = Người báo tin nhắn thêm
happened-gone = Không liên lạc được với { $role }
happened-reporter_gone = Không nhắn lại được cho người báo tin
happened-withheld = Zalo giữ lại một tin của người báo tin

staff-admin_home = Hệ thống
staff-admin_title = Tình hình hệ thống
staff-admin_note = Quản trị không xem hồ sơ. Trang này chỉ cho biết hệ thống và người có hoạt động không.
staff-admin_waiting = Tin đang chờ gửi
staff-admin_dead = Tin không gửi được
staff-admin_late = Nhắc việc bị trễ lâu nhất
staff-admin_minutes = { $count } phút
staff-admin_people = Người
staff-admin_name = Tên
staff-admin_role = Vai trò
staff-admin_where = Nơi
staff-admin_address = Địa chỉ
staff-admin_duty = Trực
staff-admin_on = đang trực
staff-admin_off = nghỉ
staff-admin_city = thành phố
staff-admin_ok = { $channel }: gửi được
staff-admin_blocked = { $channel }: không gửi được
staff-admin_no_address = chưa có địa chỉ nào
staff-others = Việc nhờ nơi khác
staff-slip_link = Đường liên kết của phiếu
staff-asked = Việc đang chờ anh/chị
