# Lời nói với người báo tin và với trẻ (DOMAIN 6, 8, 12). Mỗi câu hỏi tối đa hai câu ngắn.

# Một xã, phường hay đặc khu như trong câu.
named = { $unit ->
    [ward] phường { $name }
    [zone] đặc khu { $name }
   *[commune] xã { $name }
    }

talk-hello = Chào anh/chị. Đây là hệ thống trả lời tự động của chính quyền cấp xã, nhận tin báo về sự an toàn của trẻ em. Nếu trẻ đang gặp nguy hiểm, xin gọi ngay 113 (công an), 115 (cấp cứu), 114 (cứu nạn, đuối nước) hoặc 111 (bảo vệ trẻ em, miễn phí, ngày đêm).
talk-hello_commune = Chào anh/chị. Đây là hệ thống trả lời tự động của UBND { named }, nhận tin báo về sự an toàn của trẻ em. Nếu trẻ đang gặp nguy hiểm, xin gọi ngay 113 (công an), 115 (cấp cứu), 114 (cứu nạn, đuối nước) hoặc 111 (bảo vệ trẻ em, miễn phí, ngày đêm).
talk-hello_child = Chào em. Em đã rất dũng cảm khi nhắn tin. Chuyện này không phải lỗi của em.
talk-automatic_child = Đây là hệ thống trả lời tự động của xã. Nếu em đang gặp nguy hiểm, em gọi ngay 113 hoặc 111, gọi 111 không mất tiền.
talk-if_child = Nếu em là trẻ em, em bấm hoặc nhắn "Tôi là trẻ em" nhé.
talk-adult_again = Cảm ơn anh/chị đã cho biết.
talk-no_name_needed = Anh/chị không cần biết chắc mới được báo, cũng không cần cho biết tên.
talk-limits = Chỉ người có nhiệm vụ giúp em mới đọc tin của em. Nếu em đang gặp nguy hiểm, cô chú phải báo cho người bảo vệ trẻ em để giữ em an toàn.
talk-limits_friend = Chỉ người có nhiệm vụ giúp bạn em mới đọc tin này. Nếu bạn em đang gặp nguy hiểm, cô chú phải báo cho người bảo vệ trẻ em để giữ bạn an toàn.
talk-danger = Nếu trẻ đang gặp nguy hiểm, xin gọi ngay 113, 115, 114 hoặc 111. Chúng tôi vẫn ghi tiếp tin của anh/chị.
talk-danger_friend = Em báo ngay cho một người lớn mà em tin, rồi gọi 111 hoặc 113 nhé. Gọi 111 không mất tiền.
talk-danger_child = Em tìm chỗ có người lớn mà em tin, rồi gọi 111 hoặc 113 nhé. Gọi 111 không mất tiền.
talk-sos_child = Cô chú đã ghi là em cần giúp ngay. Em gọi 111 hoặc 113 nhé, đừng chờ tin nhắn.
talk-person = Đây là hệ thống trả lời tự động. Muốn nói chuyện ngay với một người, anh/chị gọi 111 (miễn phí, ngày đêm); trả lời tiếp câu dưới đây thì cán bộ xã sẽ nhận được tin.
talk-person_first = Muốn nói chuyện ngay với một người, anh/chị gọi 111. Anh/chị trả lời tiếp câu dưới đây thì cán bộ xã nhận được tin.
talk-person_child = Đây là hệ thống trả lời tự động. Em gọi 111 thì có người nghe em ngay, không mất tiền; em trả lời tiếp thì cô chú ở xã nhận được tin.
talk-person_told = Cán bộ phụ trách đã được báo là anh/chị muốn nói chuyện, nhưng chưa biết khi nào trả lời được. Muốn nói chuyện ngay, anh/chị gọi 111 (miễn phí, ngày đêm).
talk-person_told_child = Người giúp em đã được báo là em muốn nói chuyện, nhưng chưa biết khi nào trả lời được. Muốn có người nghe ngay, em gọi 111 nhé, không mất tiền.
talk-who_reads = Chúng tôi chỉ hỏi điều cần để giúp trẻ và giữ kín thông tin này. Anh/chị có thể xem, sửa hoặc xin xóa phần mình đã gửi.
talk-who_reads_child = Chỉ người có nhiệm vụ giúp em mới đọc tin của em; ba mẹ em không nhận được tin này. Nếu em đang gặp nguy hiểm, cô chú phải báo cho người bảo vệ trẻ em. Ai cầm máy này cũng thấy tin, nên nhắn xong em bấm Thoát.
talk-taken_back_child = Không sao đâu em. Lúc nào cần, em nhắn vào đây hoặc gọi 111.
talk-not_understood = Chúng tôi đã ghi lại điều này. Xin anh/chị chọn hoặc trả lời câu dưới đây.
talk-not_understood_child = Cảm ơn em, cô chú đã ghi lại rồi. Em chọn hoặc trả lời câu dưới đây nhé.
talk-call_a_person = Anh/chị có thể gọi 111 (miễn phí, ngày đêm) để nói chuyện với một người. Điều vừa nhắn đã được ghi lại.
talk-call_a_person_child = Em có thể gọi 111 để nói chuyện với một người, không mất tiền. Cô chú đã ghi lại điều em vừa nhắn.
talk-kept = Đã nhận và lưu vào tin báo.
talk-kept_child = Cô chú đã nhận và lưu rồi.
talk-still_there = Điều anh/chị đã kể vẫn còn đây.
talk-exit = Đã kết thúc. Cảm ơn bạn.
talk-cancelled = Đã dừng. Điều đã gửi vẫn được giữ.
talk-nothing_open = Hiện không có câu hỏi nào đang chờ.
talk-help = Đây là hệ thống trả lời tự động nhận tin báo về sự an toàn của trẻ em. Nếu gấp, xin gọi 113, 115, 114 hoặc 111 (miễn phí, ngày đêm). Nhắn bất cứ điều gì để bắt đầu báo tin, nhắn "thoát" để kết thúc ngay.
talk-help_child = Đây là hệ thống trả lời tự động để giúp trẻ em được an toàn. Nếu gấp, em gọi 111 (không mất tiền, ngày đêm) hoặc 113. Em nhắn "thoát" để kết thúc ngay.
language-name = Tiếng Việt
talk-language = Xin chọn ngôn ngữ. Please choose a language.
talk-language_set = Từ giờ chúng tôi trả lời bằng tiếng Việt.
talk-added = Đã thêm vào tin báo { $code }. Cán bộ phụ trách sẽ đọc.
talk-added_child = Cô chú đã thêm vào tin { $code } của em. Người giúp em sẽ đọc.
talk-menu_child = Cô chú có tin { $code } của em rồi. Em nhắn thêm lúc nào cũng được.
talk-closed = Điều anh/chị vừa nhắn đã được thêm vào tin báo { $code }, tin này đã được xử lý. Nếu có việc mới, anh/chị bấm Báo việc khác hoặc gọi 111.
talk-closed_child = Cô chú đã thêm vào tin { $code } của em, tin này đã được xử lý. Nếu có chuyện mới, em bấm Báo việc khác hoặc gọi 111.
talk-menu = Tin báo { $code } của anh/chị đang được xử lý. Anh/chị nhắn thêm bất cứ lúc nào.
talk-follow_none = Chưa có tin báo nào từ địa chỉ này. Nếu có mã riêng 16 số, anh/chị nhắn mã đó vào đây.
talk-follow_none_child = Máy này chưa có tin nào của em. Nếu em có mã riêng 16 số, em nhắn mã đó vào đây.
talk-group = Xin nhắn riêng cho chúng tôi.
talk-group_link = Xin nhắn riêng cho chúng tôi: { $link }
talk-too_big = Tệp này quá lớn nên chúng tôi không lấy được. Tin của anh/chị vẫn được lưu.
talk-too_big_child = Tệp này lớn quá nên cô chú không lấy được. Điều em kể vẫn được lưu.
talk-slow = Anh/chị nhắn nhanh quá, chúng tôi trả lời không kịp. Mọi tin đều được lưu; nếu gấp, xin gọi 111 hoặc 113.
talk-slow_child = Em nhắn nhanh quá, cô chú trả lời không kịp. Tin nào cũng được lưu; nếu gấp, em gọi 111 hoặc 113.
talk-withheld = Zalo không chuyển tin này cho chúng tôi nên chưa ai đọc được. Nếu có người đang gặp nguy hiểm, xin gọi ngay 111 (miễn phí, ngày đêm) hoặc 113.
talk-withheld_link = Zalo không chuyển tin này cho chúng tôi nên chưa ai đọc được. Nếu có người đang gặp nguy hiểm, xin gọi ngay 111 (miễn phí, ngày đêm) hoặc 113. Có thể kể cho chúng tôi trên trang này: { $link }
talk-elsewhere = Ở đây chúng tôi không nhận được tin báo. Nếu có người đang gặp nguy hiểm, xin gọi ngay 111 (miễn phí, ngày đêm) hoặc 113.
talk-elsewhere_link = Ở đây chúng tôi không nhận được tin báo. Nếu có người đang gặp nguy hiểm, xin gọi ngay 111 (miễn phí, ngày đêm) hoặc 113. Có thể kể cho chúng tôi trên trang này: { $link }
talk-withheld_filed = Cán bộ trực sẽ biết là có người đang tìm đến chúng tôi.
talk-withheld_words = (Zalo đã giữ lại { $count } tin của người này; chúng tôi không đọc được chữ nào. Có thể đó là trẻ em, hoặc là ảnh, vị trí, đoạn phim mà Zalo không chuyển.)
talk-repeat = 🔁 Gửi lại.
talk-repeated = Tin vừa rồi được gửi lặp, chỉ cần xem một lần.
talk-update = Cập nhật:
ask-location = Chia sẻ vị trí
    .why = Vị trí chỉ dùng để tìm đúng xã và đến với trẻ nhanh hơn.
