# Letters between reporter and staff, safe contact, the code word, quick exit.

relay-menu =
    .write = Nhắn cán bộ
    .write_child = Nhắn cô chú
    .follow = Theo dõi tin
    .new = Báo việc khác
    .access = Lấy mã riêng
    .safety = Đổi giờ nhắn
    .see = Xem
    .rights = Quyền dữ liệu của tôi
    .rights_see = Xem phần đã gửi
    .rights_correct = Sửa
    .rights_withdraw = Rút lại đồng ý
    .rights_erase = Xin xóa
    .reply = Trả lời

notice-reporter_letter = Bạn có một tin nhắn mới.
notice-reporter_wrote = { $code }: có tin nhắn mới từ người báo tin.
notice-reporter_waiting = { $code }: người báo tin chờ trả lời từ { $since }{ $since_day ->
    [none] {""}
   *[other] {" "}ngày { $since_day }
    }.

relay-letter = Cán bộ phụ trách{ $code ->
    [none] {""}
   *[other] {" "}tin { $code }
    } nhắn: { $text }
relay-letter_child = Cô chú nhắn em{ $code ->
    [none] {""}
   *[other] {" "}về tin { $code }
    }: { $text }
relay-closed = Tin báo { $code } đã được xử lý. Nếu cần, anh/chị nhắn vào đây hoặc gọi 111. Cảm ơn anh/chị.
relay-closed_child = Tin { $code } của em đã được xử lý. Nếu cần, em nhắn vào đây hoặc gọi 111.
relay-no_letters = Hiện không có tin nhắn mới.
relay-other_reports = Anh/chị đang có nhiều tin báo; muốn nhắn về tin khác, anh/chị bấm Nhắn cán bộ.
relay-other_reports_child = Em đang có nhiều tin; muốn nhắn về tin khác, em bấm Nhắn cô chú.
relay-reply_refused = Tin này chưa được gửi, vì tin được trả lời không còn nữa. Xin nhắn thẳng vào đây.
relay-choose = Xin chọn hoặc trả lời câu dưới đây.

write-which = Anh/chị muốn nhắn về tin báo nào?
write-letter = Anh/chị nhắn điều muốn nói với cán bộ phụ trách.
child-which = Em muốn nhắn về tin nào?
child-letter = Em nhắn điều muốn nói với cô chú nhé.

safety-safe_time = Từ nay, nhắn lại lúc nào thì an toàn?
safety-shared_phone = Có ai khác xem được máy này không?
safety-code_word = Anh/chị có thể đặt một từ riêng: sau này nhắn đúng từ đó là báo mình không an toàn. Nhắn từ ấy (2 đến 20 chữ cái), hoặc bấm Bỏ qua.
report-code_word = Anh/chị có thể đặt một từ riêng: sau này nhắn đúng từ đó là báo mình không an toàn. Nhắn từ ấy (2 đến 20 chữ cái), hoặc bấm Bỏ qua.
child-code_word = Em có thể chọn một từ riêng: khi không an toàn, em chỉ cần nhắn đúng từ đó. Em nhắn từ ấy vào đây, hoặc bấm Bỏ qua.
relay-word_set = Đã nhớ từ này. Khi nhận được nó, chúng tôi báo cán bộ ngay và chỉ đáp một câu bình thường.
relay-word_set_child = Cô chú nhớ từ này rồi. Khi em nhắn từ đó, cô chú báo người giúp em ngay và chỉ đáp một câu bình thường.
relay-hushed = Cảm ơn bạn đã liên hệ.

relay-safe_hours = { $how ->
    [never] Chúng tôi sẽ không nhắn trước: tin mới chỉ hiện khi anh/chị nhắn vào đây.
    [always] Chúng tôi có thể nhắn lại bất cứ lúc nào.
   *[hours] Chúng tôi chỉ nhắn trước từ { $start } đến { $end }.
    }
relay-safe_hours_child = { $how ->
    [never] Cô chú sẽ không nhắn trước: tin mới chỉ hiện khi em nhắn vào đây.
    [always] Cô chú có thể nhắn lại cho em bất cứ lúc nào.
   *[hours] Cô chú chỉ nhắn trước cho em từ { $start } đến { $end }.
    }
relay-hour = { $hour } giờ
relay-day = { $time } ngày { $day }

relay-traces = { $channel ->
    [web] Khi bấm Thoát, trang này xóa cuộc trò chuyện trên máy. Anh/chị nhớ xóa thêm trang này trong lịch sử trình duyệt.
    [telegram] Khi anh/chị nhắn "thoát", chúng tôi xóa các tin của hai ngày gần nhất. Để xóa hết trên máy: giữ tên cuộc trò chuyện, chọn Xóa.
   *[other] Ứng dụng này không cho chúng tôi xóa tin. Để xóa trên máy mình: giữ tên cuộc trò chuyện, chọn Xóa.
    }
