# Lời trên hồ sơ và trong việc của cán bộ.

level-urgent = KHẨN CẤP
level-high = CAO
level-medium = TRUNG BÌNH
level-low = THẤP
level-unknown = CHƯA RÕ

role-collaborator = cộng tác viên thôn
role-officer = cán bộ bảo vệ trẻ em
role-deputy = cán bộ thay thế
role-leader = lãnh đạo UBND xã
role-police = Công an xã
role-supervisor = đầu mối thành phố
role-admin = quản trị hệ thống
role-system = hệ thống

state-received = Mới tiếp nhận
state-acknowledged = Đã có người nhận
state-verifying = Đang xác minh
state-emergency = Can thiệp khẩn cấp
state-detailed = Đánh giá nguy cơ cụ thể
state-planning = Lập kế hoạch
state-approval = Chờ phê duyệt kế hoạch
state-running = Đang hỗ trợ, can thiệp
state-review = Rà soát, đánh giá
state-closed = Kết thúc

act-acknowledge = Tôi nhận
act-take = Tôi xử lý
act-read = Mở hồ sơ
act-decline = Tôi không thể nhận
act-release = Trả lại việc
act-assign = Giao người phụ trách
act-note = Ghi việc đã làm
act-measure = Biện pháp khẩn cấp
act-verify = Bắt đầu xác minh
act-confirm_measure = Xác nhận biện pháp
act-safe = Trẻ đã an toàn
act-resolve = Đã xử lý xong
act-dismiss = Không đủ căn cứ
act-raise = Nâng mức
act-lower = Hạ mức
act-set_kind = Xác định loại việc
act-snooze = Nhắc lại sau
act-route = Chuyển đúng xã
act-exclude = Có liên quan
act-reopen = Mở lại
act-undo = Hoàn tác
act-open = Mở tin
act-more = Việc khác…

card-head = Hồ sơ { $code }
card-level = Mức: { $level }
card-why = Vì: { $reasons }
card-status = Tình trạng: { $status }
card-holder = Người phụ trách: { $role }, từ { $at } ngày { $day }
card-nobody = Người phụ trách: chưa có
card-received = Nhận tin: { $at } ngày { $day }
card-commune = Xã: { $name }
card-no_commune = Xã: chưa rõ
card-kind = Loại việc: { $kind }
card-gone = Hồ sơ { $code } không còn ở đây.
card-kind_open = chưa xác định
card-due = Hạn: { $at } ngày { $day } ({ $clock })
card-next = Nhắc tiếp: { $at } ngày { $day } ({ $clock })
card-missing = Chưa có: { $fields }
card-child = Trẻ tự nhắn. Không hỏi lại cháu; mời người được đào tạo.
card-age_16_17 = Từ 16 đến 17 tuổi.
card-raw = Hệ thống chưa đọc được tin này. Xin xem nguyên văn dưới đây và tự đánh giá.
card-files = Tệp đã gửi: { $count }
card-log = Đã làm:
card-log_more = (và { $count } việc trước đó)

clock-unanswered = chờ người nhận
clock-idle = chờ việc tiếp theo
clock-emergency = biện pháp khẩn cấp, Điều 26(3) Nghị định 56/2017
clock-unplaced = chưa rõ xã
clock-forward = chuyển đúng nơi, Điều 25(1) Nghị định 56/2017
clock-unfinished = tin chưa gửi xong
clock-separation = tạm thời cách ly, Điều 32 Nghị định 56/2017
clock-plan = trình kế hoạch, Điều 28(1) Nghị định 56/2017
clock-crime = báo công an, Điều 25(3) Nghị định 56/2017
clock-verify = xác minh
clock-assess = đánh giá ban đầu
clock-confirm = lãnh đạo xác nhận biện pháp
clock-child_check = gặp trẻ mỗi ngày
clock-detail = đánh giá nguy cơ cụ thể
clock-approve = phê duyệt kế hoạch
clock-task = việc trong kế hoạch
clock-contact = gặp trẻ định kỳ
clock-review = rà soát
clock-decide = quyết định sau rà soát
clock-handover = xã kia trả lời bàn giao
clock-referral = nơi nhận xác nhận
clock-visit = cộng tác viên trả lời
clock-visit_done = kết quả kiểm tra
clock-hop = địa chỉ tiếp theo