ask-contact = Chia sẻ số điện thoại
    .why = Cán bộ chỉ liên lạc khi anh/chị đồng ý.
talk-demo = CHẾ ĐỘ THỬ

time-day = { NUMBER($day, minimumIntegerDigits: 2) }/{ NUMBER($month, minimumIntegerDigits: 2) }
time-day_of = { $day }/{ $year }
span-hour = { $minute ->
    [none] { $hour } giờ
   *[other] { $hour } giờ { $minute }
    }
span-at = lúc { $from } ngày { $day }
span-near = khoảng { $from } ngày { $day }
span-between = từ { $from } đến { $to } ngày { $day }
span-around = khoảng { $from } đến { $to } ngày { $day }
span-night = khoảng { $from } ngày { $day } đến { $to } ngày { $last }
span-day = ngày { $day }
span-about = khoảng ngày { $day }
span-days = khoảng từ ngày { $day } đến ngày { $last }
receipt-time = { $hour } giờ { $minute }
receipt-opened = Đã nhận tin lúc { $at }. Mã tin báo: { $code }. { $alerted ->
    [yes] Cán bộ trực đã được báo; nếu tình hình xấu đi, xin gọi 113 hoặc 111, đừng chờ tin nhắn.
    [later] Nếu tình hình xấu đi, xin gọi 113 hoặc 111, đừng chờ tin nhắn.
   *[no] Chưa báo được cán bộ nào. Xin gọi ngay 113 hoặc 111, đừng chờ tin nhắn.
    }
