# Files that people send: what they and the staff are told about them.

# Said at once, to an adult and to a child.
media-voice = Đã nhận tin thoại. Cán bộ sẽ nghe.
media-voice_child = Cô chú đã nhận tin thoại của em. Người giúp em sẽ nghe.
media-image = Đã nhận ảnh, chỉ cán bộ phụ trách xem được. Xin đừng gửi ảnh cơ thể hay vết thương của trẻ.
media-image_child = Cô chú đã nhận ảnh, chỉ người giúp em xem được. Em đừng gửi ảnh cơ thể hay vết thương nhé.
media-added_voice = Đã nhận tin thoại và thêm vào tin báo { $code }. Cán bộ sẽ nghe.
media-added_voice_child = Cô chú đã thêm tin thoại vào tin { $code } của em. Người giúp em sẽ nghe.
media-added_image = Đã thêm ảnh vào tin báo { $code }, chỉ cán bộ phụ trách xem được. Xin đừng gửi ảnh cơ thể hay vết thương của trẻ.
media-added_image_child = Cô chú đã thêm ảnh vào tin { $code } của em, chỉ người giúp em xem được. Em đừng gửi ảnh cơ thể hay vết thương nhé.
media-image_locked = Đã nhận và khóa lại, chỉ người phụ trách và lãnh đạo mở được. Xin đừng gửi thêm ảnh, video như vậy, đừng chuyển cho ai khác, đừng đăng lên mạng, và đừng xóa tin nhắn gốc. Cần hỏi ngay, xin gọi 111 (miễn phí, ngày đêm).
media-image_locked_child = Cô chú đã nhận và khóa lại, chỉ người giúp em mở được. Em không có lỗi gì. Em đừng gửi thêm, cũng đừng gửi ảnh đó cho ai nữa nhé. Em muốn nói chuyện ngay thì gọi 111, miễn phí.
media-now_locked = Ảnh, video anh/chị đã gửi được khóa lại, chỉ người phụ trách và lãnh đạo mở được. Xin đừng gửi thêm, đừng chuyển cho ai khác, đừng đăng lên mạng. Cần hỏi ngay, xin gọi 111 (miễn phí, ngày đêm).
media-now_locked_child = Ảnh em đã gửi được khóa lại, chỉ người giúp em mở được. Em không có lỗi gì. Em đừng gửi thêm, cũng đừng gửi ảnh đó cho ai nữa nhé. Em muốn nói chuyện ngay thì gọi 111, miễn phí.
media-added_locked = Đã thêm vào tin báo { $code } và khóa lại, chỉ người phụ trách và lãnh đạo mở được. Xin đừng gửi thêm ảnh, video như vậy, đừng chuyển cho ai khác, đừng đăng lên mạng, và đừng xóa tin nhắn gốc. Cần hỏi ngay, xin gọi 111 (miễn phí, ngày đêm).
media-added_locked_child = Cô chú đã thêm vào tin { $code } của em và khóa lại, chỉ người giúp em mở được. Em không có lỗi gì. Em đừng gửi thêm, cũng đừng gửi ảnh đó cho ai nữa nhé. Em muốn nói chuyện ngay thì gọi 111, miễn phí.
media-own_number = Chúng tôi chỉ lưu số điện thoại của anh/chị khi anh/chị đồng ý, và sẽ hỏi ở phần sau.
media-own_number_after = Số điện thoại của anh/chị chưa được lưu. Nếu đồng ý cho cán bộ gọi lại, anh/chị nhắn số đó vào đây.