rule-T1 = đang gặp nguy hiểm (T1)
rule-T2 = chưa biết có nguy hiểm không (T2)
rule-T3 = loại việc (T3)
rule-T4 = người gây hại ở gần trẻ (T4)
rule-T5 = trẻ nhỏ ở một mình (T5)
rule-T6 = trẻ nói không an toàn hoặc không tiện nói (T6)
rule-T7 = thương tích nặng hoặc nguy đến tính mạng (T7)
rule-T8 = có hung khí hoặc sắp bị hại (T8)
rule-T9 = có từ nguy hiểm trong lời kể (T9)
rule-T10 = chỉ có ảnh hoặc tiếng, chưa ai xem (T10)
rule-T12 = trẻ dưới 3 tuổi (T12)

field-first_words = Lời đầu
field-danger_now = Đang nguy hiểm
field-child_place = Nơi trẻ đang ở
field-place = Nơi xảy ra
field-kind = Loại việc
field-conflict = Người gây hại làm ở
field-child_age = Tuổi
field-story = Lời kể
field-more = Trả lời thêm
field-harmer = Người gây hại
field-harmer_access = Còn gặp được trẻ
field-protector = Người bảo vệ trẻ
field-help_given = Đã giúp
field-when = Thời gian
field-child_sex = Giới tính
field-child_name = Tên trẻ
field-media = Ảnh, tin nhắn
field-contact = Liên lạc
field-safe_time = Nhắn lại lúc
field-shared_phone = Máy dùng chung
field-extra_words = Nhắn thêm
field-captions = Lời kèm tệp
field-added = Báo thêm
field-review = Gửi tin
field-extra = Câu hỏi thêm
field-point = Vị trí
field-moved_to = Vị trí mới nhất
value-given = { $given } (đồng ý liên lạc)
value-point = { $lat }, { $lon }

act_decline-reason = Vì sao anh/chị không nhận được?
    .busy = Đang bận
    .away = Đang đi vắng
    .involved = Có liên quan
act_release-reason = Vì sao trả lại việc này?
act_assign-person = Giao cho ai?
act_note-what = Anh/chị đã làm gì?
    .call = Gọi điện
    .arrived = Đã đến nơi
    .saw_child = Gặp trẻ
    .saw_carer = Gặp người chăm sóc
    .other = Việc khác
act_note-text = Ghi thêm vài chữ, nếu cần.
act_verify-whom = Anh/chị sẽ hỏi ai để xác minh?
act_confirm_measure-decision = Anh/chị có xác nhận biện pháp này không?
    .confirmed = Xác nhận
    .refused = Không xác nhận
act_confirm_measure-reason = Xin ghi ý kiến chỉ đạo.
act_measure-measure = Biện pháp nào? Chọn khi lãnh đạo đã chỉ đạo.
    .medical = Y tế
    .mental = Tâm lý
    .shelter = Nơi tạm trú an toàn
    .police = Công an ngăn chặn
    .care = Chăm sóc thay thế
    .legal = Pháp lý
act_measure-who = Ai thực hiện?
act_measure-when = Lúc nào?
act_safe-who = Ai đã gặp trẻ?
act_safe-when = Gặp lúc nào?
    .just_now = Vừa xong
    .today = Hôm nay
    .yesterday = Hôm qua
    .again = Xin ghi lúc đã gặp trẻ, không phải lúc sẽ gặp.
act_safe-where = Gặp ở đâu?
act_raise-level = Nâng lên mức nào?
    .urgent = Khẩn cấp
    .high = Cao
    .medium = Trung bình
    .low = Thấp
act_raise-reason = Vì sao nâng mức?
act_lower-level = Hạ xuống mức nào?
    .urgent = Khẩn cấp
    .high = Cao
    .medium = Trung bình
    .low = Thấp
act_lower-reason = Vì sao hạ mức?
act_set_kind-kind = Đây là loại việc nào?
act_route-commune = Việc thuộc xã nào?
act_route-reason = Vì sao chuyển?
act_exclude-reason = Anh/chị có liên quan thế nào? Chỉ cấp trên đọc câu này.
act_snooze-until = Nhắc lại sau bao lâu?
    .m15 = 15 phút
    .h1 = 1 giờ
    .h4 = 4 giờ