receipt-opened_child = Cô chú đã nhận tin của em lúc { $at }, mã tin { $code }. { $alerted ->
    [yes] Người bảo vệ trẻ em đã được báo. Nếu em thấy không an toàn, em gọi 111 hoặc 113 nhé.
    [later] Nếu em thấy không an toàn, em gọi 111 hoặc 113 nhé.
   *[no] Cô chú chưa báo được cho ai. Em gọi 111 ngay nhé, không mất tiền.
    }
receipt-opened_friend = Cô chú đã nhận tin của em lúc { $at }, mã tin { $code }. { $alerted ->
    [yes] Người bảo vệ trẻ em đã được báo. Nếu bạn em gặp nguy hiểm, em gọi 111 hoặc 113 nhé.
    [later] Nếu bạn em gặp nguy hiểm, em gọi 111 hoặc 113 nhé.
   *[no] Cô chú chưa báo được cho ai. Em gọi 111 ngay nhé, không mất tiền.
    }
receipt-next = Cảm ơn anh/chị, tin báo { $code } đã đủ để xử lý. { $due ->
    [taken] Cán bộ đã nhận việc.
    [urgent] Nếu sau 15 phút chưa có người nhận, hệ thống tự báo tiếp cho người khác.
    [city] Chưa rõ xã nào, nên đầu mối cấp thành phố sẽ xem trước.
   *[calm] Cán bộ sẽ xem trong ngày làm việc; nếu chưa, hệ thống tự báo lên cấp trên.
    } Anh/chị nhắn thêm vào đây bất cứ lúc nào.
