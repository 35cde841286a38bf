"""Any order of anything people say: the report never breaks, never forgets, never asks twice, and ends."""

import json
from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cases.messages import MediaRef
from cases.triage import ORDER, triage
from handlers.flows.report import REPORT, facts_of, mode
from handlers.render import choices, label, question
from handlers.talk.advance import advance, again, begin
from handlers.talk.model import Facts, Said, Talk
from tests.walks.test_flows import PLACES, Kit

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
WORDS = (
    "co be o mot minh ngoai ho", "Đại An", "dai hog", "thuog duc", "tam kỳ", "ở nhà bà", "6", "2.",
    "số 3", "khoảng 7 tuổi", "tối qua", "hôm kia", "không biết", "0905000000", "chị Hạnh", "có",
    "không", "cứu với", "nó đang chảy máu", "", " ", "😭😭", "<b>x</b>", "_*[", "\u200b", "' OR 1=1",
    "a" * 4001, "từ từ", "100000000000000000000", "1e9", "٣", "con sợ quá", "em là trẻ em",
    "tôi là người lớn", "dạ không có gì", "cho em gặp cô chú", "đừng nói ba mẹ em", "k bik",
    "em hok mún sống nữa", "ba đánh em", "dạ",
)  # fmt: skip
FILES = (
    (MediaRef("image", "r1", "u1", group="g"),), (MediaRef("image", "r2", "u2", group="g"),),
    (MediaRef("voice", "r3", "u3"),),
)  # fmt: skip


class Talking(RuleBasedStateMachine):
    """One person in a report; the talk is stored as JSON and read back at every step."""

    @initialize(commune=st.sampled_from(["", "20500"]), first=st.sampled_from(["", *WORDS]))
    def open(self, commune, first):
        self.begin(commune, first)

    def begin(self, commune, first):
        read = lambda text, one: label(Kit(), "vi", text, one)  # noqa: E731
        self.facts = Facts(NOW, PLACES, read, str, commune)
        self.steps, self.finished, self.opened = 0, False, False
        self.take(begin(REPORT, Said("text", text=first) if first else None, self.facts, {}))

    def take(self, turn):
        silent = turn.says or turn.talk.answers.get("files")
        assert turn.finished or turn.asking is not None or silent
        self.talk = Talk.read(json.loads(json.dumps(turn.talk.json())))
        assert self.talk == turn.talk
        self.finished = turn.finished
        self.opened = self.opened or turn.opens
        self.asking = turn.asking or again(REPORT, self.talk, self.facts)

    def hear(self, said):
        before = self.talk
        self.steps += 1
        turn = advance(REPORT, self.talk, said, self.facts)
        self.take(turn)
        if said.option not in ("back", "edit") and not before.notes.get("edit"):
            lost = set(before.answers) - set(self.talk.answers)
            assert not lost, lost

    @precondition(lambda self: not self.finished)
    @rule(text=st.sampled_from(WORDS))
    def says(self, text):
        self.hear(Said("text", text=text))

    @precondition(lambda self: not self.finished)
    @rule(text=st.text(max_size=60))
    def says_anything(self, text):
        self.hear(Said("text", text=text))

    @precondition(lambda self: not self.finished and self.asking.options)
    @rule(pick=st.integers(0, 5))
    def presses(self, pick):
        options = self.asking.options
        self.hear(Said("option", option=options[pick % len(options)].code))

    @precondition(lambda self: not self.finished)
    @rule(
        option=st.sampled_from(
            ["skip", "back", "child", "friend", "adult", "now", "exit", "more", "nonsense"]
        )
    )
    def presses_anything(self, option):
        self.hear(Said("option", option=option))

    @precondition(lambda self: not self.finished)
    @rule(media=st.sampled_from(FILES), caption=st.sampled_from(["", "ngoài ngõ"]))
    def sends(self, media, caption):
        self.hear(Said("media", text=caption, media=media))

    @precondition(lambda self: not self.finished)
    @rule()
    def shares_a_place(self):
        self.hear(Said("location", lat=15.88, lon=108.11))

    @precondition(lambda self: not self.finished)
    @rule()
    def cries_for_help(self):
        self.hear(Said("sos"))
        assert mode(self.talk.answers) in "AC"

    @precondition(lambda self: not self.finished)
    @rule()
    def gives_up_answering(self):
        """Skipping to the end takes a bounded number of presses, wherever one stands."""
        for _ in range(80):
            if self.finished:
                return
            skip = "skip" in self.asking.standing
            self.hear(Said("option", option="skip" if skip else self.asking.options[0].code))
        raise AssertionError(f"no end in sight: {self.asking}")

    @precondition(lambda self: self.finished)
    @rule(first=st.sampled_from(["", *WORDS]))
    def writes_again(self, first):
        self.begin("", first)

    @invariant()
    def a_question_that_was_answered_is_not_the_open_one(self):
        if self.finished or not hasattr(self, "talk"):
            return
        name = self.asking.question.removeprefix("report.").removesuffix("_detail")
        assert name not in self.talk.answers

    @invariant()
    def every_question_has_words_and_at_most_five_buttons(self):
        if hasattr(self, "talk") and not self.finished:
            assert question(Kit(), "vi", self.asking)
            own = [one for one in choices(Kit(), "vi", self.asking) if not one.standing]
            assert len(own) <= 6

    @invariant()
    def the_level_can_be_told_at_any_moment(self):
        if hasattr(self, "talk"):
            assert triage(facts_of(self.talk.answers)).level in ORDER


Talking.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestTalking = Talking.TestCase