relay-traces_child = { $channel ->
    [web] Khi em bấm Thoát, trang này xóa cuộc trò chuyện trên máy. Em nhớ xóa thêm trang này trong lịch sử trình duyệt.
    [telegram] Khi em nhắn "thoát", cô chú xóa các tin của hai ngày gần nhất. Để xóa hết trên máy: giữ tên cuộc trò chuyện, chọn Xóa.
   *[other] Ứng dụng này không cho cô chú xóa tin. Để xóa trên máy của em: giữ tên cuộc trò chuyện, chọn Xóa.
    }

status-received = Tin báo { $code }: nhận lúc { $at }, chưa có người nhận việc. { $due ->
    [urgent] Hệ thống đang gọi tiếp người khác; nếu gấp, xin gọi 113 hoặc 111.
   *[calm] Cán bộ sẽ xem trong ngày làm việc; nếu chưa, hệ thống tự báo lên cấp trên.
    }
status-moved = Tin báo { $code }: đã chuyển đến nơi phụ trách lúc { $at }, chưa có người nhận việc. { $due ->
    [urgent] Hệ thống đang gọi tiếp người khác; nếu gấp, xin gọi 113 hoặc 111.
   *[calm] Nếu chậm, hệ thống tự báo lên cấp trên.
    }
status-reopened = Tin báo { $code }: được mở lại lúc { $at }, chưa có người nhận việc. { $due ->
    [urgent] Hệ thống đang gọi tiếp người khác; nếu gấp, xin gọi 113 hoặc 111.
   *[calm] Nếu chậm, hệ thống tự báo lên cấp trên.
    }
status-again = Tin báo { $code }: đang cần người khác nhận việc. { $due ->
    [urgent] Hệ thống đang gọi tiếp; nếu gấp, xin gọi 113 hoặc 111.
   *[calm] Hệ thống đang báo cho người khác.
    }
status-orphan = Tin báo { $code }: đang được xử lý, chờ người phụ trách mới. Hệ thống đã báo lên cấp trên.
status-acknowledged = Tin báo { $code }: đã có người nhận lúc { $at }. Cán bộ đang kiểm tra, cần hỏi thêm sẽ nhắn vào đây.
status-verifying = Tin báo { $code }: cán bộ đang xác minh từ { $at }. Cần hỏi thêm, cán bộ sẽ nhắn vào đây.
status-emergency = Tin báo { $code }: đang được xử lý khẩn cấp từ { $at }. Nếu tình hình xấu đi, xin gọi 113 hoặc 111.
status-detailed = Tin báo { $code }: đang được xem xét thêm từ { $at }. Cần hỏi thêm, cán bộ sẽ nhắn vào đây.
status-planning = Tin báo { $code }: đang được lập kế hoạch từ { $at }. Bước sau là lãnh đạo phê duyệt.
status-approval = Tin báo { $code }: kế hoạch chờ phê duyệt từ { $at }. Bước sau là thực hiện.
status-running = Tin báo { $code }: đang làm theo kế hoạch từ { $at }. Bước sau là rà soát.
status-review = Tin báo { $code }: đang được rà soát từ { $at }. Bước sau là kết thúc, hoặc làm tiếp.
status-closed = Tin báo { $code } đã được xử lý lúc { $at }. Để giữ kín, chúng tôi không nói chi tiết; nếu cần, anh/chị nhắn vào đây hoặc gọi 111.
status-received_child = Tin { $code } của em: cô chú nhận lúc { $at }, chưa có người nhận việc. { $due ->
    [urgent] Cô chú đang gọi tiếp người khác; nếu thấy không an toàn, em gọi 111 hoặc 113 nhé.
   *[calm] Cô chú sẽ xem trong ngày làm việc; nếu gấp, em gọi 111 nhé.
    }
status-moved_child = Tin { $code } của em: đã chuyển đến người ở gần em lúc { $at }, chưa có người nhận việc. { $due ->
    [urgent] Cô chú đang gọi tiếp; nếu thấy không an toàn, em gọi 111 hoặc 113 nhé.
   *[calm] Nếu gấp, em gọi 111 nhé.
    }
status-reopened_child = Tin { $code } của em: được mở lại lúc { $at }, chưa có người nhận việc. { $due ->
    [urgent] Cô chú đang gọi tiếp; nếu thấy không an toàn, em gọi 111 hoặc 113 nhé.
   *[calm] Nếu gấp, em gọi 111 nhé.
    }