receipt-next_child = Cảm ơn em đã nhắn. { $due ->
    [taken] Đã có người nhận và đang tìm cách giúp em.
    [urgent] Nếu người thứ nhất chưa trả lời, tin của em được báo tiếp cho người khác.
    [city] Cô chú sẽ tìm đúng người ở gần em.
   *[calm] Cô chú sẽ xem và tìm cách giúp em.
    } Em nhắn thêm vào đây lúc nào cũng được, mã tin của em là { $code }.
receipt-access = Mã riêng của anh/chị: { $access }. Mã này chỉ hiện một lần, dùng để mở lại tin báo từ máy khác. Xin đừng đưa cho ai.
receipt-access_child = Mã riêng của em: { $access }. Mã này chỉ hiện một lần, dùng để mở lại tin của em từ máy khác. Em đừng đưa cho ai nhé.
receipt-access_wrong = Mã riêng này không đúng. Xin xem lại; nếu gấp, xin gọi 111 hoặc 113.
receipt-access_once = Mã riêng chỉ hiện một lần và đã được gửi rồi.

standing-skip = Bỏ qua
standing-back = Quay lại
standing-exit = Thoát
standing-follow = Theo dõi tin đã báo
standing-child = Tôi là trẻ em
standing-sos = Cần giúp ngay
standing-call = Gọi 111 (miễn phí)
standing-friend = Em nhắn giúp bạn
standing-adult = Tôi là người lớn
standing-keep = Giữ như cũ
standing-cancel = Hủy

common-yes = Có
common-no = Không
common-unknown = Không biết
common-more = Khác…
common-other = Khác…

report-danger_now = Lúc này trẻ có đang gặp nguy hiểm không?
    .now = Có, ngay bây giờ
    .no = Không
    .unsure = Không chắc
report-child_place = Lúc này trẻ đang ở đâu? Anh/chị chia sẻ vị trí, hoặc nhắn tên thôn, xã.
    .same = Cùng chỗ việc xảy ra
report-place = Việc xảy ra ở thôn nào, xã nào?
    .same = Cùng chỗ trẻ đang ở
report-place_elsewhere = Ý anh/chị là { $unit } { $name }, { $province } phải không?
    .yes = Đúng
    .other = Nơi khác
report-place_confirm = Ý anh/chị là { named } phải không?
    .yes = Đúng
    .other = Xã khác
report-place_hint = { $same ->
    [yes] Việc xảy ra ở { named }, đúng không?
   *[no] Việc xảy ra ở { $via }, { named }, đúng không?
    }
    .yes = Đúng
    .other = Xã khác
report-place_hints = Việc xảy ra ở xã nào?
    .other = Xã khác
    .elsewhere = Không có ở đây
report-child_place_hint = { $same ->
    [yes] Lúc này trẻ ở { named }, đúng không?
   *[no] Lúc này trẻ ở { $via }, { named }, đúng không?
    }
    .yes = Đúng
    .other = Xã khác
report-child_place_hints = Lúc này trẻ ở xã nào?
    .other = Xã khác
    .elsewhere = Không có ở đây
report-place_which = Đó là xã nào?
    .other = Xã khác
    .elsewhere = Không có ở đây
report-place_district = Đó là nơi nào?
    .commune = Xã Đại Lộc (Ái Nghĩa, Hiệp, Hòa, An, Nghĩa)
    .district = Nơi khác thuộc huyện Đại Lộc cũ
report-kind = Chuyện gì đang xảy ra?
    .hurt = Bị đánh, bắt nạt
    .sexual = Bị đụng chạm, gạ gẫm
    .alone = Bị bỏ rơi, bị lạc
    .hazard = Nguy hiểm, tai nạn
    .more = Chuyện khác…
report-kind_hint = Chuyện anh/chị báo là: { $kind }. Đúng không?
    .yes = Đúng
    .other = Chuyện khác…
report-kind_hints = Chuyện nào gần nhất?
    .other = Chuyện khác…
report-kind_detail = Gần với chuyện nào nhất?
    .exploited = Bóc lột, mua bán
    .self_harm = Không muốn sống nữa
    .conflict_law = Vi phạm pháp luật
    .hardship = Bỏ học, khó khăn
    .other = Khác
report-conflict = Người gây hại có làm việc ở xã, ở trường hoặc ở công an không?
    .commune = Xã
    .school = Trường
    .police = Công an
    .no = Không
    .unknown = Không biết
report-child_age = Trẻ khoảng mấy tuổi?
    .unknown = Không biết