# Said once when a file did not come.
media-too_big_link = Tệp này quá lớn nên chúng tôi không lấy được, tin của anh/chị vẫn được lưu. Nếu có thể, anh/chị gửi tệp dưới 20 MB ở đây hoặc qua trang { $link }.
media-too_big_link_child = Tệp này lớn quá nên cô chú không lấy được, điều em kể vẫn được lưu. Nếu muốn, em gửi tệp nhỏ hơn ở đây hoặc qua trang { $link }.
media-gone = Chúng tôi không tải được một tệp anh/chị đã gửi. Tin của anh/chị vẫn được lưu; nếu có thể, anh/chị gửi lại tệp đó nhé.
media-gone_child = Cô chú không tải được một tệp em đã gửi. Điều em kể vẫn được lưu; nếu muốn, em gửi lại nhé.
media-type = Có một tệp chúng tôi không mở được nên không lưu. Tin của anh/chị vẫn được lưu; anh/chị có thể gửi ảnh, tin thoại, video hoặc kể bằng lời.
media-type_child = Có một tệp cô chú không mở được. Điều em kể vẫn được lưu; em có thể gửi tin thoại hoặc kể bằng lời.
media-empty = Có một tệp trống nên chúng tôi không lưu được. Tin của anh/chị vẫn được lưu; nếu có thể, anh/chị gửi lại nhé.
media-empty_child = Có một tệp trống nên cô chú không lưu được. Điều em kể vẫn được lưu; nếu muốn, em gửi lại nhé.
media-full = Tin báo này đã có nhiều tệp nên chúng tôi không nhận thêm tệp được nữa. Lời nhắn của anh/chị vẫn được lưu.
media-full_child = Em đã gửi nhiều tệp nên cô chú không nhận thêm tệp được nữa. Lời nhắn của em vẫn được lưu.

# What the page is answered when it sends a file.
media-api_too_big = Tệp lớn quá 20 MB nên chưa gửi được. Anh/chị gửi tệp nhỏ hơn nhé.
media-api_type = Chúng tôi không nhận được loại tệp này. Anh/chị gửi ảnh, tin thoại, video, PDF hoặc tệp Word nhé.
media-api_empty = Tệp này trống nên chưa gửi được. Anh/chị chọn tệp khác nhé.

# On the card of the staff: numbers, and what cannot be had.
media-images = { $count } ảnh
media-voices = { $count } tin thoại
media-videos = { $count } video
media-files = { $count } tài liệu
media-stickers = { $count } nhãn dán
media-card = Đã gửi kèm: { $list }
media-loading = Đang tải: { $count } tệp
media-lost = Không tải được { $count } tệp: { $why }
media-why =
    .too_big = quá lớn
    .expired = hết hạn
    .unreachable = chưa kết nối được, sẽ thử lại
    .type = sai loại tệp
    .empty = tệp trống
    .unsafe = tài liệu không an toàn
    .full = hồ sơ đã đủ 200 MB
    .broken = chưa mở được, sẽ thử lại
    .damaged = dữ liệu bị hỏng, chờ người quản trị xem
    .looked_at = dữ liệu bị hỏng, đã có người xem
media-unsafe = { $count } ảnh không hiển thị an toàn được, bản gốc vẫn được giữ
media-card_open = Mở trên trang: nhắn /web
media-card_seen = Ảnh, video không hiện ở đây. Mở trên trang (nhắn /web), có ghi lý do.
media-card_locked = Ảnh, video bị khóa: chỉ người phụ trách và lãnh đạo mở được trên trang (nhắn /web), có ghi lý do.
media-card_police = Nếu đúng là ảnh xâm hại: đừng xem thêm, đừng chụp lại, đừng gửi cho ai. Khóa hẳn tệp trên trang và báo Công an (Báo cơ quan khác).
media-card_told = Đã báo Công an. Bản gốc chỉ giao cho Công an: người phụ trách hoặc lãnh đạo tải trên trang bằng mã PIN.
media-card_shut = { $count } tệp đã khóa hẳn: không ai mở được, bản gốc chỉ giao cho Công an.
media-staff_loose = Tệp này chưa vào hồ sơ nào. Anh/chị trả lời vào tin của hồ sơ đó để gửi kèm.
media-staff_note = Gửi kèm tệp

# What a page answers who wants to open a file.
media-not_here = Tệp này chưa tải xong hoặc không tải được.
media-not_shown = Tệp này không hiển thị an toàn được. Bản gốc vẫn được giữ.
media-reason = Xin ghi lý do trước khi mở.
media-locked = Tệp này bị khóa. Chỉ người phụ trách và lãnh đạo mở được.
media-shut = Tệp này đã khóa hẳn vì nghi là ảnh xâm hại. Không ai mở được; bản gốc chỉ giao cho Công an.
media-for_police = Bản gốc của tệp bị khóa chỉ giao cho Công an, do người phụ trách hoặc lãnh đạo tải, sau khi đã báo Công an (Báo cơ quan khác).
field-numbers = Số điện thoại gửi kèm
