# Từ đánh giá nguy cơ cụ thể đến khi kết thúc: nút, câu hỏi, kế hoạch trên hồ sơ.

act-assess_detail = Đánh giá nguy cơ cụ thể
act-meeting = Biên bản họp
act-submit = Trình kế hoạch
act-approve = Phê duyệt
act-send_back = Trả lại để sửa
act-task_done = Đã làm
act-task_failed = Chưa làm được
act-review = Rà soát, đánh giá
act-end = Kết thúc
act-replan = Tiếp tục can thiệp
act-merge = Trùng tin
act-merged = Nhập thêm tin
act-hold = Giữ hồ sơ
act-unhold = Thôi giữ

act_assess_detail-body = Thể chất của trẻ thế nào?
    .short = thể chất
act_assess_detail-mind = Tâm lý, tình cảm của trẻ thế nào?
    .short = tâm lý
act_assess_detail-family = Gia đình và các mối quan hệ của trẻ thế nào?
    .short = gia đình
act_assess_detail-carers = Cha mẹ hoặc người chăm sóc bảo vệ được trẻ đến đâu?
    .short = người chăm sóc
act_assess_detail-setting = Môi trường quanh trẻ thế nào?
    .short = môi trường
act_assess_detail-risk = Nguy cơ chung ở mức nào?
    .short = nguy cơ chung
act_assess_detail-needs = Trẻ cần những gì?
    .short = nhu cầu
act_assess_detail-child_says = Ý kiến, nguyện vọng của trẻ là gì, nếu cháu đã nói? Xin đừng hỏi lại chuyện cháu đã kể.
    .short = ý kiến của trẻ

act_meeting-people = Cuộc họp có những ai?
    .short = có mặt
act_meeting-needs = Cuộc họp thấy trẻ và gia đình cần gì?
    .short = nhu cầu
act_meeting-agreed = Cuộc họp thống nhất những gì?
    .short = thống nhất

act_submit-goals = Mục tiêu của kế hoạch là gì?
act_submit-task1 = Việc thứ 1: làm gì?
act_submit-task1_who = Việc thứ 1: ai làm?
act_submit-task1_until = Việc thứ 1: hạn ngày nào? Xin chọn một ngày làm việc.
act_submit-task1_more = Có thêm việc nữa không?
    .add = Thêm việc
    .enough = Đủ rồi
act_submit-task2 = Việc thứ 2: làm gì?
act_submit-task2_who = Việc thứ 2: ai làm?
act_submit-task2_until = Việc thứ 2: hạn ngày nào? Xin chọn một ngày làm việc.
act_submit-task2_more = Có thêm việc nữa không?
    .add = Thêm việc
    .enough = Đủ rồi
act_submit-task3 = Việc thứ 3: làm gì?
act_submit-task3_who = Việc thứ 3: ai làm?
act_submit-task3_until = Việc thứ 3: hạn ngày nào? Xin chọn một ngày làm việc.
act_submit-task3_more = Có thêm việc nữa không?
    .add = Thêm việc
    .enough = Đủ rồi
act_submit-task4 = Việc thứ 4: làm gì?
act_submit-task4_who = Việc thứ 4: ai làm?
act_submit-task4_until = Việc thứ 4: hạn ngày nào? Xin chọn một ngày làm việc.
act_submit-task4_more = Có thêm việc nữa không?
    .add = Thêm việc
    .enough = Đủ rồi
act_submit-task5 = Việc thứ 5: làm gì?
act_submit-task5_who = Việc thứ 5: ai làm?
act_submit-task5_until = Việc thứ 5: hạn ngày nào? Xin chọn một ngày làm việc.
act_submit-task5_more = Có thêm việc nữa không?
    .add = Thêm việc
    .enough = Đủ rồi
act_submit-task6 = Việc thứ 6: làm gì?
act_submit-task6_who = Việc thứ 6: ai làm?
act_submit-task6_until = Việc thứ 6: hạn ngày nào? Xin chọn một ngày làm việc.
act_submit-task6_more = Có thêm việc nữa không?
    .add = Thêm việc
    .enough = Đủ rồi
