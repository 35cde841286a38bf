# Danh sách người và thôn trên trang làm việc.

roster-back = Về danh sách người
roster-person = Sửa thông tin một người
roster-edit = Sửa
roster-end = Dừng quyền
roster-change = Thay đổi
roster-of = Xem theo xã
roster-everywhere = Mọi xã
roster-visits = Phụ trách thôn nào
roster-now = { $name }; thôn: { $villages ->
    [none] chưa có
   *[other] { $villages }
    }
roster-removal = Dừng quyền của một người
roster-villages = Thôn
roster-village = Sửa thôn
roster-new_village = Thêm thôn
roster-village_name = Tên thôn
roster-described = Tên gọi khác, nơi dễ nhận
roster-who = Người phụ trách
roster-no_owner = chưa có ai
roster-no_villages = Chưa có thôn nào. Có thôn thì người báo tin chỉ cần nhắn tên thôn.
roster-aliases = Tên gọi khác, cách nhau bằng dấu phẩy
roster-landmark = Nơi dễ nhận (chợ, trường, cầu)
roster-collaborator = Cộng tác viên phụ trách
roster-substitute = Người thay
roster-who_how = Người được chọn cũng được nhờ kiểm tra ở thôn này.
roster-nobody = Chưa có ai
roster-also = Còn gọi: { $names }
roster-near = Gần { $landmark }
roster-looks_after = { $name } phụ trách
roster-instead = { $name } thay
roster-invite = Mời người
roster-invite_how = Mã mời dùng một lần, trong 48 giờ. Cần thêm một người đồng ý thì mã mới dùng được.
roster-invite_role = Vai trò
roster-invite_commune = Xã
roster-invite_villages = Thôn phụ trách, nếu là cộng tác viên
roster-invite_make = Tạo mã mời
roster-invite_not = Không mời
roster-invite_once = Mã này chỉ hiện một lần. Xin gửi cho người được mời trước khi đóng trang.

error-name_none = Xin ghi tên.
error-name_long = Tên dài quá { $most } chữ cái. Xin ghi ngắn hơn.
error-name_taken = Ở đây đã có người cùng vai trò mang tên này. Xin thêm vài chữ để phân biệt.
error-entry_changed = Mục này vừa được đổi khi anh/chị đang xem, nên chưa ghi gì. Nếu vẫn muốn đổi như đã điền, anh/chị bấm Ghi lần nữa. Đang có:
error-village_none = Xin ghi tên thôn.
error-village_long = Tên thôn dài quá { $most } chữ cái. Xin ghi ngắn hơn.
error-landmark_long = Nơi dễ nhận dài quá { $most } chữ cái. Xin ghi ngắn hơn.
error-village_taken = Xã này đã có thôn gọi là { $name }. Xin xem lại tên.
error-no_commune = Xin chọn xã.
error-invite_role = Xin chọn vai trò.
