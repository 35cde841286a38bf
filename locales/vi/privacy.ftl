# Quyền dữ liệu, sự đồng ý, lưu giữ và xóa, lộ dữ liệu.

rights-menu = Anh/chị có thể xem, sửa, rút lại sự đồng ý hoặc xin xóa phần mình đã gửi trong tin { $code }. Anh/chị chọn việc nào?
rights-menu_child = Em có thể xem, sửa, rút lại sự đồng ý hoặc xin xóa phần em đã gửi trong tin { $code }. Em chọn việc nào?
rights-typed = Anh/chị báo xong tin này đã, rồi nhắn "quyền dữ liệu".
rights-nothing = Chúng tôi không giữ tin nào gửi từ máy này. Nếu có mã riêng, xin nhắn mã riêng trước.
rights-seen = Đây là phần anh/chị đã gửi trong tin { $code }.
rights-seen_more = Ngoài ra chúng tôi giữ địa chỉ nhắn tin này để trả lời anh/chị. Lời của người khác không hiện ở đây.
rights-see_later = Có thể người khác cũng xem máy này, nên chúng tôi không hiện nội dung ở đây. Yêu cầu số { $no } đã được ghi; cán bộ trả lời theo cách an toàn, trước ngày { $due }.
rights-see_later_child = Có thể người khác cũng xem máy này, nên cô chú không hiện nội dung ở đây. Yêu cầu số { $no } của em đã được ghi; cô chú trả lời theo cách an toàn, trước ngày { $due }.
rights-consent = Đồng ý liên lạc (văn bản số { $version }): ngày { $day }{ $withdrawn ->
    [yes] , đã rút lại
   *[no] {""}
    }.
rights-taken = Đã ghi yêu cầu số { $no }. Cán bộ sẽ sửa và trả lời anh/chị trước ngày { $due }.
rights-taken_child = Cô chú đã ghi yêu cầu số { $no } của em, và sẽ trả lời trước ngày { $due }.
rights-withdrawn_erased = Đã rút lại sự đồng ý. Chúng tôi đã xóa tên và số anh/chị để lại trong tin { $code }; bản sao dự phòng hết hẳn trong 35 ngày.
rights-withdrawn_erased_child = Đã rút lại sự đồng ý. Cô chú đã xóa tên và số em để lại trong tin { $code }; bản sao dự phòng hết hẳn trong 35 ngày.
rights-withdrawn_none = Trong tin { $code } anh/chị không để lại tên hay số điện thoại, nên không có gì phải rút lại.
rights-withdrawn_none_child = Trong tin { $code } em không để lại tên hay số điện thoại, nên không có gì phải rút lại.
rights-withdrawn_held = Đã rút lại sự đồng ý: không ai dùng số anh/chị để lại nữa. Hồ sơ { $code } đang phải giữ theo quy định, nên số ấy được xóa khi hết việc giữ.
rights-withdrawn_held_child = Đã rút lại sự đồng ý: không ai dùng số em để lại nữa. Hồ sơ { $code } đang phải giữ theo quy định, nên số ấy được xóa khi hết việc giữ.
rights-erase_asked = Đã ghi yêu cầu xóa số { $no }; anh/chị được trả lời trước ngày { $due }. Điều đã báo về trẻ thì luật yêu cầu giữ để bảo vệ trẻ; tên và số điện thoại anh/chị để lại rút được ngay bằng lời nhắn "rút lại đồng ý".
rights-erase_asked_child = Cô chú đã ghi yêu cầu xóa số { $no } của em, và sẽ trả lời trước ngày { $due }. Có điều cô chú phải giữ để bảo vệ em.
rights-closed = Yêu cầu số { $no } về dữ liệu của anh/chị đã được thực hiện.
rights-closed_child = Yêu cầu số { $no } của em đã làm xong.
rights-why_open = Yêu cầu số { $no }: việc đang được giải quyết nên hồ sơ chưa xóa được. Khi việc kết thúc, anh/chị có thể yêu cầu lại.
rights-why_open_child = Yêu cầu số { $no } của em: chuyện của em đang được giúp nên chưa xóa được. Khi việc xong, em có thể xin lại.
rights-why_hold = Yêu cầu số { $no }: hồ sơ đang phải giữ theo quy định, nên chưa xóa được.
rights-why_protect = Yêu cầu số { $no }: luật yêu cầu giữ điều đã báo về trẻ để bảo vệ trẻ, nên phần ấy không xóa. Tên và số điện thoại anh/chị để lại có thể xóa bất cứ lúc nào.
rights-why_protect_child = Yêu cầu số { $no } của em: điều em kể phải được giữ để bảo vệ em, nên không xóa. Tên và số điện thoại em để lại có thể xóa bất cứ lúc nào.
rights-why_not_theirs = Yêu cầu số { $no }: chúng tôi chưa chắc người yêu cầu là người đã gửi, nên chưa làm được. Anh/chị có thể nhắn từ máy đã báo, hoặc nhắn mã riêng.
rights-why_suspected = Yêu cầu số { $no }: theo quy định, chúng tôi không thực hiện được yêu cầu này.

