"""Row 25 of CHANNELS.md 12.1 for files behind public addresses: no request leaves for a place nobody named."""

import httpx
import pytest

from bot.channels.timed_http import Downloads, hosts_of
from cases.messages import LARGEST_FILE
from notifications.channel import Fetched, Later, Lost
from tests.support.fake_zalo_bot import FakeZaloBot, Fault

ADDRESS = "https://photo-stal-1.zdn.vn/fixture/0011/cong-truong.jpg"
PLACE = "0011/cong-truong.jpg"


class Onto(httpx.AsyncBaseTransport):
    """Carries every request to the fake on loopback, and notes where it was meant to go."""

    def __init__(self, url):
        self.url, self.inner, self.asked = httpx.URL(url), httpx.AsyncHTTPTransport(), []

    async def handle_async_request(self, request):
        self.asked.append(
            (request.url.host, request.headers["host"], request.extensions.get("sni_hostname"))
        )
        request.url = self.url.copy_with(raw_path=request.url.raw_path)
        return await self.inner.handle_async_request(request)

    async def aclose(self):
        await self.inner.aclose()


@pytest.fixture
async def fake():
    made = FakeZaloBot()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def way(fake):
    onto, known = Onto(fake.url), {}

    async def resolve(host, port):
        return [known.get(host, "8.8.8.8")]

    made = Downloads(resolve=resolve, transport=onto)
    made.onto, made.known = onto, known
    yield made
    await made.close()


async def test_a_file_is_fetched_from_the_very_address_that_was_looked_at(fake, way):
    fake.files[PLACE] = b"picture"
    assert await way.fetch(ADDRESS) == Fetched(b"picture")
    assert way.onto.asked == [("8.8.8.8", "photo-stal-1.zdn.vn", "photo-stal-1.zdn.vn")]


@pytest.mark.parametrize(
    "address",
    [
        "http://photo-stal-1.zdn.vn/fixture/x", "https://zdn.vn.example.org/fixture/x",
        "https://evilzdn.vn/fixture/x", "https://127.0.0.1/fixture/x", "https://[::1]/fixture/x",
        "https://zdn.vn@127.0.0.1/fixture/x", "https://user:word@zdn.vn/fixture/x",
        "file:///etc/passwd", "0e078a23ac66453b1c74", "", "https://",
    ],
)  # fmt: skip
async def test_no_request_leaves_for_an_address_off_the_list(way, address):
    assert isinstance(await way.fetch(address), Lost | Later)
    assert way.onto.asked == []


@pytest.mark.parametrize(
    "private",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"],
)
async def test_no_request_leaves_for_a_private_address_behind_a_known_name(way, private):
    way.known["photo-stal-1.zdn.vn"] = private
    assert await way.fetch(ADDRESS) == Lost("expired")
    assert way.onto.asked == []


@pytest.mark.parametrize(
    "to", ["https://127.0.0.1/x", "http://photo-stal-1.zdn.vn/x", "//evil.org/x"]
)
async def test_a_redirect_off_the_list_is_not_followed(fake, way, to):
    fake.fail("download", Fault(302, b"", headers={"Location": to}))
    assert await way.fetch(ADDRESS) == Lost("expired")
    assert len(way.onto.asked) == 1


async def test_a_redirect_within_the_list_is_followed_and_never_for_ever(fake, way):
    fake.files["moved.jpg"] = b"here"
    there = Fault(302, b"", headers={"Location": "https://f20-zpc.zdn.vn/fixture/moved.jpg"})
    fake.fail("download", there)
    assert await way.fetch(ADDRESS) == Fetched(b"here")
    fake.fail("download", *[there] * 5)
    assert await way.fetch(ADDRESS) == Later("unreachable")


@pytest.mark.parametrize(
    ("fault", "found"),
    [(Fault(404, b""), Later("expired")), (Fault(403, b""), Later("expired")),
     (Fault(500, b""), Later("unreachable")), (Fault(cut=True), Later("unreachable"))],
    ids=["gone", "forbidden", "down", "cut"],
)  # fmt: skip
async def test_an_address_that_fails_may_be_asked_again(fake, way, fault, found):
    fake.fail("download", fault)
    assert await way.fetch(ADDRESS) == found


async def test_a_file_that_is_too_large_is_counted_while_it_comes(fake, way):
    fake.files[PLACE] = bytes(LARGEST_FILE + 1)
    assert await way.fetch(ADDRESS) == Lost("too_big")
    fake.files[PLACE] = bytes(LARGEST_FILE)
    assert isinstance(await way.fetch(ADDRESS), Fetched)


async def test_a_name_that_nobody_knows_is_asked_again_later(way):
    async def nobody(host, port):
        raise OSError("no such host")

    way._resolve = nobody
    assert await way.fetch(ADDRESS) == Later("unreachable")


def test_hosts_are_named_by_the_setting_or_are_zalos_own():
    assert hosts_of("") == hosts_of(" , ") == ("zdn.vn", "zadn.vn", "zalo.me")
    assert hosts_of(" A.example , b.example") == ("a.example", "b.example")