report-story = Anh/chị kể ngắn gọn điều mình thấy hoặc nghe.
report-more = Anh/chị trả lời thêm vài câu được không?
    .ok = Được
    .send = Gửi luôn
report-extra_harmer_with_child = Người đó có đang ở cùng trẻ không?
report-extra_child_injured = Trẻ có bị thương không?
report-extra_happened_before = Chuyện này đã từng xảy ra chưa?
report-extra_school_name = Trẻ học trường nào?
report-extra_school_who = Ai ở trường làm việc đó?
report-extra_school_knows = Nhà trường đã biết chưa?
report-extra_bullying_where = Chuyện xảy ra ở trường hay trên mạng?
    .school = Ở trường
    .online = Trên mạng
    .both = Cả hai
    .unknown = Không biết
report-extra_bullying_since = Chuyện kéo dài bao lâu rồi?
report-extra_bullying_afraid = Trẻ có sợ đi học không?
report-extra_weapon = Người đó có hung khí không?
report-extra_harmer_where = Người đó đang ở đâu?
report-extra_online_where = Chuyện xảy ra trên mạng nào?
report-extra_online_threat = Trẻ có bị dọa không?
report-extra_online_meeting = Có hẹn gặp nhau không?
report-extra_child_alone = Trẻ có đang ở một mình không?
report-extra_alone_since = Từ khi nào?
report-extra_who_cares = Ai thường chăm trẻ?
report-extra_with_whom = Trẻ đang ở với ai?
report-extra_last_seen = Thấy trẻ lần cuối ở đâu, lúc nào?
report-extra_wearing = Trẻ mặc gì?
report-extra_went_with = Trẻ đi với ai?
report-extra_out_of_water = Trẻ đã lên bờ chưa?
    .yes = Rồi
    .no = Chưa
    .unknown = Không biết
report-extra_breathing = Trẻ có thở không?
report-extra_awake = Trẻ có tỉnh không?
report-extra_bleeding = Trẻ có chảy máu nhiều không?
report-extra_place_type = Đó là chỗ nào?
    .pond = Ao, hồ
    .well = Giếng
    .pit = Hố công trình
    .power = Điện hở
    .river = Mép sông
    .other = Chỗ khác
report-extra_children_play_there = Trẻ có hay chơi ở đó không?
report-extra_place_owner = Ai quản lý chỗ đó?
report-extra_labour_what = Trẻ phải làm việc gì?
report-extra_goes_home = Trẻ có được về nhà, đi học không?
report-extra_taken_where = Trẻ sắp bị đưa đi đâu, khi nào?
report-extra_who_has_papers = Ai đang giữ giấy tờ của trẻ?
report-extra_wedding_when = Dự định cưới ngày nào?
report-extra_forced = Trẻ có bị ép không?
report-extra_somebody_near = Có ai ở cạnh trẻ không?
report-extra_already_hurt = Trẻ đã tự làm đau mình chưa?
    .yes = Rồi
    .no = Chưa
    .unknown = Không biết
report-extra_led_by_whom = Có ai rủ, ép trẻ không?
report-extra_hardship_since = Trẻ nghỉ học từ khi nào?
report-extra_lives_with = Trẻ sống với ai?
report-extra_needs_first = Trẻ cần gì trước?
report-harmer = Người gây hại là gì của trẻ?
    .parent = Cha mẹ
    .carer = Người chăm sóc
    .known = Người quen
    .stranger = Người lạ
    .unknown = Không biết
report-harmer_access = Người đó có còn gặp được trẻ không?
report-protector = Có người lớn nào đang bảo vệ trẻ không?
report-help_given = Đã giúp được gì cho trẻ chưa?
report-when = Việc xảy ra lúc nào?
    .today = Hôm nay
    .yesterday = Hôm qua
    .week = Tuần này
    .longer = Lâu hơn
report-when_hint = Việc xảy ra { $span }, đúng không?
    .yes = Đúng
    .other = Lúc khác
report-child_sex = Trẻ là nam hay nữ?
    .male = Nam
    .female = Nữ
    .unknown = Không biết
report-child_name = Trẻ tên gì, nếu anh/chị biết?
report-media = Anh/chị có ảnh chỗ đó hoặc tin nhắn liên quan không? Xin đừng gửi ảnh cơ thể hay vết thương của trẻ.
    .no = Không có
