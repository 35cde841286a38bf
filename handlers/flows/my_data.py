"""What we ask a reporter who wants what they sent to be put right."""

from handlers.talk.answers import Words
from handlers.talk.flow import Ask, Flow

MY_DATA = Flow(
    name="my_data",
    asks=(Ask("correction", Words(), standing=("cancel", "exit"), must=True),),
    order=lambda _: ("correction",),
    variant=lambda answers: "child" if answers.get("child") else "",
)