act_snooze-reason = Vì sao cần nhắc lại sau?
act_resolve-done = Đã làm gì để xử lý?
act_resolve-who = Ai đã gặp trẻ, hoặc đã xem chỗ đó?
act_dismiss-reason = Vì sao kết thúc?
    .unfounded = Không đủ căn cứ
    .out_of_scope = Không thuộc phạm vi
act_dismiss-checked = Đã kiểm tra những gì, đã gặp trẻ chưa?
act_reopen-reason = Vì sao mở lại?

work-none = Hiện không có việc nào đang mở.
work-list = Việc đang mở: { $count }
work-line = { $code } · { $level } · { $status } · { $holder }
work-mine = của tôi
work-nobody = chưa ai nhận
work-other = người khác
work-not_understood = Xin chọn hoặc trả lời câu dưới đây.
work-done = Đã ghi. Hồ sơ { $code }.
work-undo = Trong 2 phút, hồ sơ có nút Hoàn tác.
work-undone = Đã hoàn tác. Hồ sơ { $code } trở lại như trước.
work-on_duty = Anh/chị đang trực. Việc mới sẽ báo vào đây.
work-off_duty = Anh/chị đã nghỉ trực. Việc mới sẽ báo cho người khác.
work-off_duty_last = Anh/chị đã nghỉ trực. Hiện không còn ai khác trực ở xã; việc mới sẽ báo lên cấp trên.

enrol-welcome = Chào anh/chị{ $name ->
    [none] {""}
   *[other] {" "}{ $name }
    }. Địa chỉ này đã nối với vai trò { $role }. Việc mới sẽ báo vào đây.
enrol-welcome_admin = Chào anh/chị. Địa chỉ này đã nối với vai trò quản trị. Anh/chị nhận báo về sự cố, không xem nội dung hồ sơ.
enrol-used = Mã mời này không dùng được: đã dùng, đã hết hạn hoặc không đúng. Xin hỏi người đã mời.
enrol-already = Địa chỉ này đã nối với một cán bộ. Xin dùng máy hoặc địa chỉ khác cho người mới.
enrol-web_only = Xin nối thêm Telegram hoặc một máy khác, để luôn có đường báo thứ hai.

act-assess = Đánh giá nguy cơ ban đầu
act-separate = Tạm thời cách ly
act-extend_separation = Gia hạn cách ly
act-end_separation = Hủy bỏ cách ly

act_assess-harm = Trẻ bị tổn hại đến mức nào?
    .high = Cao
    .middle = Trung bình
    .low = Thấp
    .short = mức độ tổn hại
act_assess-harm_why = Dựa vào đâu? Ghi điều đã thấy hoặc đã nghe.
act_assess-again = Nguy cơ trẻ tiếp tục bị hại ở mức nào?
    .high = Cao
    .middle = Trung bình
    .low = Thấp
    .short = nguy cơ tiếp tục bị hại
act_assess-again_why = Dựa vào đâu?
act_assess-reach = Người gây hại có thể tiếp cận trẻ ở mức nào?
    .high = Cao
    .middle = Trung bình
    .low = Thấp
    .short = khả năng người gây hại tiếp cận trẻ
act_assess-reach_why = Dựa vào đâu?
act_assess-self_protect = Trẻ tự bảo vệ được đến mức nào?
    .high = Cao
    .middle = Trung bình
    .low = Thấp
    .short = khả năng tự bảo vệ của trẻ
act_assess-self_protect_why = Dựa vào đâu?
act_assess-protector = Người lớn bên cạnh đủ khả năng và cam kết bảo vệ trẻ đến mức nào?
    .high = Cao
    .middle = Trung bình
    .low = Thấp
    .short = khả năng bảo vệ của người lớn
act_assess-protector_why = Dựa vào đâu?
act_assess-needs = Trẻ cần gì trước: chỗ ở, y tế, ăn mặc, an toàn? Ai giúp được?
    .short = nhu cầu
