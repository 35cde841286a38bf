# Ai được xem gì, mã PIN, mở hồ sơ khi cần gấp, nhật ký. Tin báo chỉ có mã hồ sơ, giờ, vai trò.

notice-audit_head = Mã kiểm nhật ký ngày { $at_day }: dòng { $row }, { $head }. Xin giữ tin này, không cần làm gì thêm.