report-contact = Anh/chị có muốn để lại tên hoặc số điện thoại không?
report-contact_give = Anh/chị nhắn tên hoặc số điện thoại nhé.
report-contact_consent = Anh/chị có đồng ý cho cán bộ phụ trách lưu và dùng số này để liên lạc về tin báo này không? Anh/chị có thể rút lại bất cứ lúc nào.
    .agree = Đồng ý
    .no = Không
report-safe_time = Nhắn lại lúc nào thì an toàn?
    .anytime = Lúc nào cũng được
    .morning = Buổi sáng
    .evening = Buổi tối
    .no_first = Đừng nhắn trước
report-shared_phone = Có ai khác xem được máy này không?
report-review = Anh/chị xem lại giúp:
    .send = Gửi
    .edit = Sửa
report-review_edit = Anh/chị muốn sửa câu nào?

child-danger_now = Bây giờ em có an toàn không?
    .now = Không an toàn
    .no = An toàn
    .unsure = Em không tiện nói
child-child_place = Em đang ở đâu?
child-place_elsewhere = Ý em là { $unit } { $name }, { $province } phải không?
    .yes = Đúng
    .other = Nơi khác
child-place_confirm = Ý em là { named } phải không?
    .yes = Đúng
    .other = Xã khác
child-child_place_hint = { $same ->
    [yes] Em đang ở { named } phải không?
   *[no] Em đang ở { $via }, { named } phải không?
    }
    .yes = Đúng
    .other = Xã khác
child-child_place_hints = Em đang ở xã nào?
child-place_which = Đó là xã nào?
    .elsewhere = Không có ở đây
child-kind = Chuyện gì đang xảy ra với em?
    .hurt = Bị đánh, bắt nạt
    .sexual = Bị đụng chạm
    .alone = Ở một mình, bị lạc
    .hazard = Nguy hiểm, tai nạn
    .more = Chuyện khác…
child-kind_detail = Gần với chuyện nào nhất?
    .exploited = Bị bắt làm việc, đưa đi
    .self_harm = Em không muốn sống nữa
    .conflict_law = Em bị rủ làm chuyện sai
    .hardship = Nhà em khó khăn
    .other = Chuyện khác
child-story = Em kể được đến đâu thì kể đến đó.
child-protector = Gần em có người lớn nào em tin không?
child-safe_time = Cô chú nhắn lại cho em lúc nào thì an toàn?
    .anytime = Lúc nào cũng được
    .morning = Buổi sáng
    .evening = Buổi tối
    .no_first = Đừng nhắn trước
child-shared_phone = Ngoài em ra, có ai xem được máy này không?
child-child_name = Em muốn cô chú gọi em là gì?

friend-danger_now = Bây giờ bạn em có an toàn không?
    .now = Không an toàn
    .no = An toàn
    .unsure = Em không biết
friend-child_place = Bạn em đang ở đâu?
friend-place_elsewhere = Ý em là { $unit } { $name }, { $province } phải không?
    .yes = Đúng
    .other = Nơi khác
friend-place_confirm = Ý em là { named } phải không?
    .yes = Đúng
    .other = Xã khác
friend-child_place_hint = { $same ->
    [yes] Bạn em đang ở { named } phải không?
   *[no] Bạn em đang ở { $via }, { named } phải không?
    }
    .yes = Đúng
    .other = Xã khác
friend-child_place_hints = Bạn em đang ở xã nào?
friend-kind = Chuyện gì đang xảy ra với bạn em?
    .hurt = Bị đánh, bắt nạt
    .sexual = Bị đụng chạm
    .alone = Ở một mình, bị lạc
    .hazard = Nguy hiểm, tai nạn
    .more = Chuyện khác…
friend-kind_detail = Gần với chuyện nào nhất?
    .exploited = Bị bắt làm việc, đưa đi
    .self_harm = Không muốn sống nữa
    .conflict_law = Bị rủ làm chuyện sai
    .hardship = Nhà bạn khó khăn
    .other = Chuyện khác
friend-protector = Gần bạn em có người lớn nào bạn tin không?
friend-child_name = Bạn em tên gì, nếu em muốn nói?

