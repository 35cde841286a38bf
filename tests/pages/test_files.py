"""Pictures, files and voice from the page: they wait like words, go out once, and are never shown."""

import re

import pytest
from playwright.async_api import expect

from tests.support.axe import violations
from tests.support.desk import HELLO, shot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
MEDIA = "**/api/chat/media"
PICTURE = {
    "name": "ten toi la.jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff" + b"x" * 900,
}
PAPER = {"name": "don.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
BIG = {"name": "b.mp4", "mimeType": "video/mp4", "buffer": b"x" * (20 * 1024 * 1024 + 1)}
EMPTY = {"name": "e.png", "mimeType": "image/png", "buffer": b""}


class Door:
    """Where files come in: what it answers, in order, the last for ever; what it was given.

    202 is what the program itself answers, 0 a network that is lost on the way back.
    """

    def __init__(self, *answers):
        self.answers, self.given = list(answers), []

    async def __call__(self, route):
        body = route.request.post_data_buffer or b""
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        one = re.search(rb'name="id"\r\n\r\n([\w-]+)', body).group(1)
        if answer in (0, 202):
            real = await route.fetch()
            self.given.append((one, body, real.status))
            await (route.fulfill(response=real) if answer else route.abort())
        else:
            self.given.append((one, body, answer))
            await route.fulfill(status=answer, json={})


async def kept(desk):
    """What the program took, by the ids that the page gave."""
    return [one["id"] for one in await desk.site.came_in() if one["kind"] == "media"]


async def sends(page, *files):
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Gửi ảnh, video hoặc tệp").click()
    await (await chooser.value).set_files(list(files))


async def with_door(desk, *answers):
    page, door = await desk.reporter(), Door(*answers)
    await page.route(MEDIA, door)
    return page, door


async def test_a_picture_goes_out_and_is_not_shown(desk):
    page, door = await with_door(desk, 202)
    await sends(page, PICTURE)
    item = page.locator("li.mine").last
    await expect(item).to_have_text("Đã gửi 1 ảnh✓ Đã nhận")
    await expect(page.locator("#log img, #log video, #log audio")).to_have_count(0)
    assert len(await kept(desk)) == 1
    assert b"ten toi la" not in door.given[0][1]  # its name may tell who somebody is


async def test_what_is_chosen_together_is_one_line_and_one_group(desk):
    page, door = await with_door(desk, 202)
    await sends(page, PICTURE, PICTURE, PICTURE)
    await expect(page.locator("li.mine").last).to_have_text("Đã gửi 3 ảnh✓ Đã nhận")
    await sends(page, PICTURE, PAPER)
    await expect(page.locator("li.mine").last).to_have_text("Đã gửi 2 tệp✓ Đã nhận")
    assert len(await kept(desk)) == 5
    groups = [
        re.search(rb'name="group"\r\n\r\n([\w-]+)', body).group(1) for _, body, _ in door.given
    ]
    assert len(set(groups)) == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [(413, "lớn hơn 20 MB"), (415, "chưa nhận được loại tệp này"), (400, "111")],
)
async def test_a_file_that_is_refused_is_answered_kindly_and_leaves_no_line(desk, answer, words):
    page, _ = await with_door(desk, answer)
    await sends(page, PICTURE)
    await expect(page.locator("#status")).to_contain_text(words)
    await expect(page.locator("li.mine")).to_have_count(1)
    await desk.writes(page, "tôi kể bằng lời")


async def test_of_several_files_the_good_ones_arrive(desk):
    page, _ = await with_door(desk, 202, 415, 202)
    await sends(page, PICTURE, PICTURE, PICTURE)
    await expect(page.locator("li.mine").last).to_have_text("Đã gửi 2 ảnh✓ Đã nhận")
    await expect(page.locator("#status")).to_contain_text("chưa nhận được loại tệp này")
    assert len(await kept(desk)) == 2


async def test_a_file_too_large_or_empty_is_not_even_tried(desk, tmp_path):
    page, door = await with_door(desk, 202)
    (tmp_path / "b.mp4").write_bytes(BIG["buffer"])
    await sends(page, tmp_path / "b.mp4")
    await expect(page.locator("#status")).to_contain_text("lớn hơn 20 MB")
    await sends(page, EMPTY)
    await expect(page.locator("#status")).to_contain_text("trống")
    await expect(page.locator("li.mine")).to_have_count(1)
    assert door.given == []


async def test_without_network_a_file_waits_and_goes_out_once(desk):
    page, door = await with_door(desk, 0, 503, 202)
    await sends(page, PICTURE)
    mark = page.locator("li.mine small").last
    await expect(mark).to_have_text("Chưa gửi được, sẽ tự gửi lại")
    await expect(page.get_by_role("button", name="Dừng gửi")).to_be_in_viewport()
    await shot(page, "file-waiting-360")
    assert await violations(page) == []
    await expect(mark).to_have_text("✓ Đã nhận", timeout=15_000)
    await expect(page.locator("#status")).to_be_empty()
    assert len(door.given) == 3
    assert (
        len({one for one, _, _ in door.given}) == 1
    )  # one id: a second attempt has no second effect