my_data-correction = Anh/chị muốn sửa điều gì?
child-correction = Em muốn sửa điều gì?

notice-rights_new = Có yêu cầu về dữ liệu cá nhân số { $no }. Cần trả lời trước { $due } ngày { $due_day }.
notice-rights_soon = Nhắc: yêu cầu về dữ liệu số { $no } đến hạn { $due } ngày { $due_day }.
notice-rights_late = Yêu cầu về dữ liệu số { $no } đã quá hạn { $due } ngày { $due_day }.
notice-breach_new = Có sự cố dữ liệu số { $no }. Hạn báo cơ quan chuyên trách: { $due } ngày { $due_day }.
notice-breach_soon = Nhắc: sự cố dữ liệu số { $no }, hạn báo { $due } ngày { $due_day }.
notice-breach_late = Sự cố dữ liệu số { $no } đã quá hạn báo { $due } ngày { $due_day }.
notice-breach_over = Sự cố dữ liệu số { $no } đã khép lại, không phải báo cơ quan chuyên trách. Lý do nằm trong hồ sơ sự cố.
notice-keep_asked = Hồ sơ { $code } đã kết thúc từ lâu. Có còn cần giữ không?
notice-erase_asked = { $code }: có người đề nghị xóa hồ sơ, cần người thứ hai đồng ý.
notice-erase_refused = { $code }: đề nghị xóa hồ sơ không được đồng ý.

act-ask_erase = Đề nghị xóa hồ sơ
act-agree_erase = Đồng ý xóa
act-refuse_erase = Không xóa
act_ask_erase-ground = Vì sao đề nghị xóa hồ sơ này?
    .period = Hết thời hạn giữ
    .request = Người có dữ liệu yêu cầu
    .mistake = Ghi nhầm
act_agree_erase-sure = Xóa rồi không lấy lại được: chỉ còn mã, các ngày và lý do. Anh/chị đồng ý xóa?
    .yes = Đồng ý xóa
