# Khi quá nhiều người báo tin cùng lúc (TRUST 17).
home-flood = Khi có quá nhiều tin
home-flood_on = Bật 12 giờ
home-flood_off = Tắt
flood-off = Khi quá nhiều người báo tin cùng lúc, anh/chị có thể bật hỏi nhanh: hệ thống chỉ hỏi trẻ có đang gặp nguy hiểm không, trẻ ở đâu và chuyện gì đang xảy ra. Tin nào cũng vẫn được nhận.
flood-on = Đang hỏi nhanh, đến { $at } ngày { $at_day } thì tự tắt.
flood-begun = Đã bật hỏi nhanh. Đến { $at } ngày { $at_day } thì tự tắt.
flood-ended = Đã tắt hỏi nhanh. Từ bây giờ hệ thống lại hỏi đủ.
talk-flood = Lúc này có rất nhiều người báo tin, nên chỉ hỏi anh/chị vài câu ngắn. Anh/chị nhắn thêm lúc nào cũng được.
