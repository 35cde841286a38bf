# Bản tin sáng, tổng hợp tuần, tin gộp. Như mọi tin báo: chỉ mã, mức, tình trạng, giờ.

bundle-news = { $count } tin mới:
bundle-alerts = { $count } việc cần người nhận:

digest-work = Việc của tôi

error-which_case = Tin ấy nói về nhiều hồ sơ. Xin mở đúng hồ sơ rồi chọn Ghi việc đã làm.