remark-drowning_child = Em kêu thật to gọi người lớn ngay, đừng nhảy xuống nước. Em gọi 114 hoặc 115 nhé.
remark-injury_child = Em gọi người lớn ở gần ngay. Em gọi 115 nhé.
remark-self_harm = Cảm ơn đã nói ra điều này. Xin gọi 111, có người nghe ngay bây giờ, không mất tiền.
remark-self_harm_child = Cảm ơn em đã nói ra. Em không phải chịu đựng một mình: em gọi 111 nhé, có người nghe em ngay bây giờ, không mất tiền.
remark-self_harm_friend = Cảm ơn em đã lo cho bạn. Em nói với một người lớn mà em tin, rồi gọi 111 nhé; có người nghe ngay bây giờ, không mất tiền.
remark-call = Nếu gấp, xin gọi { $numbers }.
remark-conflict = { $unit ->
    [commune] Tin này được báo lên cấp trên. Từ bây giờ người ở xã không xem được.
    [police] Tin này không chuyển cho Công an xã.
   *[school] Tin này không chuyển cho nhà trường.
    } Anh/chị có thể gọi thêm 111, miễn phí, ngày đêm.
remark-elsewhere = Nơi này ({ $place }) không thuộc các xã nhận tin ở đây. Tin của anh/chị vẫn được ghi nhận, có người trực xem. Nếu gấp, xin gọi 113, hoặc 111 (bảo vệ trẻ em, miễn phí, ngày đêm).
remark-elsewhere_child = Chỗ đó không thuộc các xã ở đây, nhưng cô chú vẫn nhận tin của em. Nếu gấp, em gọi 111 nhé, không mất tiền.
remark-elsewhere_friend = Chỗ đó không thuộc các xã ở đây, nhưng cô chú vẫn nhận tin của em. Nếu gấp, em gọi 111 nhé, không mất tiền.
remark-age_16_17 = Chúng tôi vẫn nhận tin này. Anh/chị có thể gọi thêm 111 hoặc 113.
remark-sexual = Xin đừng hỏi cháu nhiều lần, đừng đăng lên mạng, đừng tự đến gặp người bị nghi.
remark-stay_calm = Anh/chị bình tĩnh nhé, báo tin là việc làm đúng. Nếu chưa gọi, xin gọi ngay 113, 115 hoặc 114.

error-empty_child = Tin này không có chữ nào cô chú đọc được. Em nhắn lại bằng chữ nhé.

card-friend = Một trẻ khác nhắn giúp bạn: nơi ở, tên là của bạn đó.
card-asks_person = Người nhắn muốn nói chuyện với cán bộ, không chỉ với máy.
card-signs = Dấu hiệu cần để ý: { $signs }
sign-left = trẻ thoát nhanh sau khi báo nguy hiểm
sign-stopped = trẻ dừng đột ngột sau khi báo nguy hiểm
sign-taken_back = trẻ nói lại là không có gì, hoặc chỉ đùa
sign-taken_over = sau đó có người nhắn mình là người lớn, có thể đang cầm máy của trẻ
sign-curt = trẻ chỉ trả lời từng chữ một

notice-asks_person = { $code }: người nhắn muốn nói chuyện với cán bộ. Mức: { $level }.
notice-went_quiet = { $code }: người nhắn đã ngừng trả lời. Mức: { $level }.

kind-violence_home = Bạo lực trong gia đình
    .child = Người lớn ở nhà đánh, chửi hoặc nhốt em
    .friend = Người lớn ở nhà đánh, chửi hoặc nhốt bạn
    .tip = Nếu thấy an toàn, anh/chị ở gần cháu đến khi có người tới.
kind-violence_school = Bạo lực ở trường
    .child = Người lớn ở trường đánh hoặc làm em đau
    .friend = Người lớn ở trường đánh hoặc làm bạn đau
    .tip = Giữ lại tin nhắn, hình ảnh; xin đừng đăng lên mạng.
kind-bullying = Bắt nạt
    .child = Bạn khác trêu chọc, dọa, đánh hoặc cô lập em
    .friend = Người khác trêu chọc, dọa, đánh hoặc cô lập bạn
    .tip = Khen cháu đã dám kể. Đừng bảo cháu đánh lại.
kind-violence_other = Người khác đánh, dọa
    .child = Người ngoài đánh hoặc dọa em
    .friend = Người ngoài đánh hoặc dọa bạn
    .tip = Đưa cháu vào chỗ có người lớn, khóa cửa, gọi 113.
kind-sexual_abuse = Xâm hại tình dục
    .child = Có người đụng vào chỗ kín của em, hoặc bắt em đụng vào họ
    .friend = Có người đụng vào chỗ kín của bạn, hoặc bắt bạn đụng vào họ
    .tip = Xin đưa cháu đến bệnh viện hoặc trạm y tế sớm nhất có thể. Khoan tắm rửa cho cháu, khoan giặt quần áo cháu đang mặc.