act_submit-task7 = Việc thứ 7: làm gì?
act_submit-task7_who = Việc thứ 7: ai làm?
act_submit-task7_until = Việc thứ 7: hạn ngày nào? Xin chọn một ngày làm việc.
act_submit-task7_more = Có thêm việc nữa không?
    .add = Thêm việc
    .enough = Đủ rồi
act_submit-task8 = Việc thứ 8: làm gì?
act_submit-task8_who = Việc thứ 8: ai làm?
act_submit-task8_until = Việc thứ 8: hạn ngày nào? Xin chọn một ngày làm việc.
act_submit-means = Kinh phí, phương tiện lấy từ đâu?
act_submit-partners = Phối hợp với những cơ quan nào?
act_submit-review_on = Ngày nào rà soát kế hoạch?

act_approve-number = Quyết định phê duyệt số mấy?
act_approve-date = Quyết định ký ngày nào?
    .today = Hôm nay
    .yesterday = Hôm qua
act_send_back-change = Cần sửa những gì?
act_task_done-record = Việc nào đã làm?
act_task_done-result = Kết quả thế nào?
act_task_failed-record = Việc nào chưa làm được?
act_task_failed-reason = Vì sao chưa làm được?
act_task_failed-until = Hạn mới là ngày nào? Xin chọn một ngày làm việc.

act_review-harm = Tổn hại của trẻ còn nghiêm trọng ở mức nào?
    .short = tổn hại
act_review-harm_why = Điều gì cho thấy như vậy?
act_review-reach = Người gây hại còn tiếp cận được trẻ ở mức nào?
    .short = người gây hại tiếp cận trẻ
act_review-reach_why = Điều gì cho thấy như vậy?
act_review-barriers = Trở ngại trong môi trường chăm sóc ở mức nào?
    .short = trở ngại nơi chăm sóc
act_review-barriers_why = Điều gì cho thấy như vậy?
act_review-self_protect = Trẻ tự bảo vệ được ở mức nào?
    .short = trẻ tự bảo vệ
act_review-self_protect_why = Điều gì cho thấy như vậy?
act_review-protector = Người lớn bảo vệ được trẻ ở mức nào?
    .short = người lớn bảo vệ trẻ
act_review-protector_why = Điều gì cho thấy như vậy?
act_review-decision = Anh/chị đề nghị thế nào?
    .end = Kết thúc
    .replan = Tiếp tục can thiệp
    .short = đề nghị
act_review-why = Vì sao đề nghị như vậy?
    .short = lý do
act_end-stable = Trẻ không còn nguy cơ và đã ổn định chưa?
    .yes = Rồi
    .no = Chưa
act_end-reason = Vì sao kết thúc?
act_replan-reason = Vì sao cần tiếp tục can thiệp?
act_merge-other = Trùng với hồ sơ nào? Xin nhắn mã của hồ sơ kia; hồ sơ này sẽ kết thúc.
act_hold-ground = Giữ hồ sơ theo căn cứ nào?
act_set_kind-group = Thuộc nhóm nào của Điều 10 Luật Trẻ em? Máy chỉ gợi ý, anh/chị chọn.

degree-high = Cao
degree-middle = Trung bình
degree-low = Thấp
ahead-week = Trong 1 tuần
ahead-fortnight = Trong 2 tuần
ahead-month = Trong 1 tháng

doer-health = Trạm y tế
doer-school = Nhà trường
doer-police = Công an xã
doer-women = Hội Phụ nữ
doer-youth = Đoàn Thanh niên
doer-family = Gia đình
doer-other = Người khác
doer-holder = Người phụ trách

group-a = a) mồ côi cả cha và mẹ
group-b = b) bị bỏ rơi
group-c = c) không nơi nương tựa
group-d = d) khuyết tật
group-dd = đ) nhiễm HIV/AIDS
group-e = e) vi phạm pháp luật
group-g = g) nghiện ma túy
group-h = h) bỏ học kiếm sống, chưa học xong THCS
group-i = i) bị tổn hại nghiêm trọng do bạo lực
group-k = k) bị bóc lột
group-l = l) bị xâm hại tình dục
group-m = m) bị mua bán
group-n = n) bệnh hiểm nghèo, điều trị dài ngày
group-o = o) di cư, lánh nạn

