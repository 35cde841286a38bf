"""The districts there were until 30 June 2025: a name of ours beside one of them may be another place.

From vietnamadminunits 1.0.4 (MIT licence); names of one word, and numbers, say too little and are left out.
"""

from cases.typed.fold import fold

_NAMES = """
An Phú · Châu Phú · Châu Thành · Châu Đốc · Chợ Mới · Long Xuyên · Phú Tân · Thoại Sơn · Tri Tôn · Tân
Châu · Tịnh Biên ·
Bà Rịa · Châu Đức · Côn Đảo · Long Đất · Phú Mỹ · Vũng Tàu · Xuyên Mộc ·
Bàu Bàng · Bắc Tân Uyên · Bến Cát · Dĩ An · Dầu Tiếng · Phú Giáo · Thuận An · Thủ Dầu Một · Tân Uyên ·
Bình Long · Bù Gia Mập · Bù Đăng · Bù Đốp · Chơn Thành · Hớn Quản · Lộc Ninh · Phú Riềng · Phước Long ·
Đồng Phú · Đồng Xoài ·
Bắc Bình · Hàm Thuận Bắc · Hàm Thuận Nam · Hàm Tân · La Gi · Phan Thiết · Phú Quí · Tuy Phong · Tánh
Linh · Đức Linh ·
An Lão · An Nhơn · Hoài Nhơn · Hoài Ân · Phù Cát · Phù Mỹ · Quy Nhơn · Tuy Phước · Tây Sơn · Vân Canh ·
Vĩnh Thạnh ·
Bạc Liêu · Giá Rai · Hòa Bình · Hồng Dân · Phước Long · Vĩnh Lợi · Đông Hải ·
Bắc Giang · Hiệp Hòa · Lạng Giang · Lục Nam · Lục Ngạn · Sơn Động · Tân Yên · Việt Yên · Yên Thế ·
Ba Bể · Bạch Thông · Bắc Kạn · Chợ Mới · Chợ Đồn · Na Rì · Ngân Sơn · Pác Nặm ·
Bắc Ninh · Gia Bình · Lương Tài · Quế Võ · Thuận Thành · Tiên Du · Từ Sơn · Yên Phong ·
Ba Tri · Bình Đại · Bến Tre · Châu Thành · Chợ Lách · Giồng Trôm · Mỏ Cày Bắc · Mỏ Cày Nam · Thạnh Phú ·
Bảo Lâm · Bảo Lạc · Cao Bằng · Hà Quảng · Hòa An · Hạ Lang · Nguyên Bình · Quảng Hòa · Thạch An · Trùng
Khánh ·
Cà Mau · Cái Nước · Ngọc Hiển · Năm Căn · Phú Tân · Thới Bình · Trần Văn Thời · U Minh · Đầm Dơi ·
Bình Thủy · Cái Răng · Cờ Đỏ · Ninh Kiều · Phong Điền · Thốt Nốt · Thới Lai · Vĩnh Thạnh · Ô Môn ·
An Khê · Ayun Pa · Chư Prông · Chư Păh · Chư Pưh · Chư Sê · Ia Grai · Ia Pa · Krông Pa · Kông Chro ·
Mang Yang · Phú Thiện · Đak Đoa · Đăk Pơ · Đức Cơ ·
A Lưới · Hương Thủy · Hương Trà · Phong Điền · Phú Lộc · Phú Vang · Phú Xuân · Quảng Điền · Thuận Hóa ·
Bắc Mê · Bắc Quang · Hoàng Su Phì · Hà Giang · Mèo Vạc · Quang Bình · Quản Bạ · Vị Xuyên · Xín Mần · Yên
Minh · Đồng Văn ·
Bình Lục · Duy Tiên · Kim Bảng · Lý Nhân · Phủ Lý · Thanh Liêm ·
Ba Vì · Ba Đình · Bắc Từ Liêm · Chương Mỹ · Cầu Giấy · Gia Lâm · Hai Bà Trưng · Hoài Đức · Hoàn Kiếm ·
Hoàng Mai · Hà Đông · Long Biên · Mê Linh · Mỹ Đức · Nam Từ Liêm · Phú Xuyên · Phúc Thọ · Quốc Oai · Sóc
Sơn · Sơn Tây · Thanh Oai · Thanh Trì · Thanh Xuân · Thường Tín · Thạch Thất · Tây Hồ · Đan Phượng ·
Đông Anh · Đống Đa · Ứng Hòa ·
Can Lộc · Cẩm Xuyên · Hà Tĩnh · Hương Khê · Hương Sơn · Hồng Lĩnh · Kỳ Anh (Huyện) · Kỳ Anh (Thị xã) ·
Nghi Xuân · Thạch Hà · Vũ Quang · Đức Thọ ·
Cao Phong · Hòa Bình · Kim Bôi · Lương Sơn · Lạc Sơn · Lạc Thủy · Mai Châu · Tân Lạc · Yên Thủy · Đà Bắc
·
Hưng Yên · Khoái Châu · Kim Động · Mỹ Hào · Phù Cừ · Tiên Lữ · Văn Giang · Văn Lâm · Yên Mỹ · Ân Thi ·
Bình Giang · Chí Linh · Cẩm Giàng · Gia Lộc · Hải Dương · Kim Thành · Kinh Môn · Nam Sách · Ninh Giang ·
Thanh Hà · Thanh Miện · Tứ Kỳ ·
An Dương · An Lão · Bạch Long Vĩ · Cát Hải · Dương Kinh · Hải An · Hồng Bàng · Kiến An · Kiến Thụy · Lê
Chân · Ngô Quyền · Thủy Nguyên · Tiên Lãng · Vĩnh Bảo · Đồ Sơn ·
Châu Thành · Châu Thành A · Long Mỹ (Huyện) · Long Mỹ (Thị xã) · Ngã Bảy · Phụng Hiệp · Vị Thanh · Vị
Thủy ·
Bình Chánh · Bình Thạnh · Bình Tân · Cần Giờ · Củ Chi · Gò Vấp · Hóc Môn · Nhà Bè · Phú Nhuận · Thủ Đức
· Tân Bình · Tân Phú ·
Cam Lâm · Cam Ranh · Diên Khánh · Khánh Sơn · Khánh Vĩnh · Nha Trang · Ninh Hòa · Trường Sa · Vạn Ninh ·
An Biên · An Minh · Châu Thành · Giang Thành · Giồng Riềng · Gò Quao · Hà Tiên · Hòn Đất · Kiên Hải ·
Kiên Lương · Phú Quốc · Rạch Giá · Tân Hiệp · U Minh Thượng · Vĩnh Thuận ·
Ia H'Drai · Kon Plông · Kon Rẫy · Kon Tum · Ngọc Hồi · Sa Thầy · Tu Mơ Rông · Đăk Hà · Đắk Glei · Đắk Tô
·
Lai Châu · Mường Tè · Nậm Nhùn · Phong Thổ · Sìn Hồ · Tam Đường · Than Uyên · Tân Uyên ·
Bến Lức · Châu Thành · Cần Giuộc · Cần Đước · Kiến Tường · Mộc Hóa · Thạnh Hóa · Thủ Thừa · Tân An · Tân
Hưng · Tân Thạnh · Tân Trụ · Vĩnh Hưng · Đức Huệ · Đức Hòa ·
Bát Xát · Bảo Thắng · Bảo Yên · Bắc Hà · Lào Cai · Mường Khương · Sa Pa · Si Ma Cai · Văn Bàn ·
Bảo Lâm · Bảo Lộc · Di Linh · Lâm Hà · Lạc Dương · Đam Rông · Đà Lạt · Đơn Dương · Đạ Huoai · Đức Trọng
·
Bình Gia · Bắc Sơn · Cao Lộc · Chi Lăng · Hữu Lũng · Lạng Sơn · Lộc Bình · Tràng Định · Văn Lãng · Văn
Quan · Đình Lập ·
Giao Thủy · Hải Hậu · Nam Trực · Nam Định · Nghĩa Hưng · Trực Ninh · Vụ Bản · Xuân Trường · Ý Yên ·
Anh Sơn · Con Cuông · Diễn Châu · Hoàng Mai · Hưng Nguyên · Kỳ Sơn · Nam Đàn · Nghi Lộc · Nghĩa Đàn ·
Quế Phong · Quỳ Châu · Quỳ Hợp · Quỳnh Lưu · Thanh Chương · Thái Hòa · Tân Kỳ · Tương Dương · Yên Thành
· Đô Lương ·
Gia Viễn · Hoa Lư · Kim Sơn · Nho Quan · Tam Điệp · Yên Khánh · Yên Mô ·
Bác Ái · Ninh Hải · Ninh Phước · Ninh Sơn · Phan Rang - Tháp Chàm · Thuận Bắc · Thuận Nam ·
Cẩm Khê · Hạ Hòa · Lâm Thao · Phù Ninh · Phú Thọ · Tam Nông · Thanh Ba · Thanh Sơn · Thanh Thủy · Tân
Sơn · Việt Trì · Yên Lập · Đoan Hùng ·
Phú Hòa · Sông Cầu · Sông Hinh · Sơn Hòa · Tuy An · Tuy Hòa · Tây Hòa · Đông Hòa · Đồng Xuân ·
Ba Đồn · Bố Trạch · Lệ Thủy · Minh Hóa · Quảng Ninh · Quảng Trạch · Tuyên Hóa · Đồng Hới ·
Bắc Trà My · Duy Xuyên · Hiệp Đức · Hội An · Nam Giang · Nam Trà My · Núi Thành · Phú Ninh · Phước Sơn ·
Quế Sơn · Tam Kỳ · Thăng Bình · Tiên Phước · Tây Giang · Điện Bàn · Đông Giang · Đại Lộc ·
Ba Tơ · Bình Sơn · Lý Sơn · Minh Long · Mộ Đức · Nghĩa Hành · Quảng Ngãi · Sơn Hà · Sơn Tây · Sơn Tịnh ·
Trà Bồng · Tư Nghĩa · Đức Phổ ·
Ba Chẽ · Bình Liêu · Cô Tô · Cẩm Phả · Hạ Long · Hải Hà · Móng Cái · Quảng Yên · Tiên Yên · Uông Bí ·
Vân Đồn · Đông Triều · Đầm Hà ·
Cam Lộ · Cồn Cỏ · Gio Linh · Hướng Hóa · Hải Lăng · Quảng Trị · Triệu Phong · Vĩnh Linh · Đa Krông ·
Đông Hà ·
Châu Thành · Cù Lao Dung · Kế Sách · Long Phú · Mỹ Tú · Mỹ Xuyên · Ngã Năm · Sóc Trăng · Thạnh Trị ·
Trần Đề · Vĩnh Châu ·
Bắc Yên · Mai Sơn · Mường La · Mộc Châu · Phù Yên · Quỳnh Nhai · Sông Mã · Sơn La · Sốp Cộp · Thuận Châu
· Vân Hồ · Yên Châu ·
Bá Thước · Bỉm Sơn · Cẩm Thủy · Hoằng Hóa · Hà Trung · Hậu Lộc · Lang Chánh · Mường Lát · Nga Sơn · Nghi
Sơn · Ngọc Lặc · Như Thanh · Như Xuân · Nông Cống · Quan Hóa · Quan Sơn · Quảng Xương · Sầm Sơn · Thanh
Hóa · Thiệu Hóa · Thường Xuân · Thạch Thành · Thọ Xuân · Triệu Sơn · Vĩnh Lộc · Yên Định ·
Hưng Hà · Kiến Xương · Quỳnh Phụ · Thái Bình · Thái Thụy · Tiền Hải · Vũ Thư · Đông Hưng ·
Phú Bình · Phú Lương · Phổ Yên · Sông Công · Thái Nguyên · Võ Nhai · Đại Từ · Định Hóa · Đồng Hỷ ·
Cai Lậy (Huyện) · Cai Lậy (Thị xã) · Châu Thành · Chợ Gạo · Cái Bè · Gò Công · Gò Công Tây · Gò Công
Đông · Mỹ Tho · Tân Phú Đông · Tân Phước ·
Châu Thành · Càng Long · Cầu Kè · Cầu Ngang · Duyên Hải (Huyện) · Duyên Hải (Thị xã) · Tiểu Cần · Trà Cú
· Trà Vinh ·
Chiêm Hóa · Hàm Yên · Lâm Bình · Na Hang · Sơn Dương · Tuyên Quang · Yên Sơn ·
Bến Cầu · Châu Thành · Dương Minh Châu · Gò Dầu · Hòa Thành · Trảng Bàng · Tân Biên · Tân Châu · Tây
Ninh ·
Bình Minh · Bình Tân · Long Hồ · Mang Thít · Tam Bình · Trà Ôn · Vĩnh Long · Vũng Liêm ·
Bình Xuyên · Lập Thạch · Phúc Yên · Sông Lô · Tam Dương · Tam Đảo · Vĩnh Tường · Vĩnh Yên · Yên Lạc ·
Lục Yên · Mù Căng Chải · Nghĩa Lộ · Trạm Tấu · Trấn Yên · Văn Chấn · Văn Yên · Yên Bái · Yên Bình ·
Mường Chà · Mường Lay · Mường Nhé · Mường Ảng · Nậm Pồ · Tuần Giáo · Tủa Chùa · Điện Biên · Điện Biên
Phủ · Điện Biên Đông ·
Cẩm Lệ · Hoàng Sa · Hòa Vang · Hải Châu · Liên Chiểu · Ngũ Hành Sơn · Sơn Trà · Thanh Khê ·
Buôn Hồ · Buôn Ma Thuột · Buôn Đôn · Cư Kuin · Cư M'gar · Ea H'leo · Ea Kar · Ea Súp · Krông A Na ·
Krông Bông · Krông Búk · Krông Năng · Krông Pắc ·
Cư Jút · Gia Nghĩa · Krông Nô · Tuy Đức · Đăk Glong · Đắk Mil · Đắk R'Lấp · Đắk Song ·
Biên Hòa · Cẩm Mỹ · Long Khánh · Long Thành · Nhơn Trạch · Thống Nhất · Trảng Bom · Tân Phú · Vĩnh Cửu ·
Xuân Lộc · Định Quán ·
Cao Lãnh (Huyện) · Cao Lãnh (Thành phố) · Châu Thành · Hồng Ngự (Huyện) · Hồng Ngự (Thành phố) · Lai
Vung · Lấp Vò · Sa Đéc · Tam Nông · Thanh Bình · Tháp Mười · Tân Hồng ·
"""
FORMER = frozenset(
    fold(name) for name in _NAMES.replace("\n", " ").split(" · ") if name.strip(" ·")
)