kind-online_abuse = Xâm hại, dụ dỗ trên mạng
    .child = Có người trên mạng xin ảnh, dọa đăng ảnh, rủ em đi gặp
    .friend = Có người trên mạng xin ảnh, dọa đăng ảnh, rủ bạn đi gặp
    .tip = Đừng xóa tin nhắn, đừng gửi thêm ảnh hay tiền, chặn người đó.
kind-neglect = Bỏ mặc
    .child = Em đói, ốm hoặc ở một mình mà không ai chăm
    .friend = Bạn đói, ốm hoặc ở một mình mà không ai chăm
    .tip = Nếu được, anh/chị trông cháu đến khi có người tới.
kind-abandonment = Bị bỏ rơi
    .child = Người chăm em bỏ đi, không quay lại
    .friend = Người chăm bạn bỏ đi, không quay lại
    .tip = Giữ ấm cho cháu, đừng giao cháu cho người lạ.
kind-missing = Mất tích, đi lạc
    .child = Em bị lạc, hoặc không thấy bạn đâu
    .friend = Bạn bị lạc, hoặc không thấy bạn đâu
    .tip = Gọi 113 ngay, đừng chờ.
kind-drowning = Đuối nước
    .child = Có bạn rơi xuống nước
    .friend = Bạn rơi xuống nước
    .tip = Kêu to gọi người ở gần. Không biết cứu đuối thì đừng nhảy xuống; ném phao, can nhựa, dây hoặc đưa sào cho cháu nắm.
kind-injury = Tai nạn, thương tích
    .child = Em hoặc bạn bị ngã, bỏng, điện giật, tai nạn xe
    .friend = Bạn bị ngã, bỏng, điện giật, tai nạn xe
    .tip = Gọi 115. Đừng xê dịch cháu nếu nghi gãy xương, chấn thương đầu, cổ.
kind-dangerous_place = Chỗ nguy hiểm
    .child = Chỗ dễ ngã, dễ đuối nước mà không có rào
    .friend = Chỗ dễ ngã, dễ đuối nước mà không có rào
    .tip = Nhắc trẻ tránh xa; nếu được, đặt biển hoặc vật báo nguy hiểm.
kind-labour = Lao động trẻ em, bóc lột
    .child = Em bị bắt làm việc nặng hoặc đi xin tiền
    .friend = Bạn bị bắt làm việc nặng hoặc đi xin tiền
    .tip = Xin đừng tự đến gặp người thuê.
kind-trafficking = Mua bán trẻ em
    .child = Có người đưa em đi xa, không cho về
    .friend = Có người đưa bạn đi xa, không cho về
    .tip = Ghi lại số điện thoại, biển số xe; đừng đuổi theo.
kind-child_marriage = Tảo hôn
    .child = Em bị ép lấy chồng, lấy vợ
    .friend = Bạn bị ép lấy chồng, lấy vợ
    .tip = Xin đừng nói với ai là anh/chị đã báo tin.
kind-self_harm = Tự làm đau, không muốn sống
    .child = Em buồn đến mức không muốn sống nữa
    .friend = Bạn buồn đến mức không muốn sống nữa
    .tip = Đừng để cháu một mình. Cất thuốc, dao, dây xa tầm tay cháu.
kind-conflict_law = Trẻ vi phạm pháp luật, dùng chất gây nghiện
    .child = Em bị rủ làm chuyện sai, dùng chất gây nghiện
    .friend = Bạn bị rủ làm chuyện sai, dùng chất gây nghiện
    .tip = Nghe cháu trước, đừng đánh mắng.
kind-hardship = Bỏ học, khó khăn
    .child = Em phải nghỉ học, nhà khó khăn, không ai chăm
    .friend = Bạn phải nghỉ học, nhà khó khăn, không ai chăm
    .tip = Có thể hỏi thêm trường, trạm y tế hoặc trưởng thôn về chính sách hỗ trợ.
kind-other = Chuyện khác
    .child = Chuyện khác làm em sợ
    .friend = Chuyện khác làm em sợ
    .tip = Anh/chị kể thêm bằng lời của mình là đủ.
kind-exploited = Bóc lột, mua bán
    .child = Bị bắt làm việc, đưa đi
