
# Khóa và việc xóa: biên bản xóa dữ liệu.

erasure-certificate = BIÊN BẢN XÓA DỮ LIỆU
    Hồ sơ: { $code }, nhận tin ngày { $received }, kết thúc ngày { $closed }.
    Xóa lúc { $time } ngày { $erased }. Lý do: { $reason }.
    Người đề nghị: { $first }. Người đồng ý: { $second }.
    Đã hủy khóa giải mã của hồ sơ và xóa toàn bộ lời báo, ghi chú, thư, ảnh, giấy tờ trong hồ sơ. { $persons ->
        [0] Không xóa thông tin liên lạc của người báo tin nào.
       *[other] Đã xóa thông tin liên lạc của { $persons } người báo tin.
    } Chỉ còn lại mã hồ sơ, các ngày và lý do.
    Bản sao lưu cuối cùng còn hồ sơ này bị hủy chậm nhất ngày { $gone }.
erasure-reason-expired = hết thời hạn lưu giữ
erasure-reason-asked = theo yêu cầu của người có dữ liệu
erasure-reason-withdrawn = người có dữ liệu rút lại sự đồng ý
erasure-reason-other = lý do khác, ghi trong sổ
