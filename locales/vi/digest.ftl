# Bản tin sáng, tổng hợp tuần, tin gộp. Như mọi tin báo: chỉ mã, mức, tình trạng, giờ.

bundle-news = { $count } tin mới:
bundle-alerts = { $count } việc cần người nhận:

digest-work = Việc của tôi

error-which_case = Tin ấy nói về nhiều hồ sơ. Xin mở đúng hồ sơ rồi chọn Ghi việc đã làm.

act-include = Gỡ có liên quan
act_exclude_above-person = Ai có liên quan?
    .self = Tôi
act_exclude_above-reason = Liên quan thế nào? Người ấy không thấy hồ sơ này nữa.
act_include-person = Gỡ cho ai?
    .conflict_commune = Cả xã
    .conflict_police = Công an xã
act_include-reason = Vì sao gỡ?

notice-excluded = { $code }: { $role } đã ghi rằng một người có liên quan. Mức: { $level }.
notice-included = { $code }: anh/chị mở được hồ sơ này. Mức: { $level }.

error-nobody_to_pick = Hiện không có ai để chọn.
