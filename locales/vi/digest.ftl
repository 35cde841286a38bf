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
    .left = Cả { named }
act_include-reason = Vì sao gỡ?

notice-excluded = { $code }: { $role } đã ghi rằng một người có liên quan. Mức: { $level }.
notice-included = { $code }: anh/chị mở được hồ sơ này. Mức: { $level }.

error-nobody_to_pick = Hiện không có ai để chọn.

digest-morning = Sáng { $day }: { $count } việc đang mở{ $late ->
    [0] {""}
   *[other] , { $late } việc quá hạn
    }{ $free ->
    [0] {""}
   *[other] , { $free } việc chưa ai nhận
    }.
digest-line = { $code } · { $level } · { $state } · { $due ->
    [late] quá hạn
    [today] hạn hôm nay { $at }
    [later] hạn { $at } ngày { $day }
   *[none] chưa có hạn
    }
digest-more = và { $count } việc nữa

weekly-head = Tổng hợp tuần { $since } – { $until }
weekly-new = Việc mới: { $count }
weekly-levels = Khẩn cấp { $urgent }, chưa rõ { $unknown }, cao { $high }, trung bình { $medium }, thấp { $low }
weekly-in_time = Nhận đúng hạn: { $count } trên { $all }
weekly-share = Nhận đúng hạn: khoảng { $percent } %
weekly-minutes = Việc khẩn cấp: trung bình sau { $mean } phút có người nhận; một nửa được nhận trong vòng { $median } phút
weekly-now = Đang mở: { $open }. Quá hạn: { $late }. Đã kết thúc trong tuần: { $closed }
weekly-lowered = Số lần hạ mức: { $count }
weekly-silent = Được báo mà chưa mở việc nào: { $roles }
weekly-quiet = 90 ngày không có tin báo, không ai thử chuông: { $names }
weekly-at_least = từ { $count } trở lên
notice-admin_summary = Có bản tổng hợp chưa lập được. Xin xem nhật ký máy chủ.
