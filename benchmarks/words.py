"""Vietnamese text of the length that offices write, the same for the same random generator."""

from random import Random

SUBJECTS = (
    "giải quyết thủ tục hành chính theo cơ chế một cửa, một cửa liên thông",
    "số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
    "cung cấp dịch vụ công trực tuyến toàn trình",
    "xử lý phản ánh, kiến nghị của tổ chức, cá nhân",
    "kết nối, chia sẻ dữ liệu qua Nền tảng tích hợp của tỉnh",
    "thanh toán trực tuyến trên Hệ thống thông tin giải quyết thủ tục hành chính",
    "công khai thông tin trên Trang thông tin điện tử",
    "tuyên truyền về chuyển đổi số đến người dân và doanh nghiệp",
    "bảo đảm an toàn thông tin theo cấp độ",
    "phát triển hạ tầng viễn thông tại các xã vùng cao, biên giới",
    "bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức",
    "kiểm tra công vụ, kỷ luật, kỷ cương hành chính",
)
_VERBS = (
    "Tiếp tục triển khai",
    "Chủ trì tham mưu",
    "Nâng cao chất lượng",
    "Theo dõi, đôn đốc việc",
)
_TASK_ENDS = (
    "bảo đảm đúng tiến độ, chất lượng và các quy định hiện hành của pháp luật",
    "phối hợp chặt chẽ với các cơ quan, đơn vị liên quan trong quá trình tổ chức thực hiện",
    "kịp thời báo cáo, đề xuất với lãnh đạo cơ quan các khó khăn, vướng mắc để chỉ đạo giải quyết",
    "gắn trách nhiệm của người đứng đầu với kết quả thực hiện và đánh giá, xếp loại cuối năm",
    "phấn đấu cải thiện điểm số, thứ hạng của tỉnh so với kết quả đã được công bố năm trước",
)
_RESULTS = (
    "Đơn vị đã ban hành Công văn số {n}/STTTT-VP ngày {d} hướng dẫn, đôn đốc các phòng thực hiện",
    "Trong kỳ đã tiếp nhận {n} hồ sơ, giải quyết trước hạn và đúng hạn {m}%",
    "Đã tổ chức {k} lớp tập huấn cho {n} lượt cán bộ, công chức, viên chức và Tổ công nghệ số",
    "Đã rà soát, cập nhật {n} quy trình điện tử; công khai đầy đủ trên Cổng dịch vụ công của tỉnh",
    "Đã đăng tải {n} tin, bài; số lượt truy cập tăng {k}% so với cùng kỳ năm trước",
    "Kết quả chi tiết được tổng hợp tại Báo cáo số {n}/BC-STTTT ngày {d} gửi Ủy ban nhân dân tỉnh",
)
_DIFFICULTIES = (
    "Một số hệ thống của bộ, ngành Trung ương chưa kết nối ổn định nên dữ liệu còn phải nhập lại",
    "Trang thiết bị tại bộ phận một cửa cấp xã đã cũ, tốc độ đường truyền chưa đáp ứng yêu cầu",
    "Kinh phí bố trí cho nhiệm vụ chưa kịp thời, thủ tục đầu tư kéo dài hơn dự kiến",
)
_CAUSES = (
    "Khối lượng hồ sơ tăng trong khi số lượng biên chế được giao giảm theo lộ trình tinh giản",
    "Công tác phối hợp cung cấp số liệu giữa các đơn vị có lúc chưa chặt chẽ",
)
_PROPOSALS = (
    "Đề nghị Văn phòng tham mưu văn bản đôn đốc cung cấp số liệu trước ngày 25 hằng tháng",
    "Đề nghị lãnh đạo Sở làm việc với Sở Tài chính về bổ sung kinh phí cho nhiệm vụ",
)


def title(rng: Random) -> str:
    return f"{rng.choice(_VERBS)} {rng.choice(SUBJECTS)}"


def wording(rng: Random) -> str:
    """A task as printed: 200 to 450 characters."""
    ends = rng.sample(_TASK_ENDS, rng.randint(1, 3))
    return f"{title(rng)}; {'; '.join(ends)}."


def result(rng: Random) -> str:
    """What a unit says it did: 90 to 400 characters, sometimes on several lines."""
    sentences = (_filled(rng, one) for one in rng.sample(_RESULTS, rng.randint(1, 4)))
    return rng.choice((". ", ".\n")).join(sentences) + "."


def troubles(rng: Random) -> dict[str, str]:
    """Difficulty, cause and proposal, which a third of the updates have."""
    if rng.random() > 0.3:
        return {}
    said = {"difficulty": _DIFFICULTIES, "cause": _CAUSES, "proposal": _PROPOSALS}
    return {name: f"{rng.choice(choices)}." for name, choices in said.items()}


def _filled(rng: Random, sentence: str) -> str:
    day = f"{rng.randint(1, 28):02d}/{rng.randint(2, 10):02d}/2023"
    return sentence.format(
        n=rng.randint(20, 4999), k=rng.randint(2, 40), m=rng.randint(80, 99), d=day
    )