act_assess-decision = Kết luận của anh/chị?
    .urgent = Khẩn cấp
    .calm = Không khẩn cấp
    .short = kết luận
assess-suggested = { $decision ->
    [urgent] Các mức vừa chọn nghiêng về khẩn cấp, vì { $degrees }.
   *[calm] Các mức vừa chọn nghiêng về không khẩn cấp: không có mức cao ở phần tổn hại.
    } Đây chỉ là gợi ý; anh/chị kết luận.
assess-rule = Phần mềm chỉ gợi ý: nghiêng về khẩn cấp khi có mức cao ở phần tổn hại, hoặc có mức trung bình mà không ai bảo vệ được trẻ. Anh/chị kết luận.
assess-concluded = { $decision ->
    [urgent] Kết luận: khẩn cấp.
   *[calm] Kết luận: không khẩn cấp.
    }{ $due ->
    [none] {""}
   *[other] {" "}Cần biện pháp khẩn cấp hoặc cách ly trước { $due } ngày { $due_day }.
    }{ $next ->
    [detailed] {" "}Bước sau: đánh giá nguy cơ cụ thể.
    [mended] {" "}Bước sau: xử lý chỗ nguy hiểm, rồi kết thúc.
    [helped] {" "}Hồ sơ vẫn ở can thiệp khẩn cấp đến khi trẻ an toàn.
   *[other] {""}
    }
act_separate-from_whom = Cách ly trẻ khỏi ai?
act_separate-place = Đưa trẻ đến nơi an toàn nào?
act_separate-carer = Ai chăm sóc trẻ ở đó?
act_separate-since = Từ ngày nào?
    .today = Hôm nay
    .tomorrow = Ngày mai
    .again = Ngày phải từ hôm nay và trong 7 ngày tới.
    .short = từ
act_separate-until = Đến hết ngày nào? Tổng cộng không quá 15 ngày.
    .days3 = 3 ngày
    .days7 = 7 ngày
    .days15 = 15 ngày
    .again = Ngày phải từ ngày bắt đầu trở đi, không ở xa quá nửa năm.
    .short = đến hết
act_separate-paper = Quá 15 ngày. Số văn bản của cơ quan có thẩm quyền?
    .again = Chưa có số văn bản thì không cách ly quá 15 ngày được. Xin ghi số, hoặc quay lại chọn ngày khác.
    .short = văn bản
act_extend_separation-until = Gia hạn đến hết ngày nào? Tổng cộng không quá 15 ngày.
    .days3 = Thêm 3 ngày
    .days7 = Thêm 7 ngày
    .again = Ngày phải sau hạn hiện nay, không ở xa quá nửa năm.
    .short = đến hết
act_extend_separation-paper = Tổng cộng quá 15 ngày. Số văn bản của cơ quan có thẩm quyền?
    .again = Chưa có số văn bản thì không gia hạn quá 15 ngày được. Xin ghi số, hoặc quay lại chọn ngày khác.
    .short = văn bản
act_extend_separation-why = Vì sao cần gia hạn?
act_end_separation-why = Vì sao hủy bỏ cách ly?
act_confirm_measure-record = Xác nhận biện pháp nào?
act_measure_led-measure = Anh/chị quyết định biện pháp nào?
act_measure_led-who = Ai thực hiện?
act_measure_led-when = Lúc nào?
work-measure_is = Biện pháp: { $measure }. Người thực hiện: { $who }. Lúc: { $at }.
work-separated_until = Cách ly đến { $due } ngày { $due_day }.
card-lapsed = Quyết định cách ly đã hết hiệu lực từ { $at } ngày { $day }. Cần gia hạn hoặc hủy bỏ.

unfinished-kept = Hồ sơ { $code }: { $act } còn dở, đã trả lời { $count } câu.
unfinished-go_on = Làm tiếp
unfinished-afresh = Làm lại từ đầu
unfinished-later = Đã dừng. Các câu đã trả lời được giữ; bấm { $act } để làm tiếp.
unfinished-changed = Hồ sơ vừa thay đổi; các câu đã trả lời vẫn được giữ.
unfinished-gone = Bản này không còn dở nữa. Dưới đây là tình trạng hiện tại.