async def test_words_do_not_wait_behind_a_file(desk):
    page, _ = await with_door(desk, 503)
    await sends(page, PICTURE)
    await desk.writes(page, "người đó đang quay lại")
    texts = [one["text"] for one in await desk.site.came_in() if one["kind"] == "text"]
    assert texts == [HELLO, "người đó đang quay lại"]


async def test_sending_can_be_stopped(desk):
    page, door = await with_door(desk, 503)
    await sends(page, PICTURE)
    await page.get_by_role("button", name="Dừng gửi").click()
    await expect(page.locator("#status")).to_have_text("Đã dừng, tệp chưa được gửi.")
    await expect(page.locator("li.mine")).to_have_count(1)
    door.answers = [202]
    await sends(page, PAPER)
    await expect(page.locator("li.mine").last).to_have_text("Đã gửi 1 tệp✓ Đã nhận")
    assert len(await kept(desk)) == 1


async def test_a_file_can_be_the_first_thing_that_is_sent(desk):
    page = await (await desk.person()).new_page()
    door = Door(202)
    await page.route(MEDIA, door)
    await page.goto(desk.site.url)
    await sends(page, PICTURE)
    await expect(page.locator("li.mine").last).to_have_text("Đã gửi 1 ảnh✓ Đã nhận")
    await expect(page.locator("#begin")).to_be_hidden()
    assert await desk.sessions() == 1


async def test_a_question_for_files_offers_them_and_one_for_a_number_has_a_field(desk):
    page, _ = await with_door(desk, 202)
    choice = [{"option": "no", "label": "Không có"}]
    await desk.say(page, "Có ảnh không?", question="q", prompt="p", ask="media", choices=choice)
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Chọn ảnh hoặc tệp").click()
    await (await chooser.value).set_files([PICTURE])
    await expect(page.locator("li.mine").last).to_have_text("Đã gửi 1 ảnh✓ Đã nhận")
    await expect(page.get_by_role("button", name="Không có")).to_be_enabled()
    await desk.say(page, "Số điện thoại?", question="q", prompt="p2", ask="contact", choices=[])
    field = page.get_by_label("Số điện thoại")
    await expect(field).to_have_attribute("type", "tel")
    await shot(page, "phone-number-360")
    assert await violations(page) == []
    await field.fill("0905")
    await page.get_by_role("button", name="Gửi số này").click()
    await expect(page.locator("#status")).to_contain_text("chưa đủ")
    await field.fill("0905 123 456")
    await field.press("Enter")
    await expect(page.locator("li.mine").last).to_contain_text("0905 123 456")
    await expect(page.locator("li.mine small").last).to_contain_text("Đã nhận")
    assert (await desk.site.came_in())[-1]["text"] == "0905 123 456"


async def test_a_voice_message_is_recorded_heard_by_nobody_here_and_sent(desk):
    door = Door(202)
    page = await desk.reporter(permissions=["microphone"])
    await page.route(MEDIA, door)
    for last in ("Bỏ", "Gửi"):
        await page.get_by_role("button", name="Ghi âm").click()
        await expect(page.get_by_role("group", name="Đang ghi âm")).to_be_visible()
        await expect(page.locator("#voice-send")).to_be_focused()
        await expect(page.locator("#form")).to_be_hidden()
        await expect(page.locator("#exit")).to_be_visible()
        await expect(page.locator("#voice-time")).to_have_text("0:01")
        if last == "Bỏ":
            await shot(page, "voice-360")
            assert await violations(page) == []
        await page.get_by_role("button", name=last, exact=True).click()
        await expect(page.locator("#form")).to_be_visible()
    await expect(page.locator("li.mine").last).to_have_text("Đã gửi 1 đoạn ghi âm✓ Đã nhận")
    ((_, body, _),) = door.given
    assert b"Content-Type: audio/webm" in body
    (came,) = [one for one in await desk.site.came_in() if one["kind"] == "media"]
    assert came["media"][0]["kind"] == "voice"
    assert came["media"][0]["size"] > 500


async def test_without_a_microphone_words_are_as_good(desk):
    page = await desk.reporter()
    await page.evaluate("delete window.MediaStream; navigator.mediaDevices.getUserMedia = null")
    await page.get_by_role("button", name="Ghi âm").click()
    await expect(page.locator("#status")).to_contain_text("Nhắn bằng chữ cũng được")
    await expect(page.locator("#text")).to_be_visible()