act_refuse_erase-why = Vì sao không xóa?
erase-certificate = Chứng nhận xóa: hồ sơ { $code } đã xóa lúc { $at } ngày { $day } ({ $reason }), do hai người quyết định. Bản sao dự phòng cuối cùng hết ngày { $gone }.
erase-reason_period = hết thời hạn giữ
erase-reason_request = theo yêu cầu của người có dữ liệu
erase-reason_mistake = ghi nhầm
error-own_erasure = Người đề nghị không tự đồng ý được: cần một người khác.
error-held = Hồ sơ đang được giữ nên không xóa được. Muốn xóa thì bấm Thôi giữ trước.
error-kept_open = Việc đang mở nên không xóa được.
error-kept_hold = Hồ sơ đang được giữ nên không xóa được.
error-kept_overdue = Còn việc quá hạn trong hồ sơ nên chưa xóa được.
error-kept_unread = Có tin chưa ai đọc trong hồ sơ nên chưa xóa được.
error-kept_asked = Còn yêu cầu về dữ liệu đang chờ trả lời nên chưa xóa được.
error-kept_joined = Hồ sơ này thuộc về một vụ việc còn đang giữ nên chưa xóa được.
error-kept_written = Người báo tin mới nhắn trong 30 ngày qua nên chưa xóa được.
error-rights_what = Không có loại yêu cầu này.
error-rights_none = Không có yêu cầu mang số này.
error-rights_over = Yêu cầu này đã được trả lời.
error-rights_extended = Yêu cầu này đã được gia hạn một lần.
error-rights_why = Gia hạn cần có lý do.
error-rights_reason = Từ chối cần có lý do.
error-breach_what = Cần ghi việc gì đã xảy ra.
error-breach_ahead = Lúc phát hiện không thể ở sau lúc này.
error-breach_parts = Thông báo còn thiếu: { $parts }.
error-breach_untold = Chưa ghi việc thông báo cho cơ quan chuyên trách.
error-breach_none = Không có sự cố đang mở mang số này.

setting-keep_dismissed = Giữ hồ sơ không đủ căn cứ, trùng, diễn tập
    .why = Từ lúc kết thúc; sau đó hồ sơ bị xóa hẳn, chỉ còn mã, các ngày và lý do.
setting-keep_contact = Giữ tên, số và địa chỉ người báo tin
    .why = Từ lúc kết thúc. Xã chỉ có thể giữ ngắn hơn.
setting-keep_resolved = Giữ hồ sơ nguy hiểm, hoàn cảnh đặc biệt
    .why = Từ lúc kết thúc; sau đó hồ sơ bị xóa hẳn.
setting-keep_abuse = Hỏi lại về hồ sơ xâm hại
    .why = Từ lúc kết thúc. Không tự xóa: lãnh đạo được hỏi có còn cần giữ không. Xã chỉ có thể để lâu hơn.
error-page_only = Việc này chỉ làm trên trang làm việc: nhắn /web để mở.

rights-no_case = Không có hồ sơ mang mã này. Xin hỏi lại người gửi yêu cầu.
rights-what = Yêu cầu số { $no }, tin { $code }: { $what ->
    [see] muốn xem phần mình đã gửi
    [correct] muốn sửa phần mình đã gửi
    [withdraw] rút lại sự đồng ý
    [restrict] muốn hạn chế việc dùng dữ liệu
    [object] không đồng ý việc dùng dữ liệu
   *[erase] xin xóa phần mình đã gửi
    }. Cần làm xong trước { $due } ngày { $due_day }.
rights-acked = Cán bộ đã nhận yêu cầu số { $no } của anh/chị và đang xem.
rights-acked_child = Yêu cầu số { $no } của em có người nhận rồi, đang xem cho em.
rights-noted = Đã ghi vào yêu cầu số { $no }.
errand-rights_what = Xem yêu cầu
errand-rights_seen = Đã nhận, đang xem
errand-rights_done = Đã làm xong
errand-rights_protect = Giữ: hồ sơ về trẻ
errand-rights_open = Giữ: việc đang mở
errand-rights_hold = Giữ: hồ sơ đang giữ
breach-draft = DỰ THẢO THÔNG BÁO VI PHẠM DỮ LIỆU CÁ NHÂN số { $no }, phát hiện lúc { $at } (cần đối chiếu mẫu của cơ quan chuyên trách)
breach-what = Việc đã xảy ra: { $words }
breach-whose = Dữ liệu của ai, loại dữ liệu nào: { $words }
breach-count = Số người, số hồ sơ: { $words }
breach-when = Xảy ra từ lúc nào đến lúc nào: { $words }
breach-consequences = Hậu quả đã có hoặc có thể có: { $words }
breach-measures = Biện pháp đã làm và sẽ làm: { $words }
breach-contact = Đầu mối liên hệ: { $words }