plan-submitted = Kế hoạch số { $no }: chờ phê duyệt
plan-approved = Kế hoạch số { $no }: đang thực hiện
plan-stopped = Kế hoạch số { $no }: tạm dừng vì việc khẩn cấp
plan-over = Kế hoạch số { $no }: hồ sơ đã kết thúc
plan-earlier = Kế hoạch số { $no }: của lần trước khi mở lại
plan-sent_back = Kế hoạch số { $no }: trả lại để sửa
plan-goals = Mục tiêu: { $goals }
plan-task = { $no }. { $what } – { $who }, hạn { $day }{ $state ->
    [done] {" (đã làm)"}
    [late] {" (quá hạn)"}
   *[open] {""}
    }
plan-pick = Việc { $no } (hạn { $day })
plan-no = việc { $no }
plan-undone = Kế hoạch còn { $count } việc chưa làm xong{ $tasks ->
    [none] {":"}
   *[other] {": "}{ $tasks }.
    }
plan-undone_task = { $no }. { $what } (hạn { $day })
plan-missing = Chưa trình kế hoạch được, còn thiếu: { $papers }
plan-again = Bản trước được trả lại để sửa: { $change }
plan-held = Hồ sơ đang được giữ, không xóa. Căn cứ: { $ground }
plan-group = Nhóm Điều 10: { $group }
paper-form02 = đánh giá nguy cơ ban đầu
paper-form03 = đánh giá nguy cơ cụ thể
paper-minutes = biên bản họp

work-day_past = Ngày đó đã qua. Xin chọn một ngày sắp tới.
work-day_far = Ngày đó còn hơn nửa năm nữa. Xin chọn một ngày gần hơn.
work-begins_far = Cách ly bắt đầu trong 7 ngày tới. Xin chọn một ngày gần hơn.
work-day_off = Ngày đó là ngày nghỉ. Xin chọn một ngày làm việc.
work-day_future = Ngày ký không thể sau hôm nay.
work-day_old = Ngày đó đã qua hơn 60 ngày. Xin xem lại ngày ký.

error-not_stable = Khi trẻ chưa ổn định thì chưa kết thúc được. Xin chọn Tiếp tục can thiệp.
error-merge_itself = Đó là mã của chính hồ sơ này.
error-merge_closed = Hồ sơ kia đã kết thúc, nên không nhập vào được.
error-merge_track = Hồ sơ này có thể là xâm hại, hồ sơ kia thì không. Xin xác định loại việc trước.
error-merge_voices = Một hồ sơ do trẻ tự nhắn, hồ sơ kia thì không. Xin giữ cả hai, để nhắn với cháu cho đúng.
error-merge_conflict = Có người không được biết hồ sơ này mà đang biết hồ sơ kia, nên không nhập được.
error-merge_telling = Người báo tin còn đang kể. Xin nhập sau khi họ kể xong.

notice-plan_submitted = { $code }: { $role } trình kế hoạch lúc { $when }, chờ phê duyệt. Mức: { $level }.
notice-plan_approved = { $code }: { $role } đã phê duyệt kế hoạch lúc { $when }.
notice-plan_sent_back = { $code }: { $role } trả lại kế hoạch để sửa lúc { $when }. Mức: { $level }.
notice-task_given = { $code }: anh/chị có việc trong kế hoạch. Mức: { $level }.
notice-task_left = { $code }: người được giao một việc trong kế hoạch không làm việc đó nữa. Việc đó nay do người phụ trách làm.
notice-plan_reviewed = { $code }: { $role } đã rà soát lúc { $when }, chờ quyết định. Mức: { $level }.
notice-plan_again = { $code }: { $role } quyết định tiếp tục lúc { $when }, cần kế hoạch mới. Mức: { $level }.
notice-merged = { $code }: có tin khác được nhập vào lúc { $when }. Mức: { $level }.


staff-plan = Kế hoạch