status-again_child = Tin { $code } của em: cô chú đang tìm người khác giúp em. { $due ->
    [urgent] Nếu thấy không an toàn, em gọi 111 hoặc 113 nhé.
   *[calm] Nếu gấp, em gọi 111 nhé.
    }
status-orphan_child = Tin { $code } của em đang có người lo. Cô chú đang tìm người phụ trách mới.
status-acknowledged_child = Tin { $code } của em: đã có người nhận lúc { $at }. Cần hỏi thêm, cô chú sẽ nhắn vào đây.
status-verifying_child = Tin { $code } của em: cô chú đang tìm hiểu từ { $at }. Cần hỏi thêm, cô chú sẽ nhắn vào đây.
status-emergency_child = Tin { $code } của em: cô chú đang lo gấp từ { $at }. Nếu thấy không an toàn, em gọi 111 hoặc 113 nhé.
status-detailed_child = Tin { $code } của em: cô chú đang xem thêm từ { $at }. Cần hỏi thêm, cô chú sẽ nhắn vào đây.
status-planning_child = Tin { $code } của em: cô chú đang bàn cách giúp từ { $at }. Em nhắn thêm vào đây lúc nào cũng được.
status-approval_child = Tin { $code } của em: cách giúp đang chờ đồng ý từ { $at }. Em nhắn thêm vào đây lúc nào cũng được.
status-running_child = Tin { $code } của em: cô chú đang giúp từ { $at }. Em nhắn thêm vào đây lúc nào cũng được.
status-review_child = Tin { $code } của em: cô chú đang xem lại từ { $at }. Em nhắn thêm vào đây lúc nào cũng được.
status-closed_child = Tin { $code } của em đã được xử lý lúc { $at }. Nếu cần, em nhắn vào đây hoặc gọi 111.

act-ask_reporter = Nhắn người báo tin
act_ask_reporter-reporter = Nhắn cho ai?
act_ask_reporter-text = Anh/chị muốn nhắn gì? Người báo tin không thấy tên anh/chị; xin đừng nêu tên ai.
clock-reporter_waiting = người báo tin chờ trả lời
rule-T13 = người báo tin nhắn mã "không an toàn" (T13)

relay-reporter = người báo tin { $n } ({ $at })
relay-nobody = Hồ sơ này không có người báo tin nào để nhắn.
relay-outlook = { $how ->
    [direct] Người báo tin vừa nhắn, nên tin sẽ hiện ngay.
    [now] Người báo tin được báo ngay là có tin mới; nội dung chỉ hiện khi họ bấm Xem.
    [later] Tin sẽ báo lúc { $at } ngày { $day } (giờ an toàn).
    [waits] Không nhắn trước được: tin chỉ hiện khi người báo tin nhắn lại.
   *[gone] Hiện không nhắn lại được người báo tin: tin chỉ hiện nếu họ quay lại.
    }
relay-sent = Hồ sơ { $code }: { $how ->
    [direct] đã gửi cho người báo tin.
    [now] đã gửi; nội dung hiện khi người báo tin bấm Xem.
    [later] sẽ gửi lúc { $at } ngày { $day } (giờ an toàn).
    [waits] đã lưu; chỉ hiện khi người báo tin nhắn lại.
   *[gone] đã lưu; không nhắn lại được, chỉ hiện nếu người báo tin quay lại.
    }
relay-noted = Đã ghi vào hồ sơ { $code }, chưa gửi cho người báo tin.
    .send = Gửi người báo tin

relay-card_talk = Tin nhắn với người báo tin:
relay-card_more = (và { $count } tin trước đó)
relay-card_letter = { $at } { $day } gửi{ $who ->
    [none] {""}
   *[other] {" "}{ $who }
    }: { $text }{ $seen ->
    [yes] {""}
   *[no] {" "}(chưa xem)
    }
relay-card_answer = { $at } { $day } nhận{ $who ->
    [none] {""}
   *[other] {" "}từ { $who }
    }: { $text }
relay-card_file = (tệp)
relay-card_gone = Không nhắn lại được { $who ->
    [none] người báo tin
   *[other] { $who }
    }.
relay-card_waits = Không nhắn trước cho { $who ->
    [none] người báo tin
   *[other] { $who }
    }: tin chỉ hiện khi họ nhắn lại.
relay-card_hours = Giờ an toàn để nhắn { $who ->
    [none] người báo tin
   *[other] { $who }
    }: { $start }–{ $end }.
