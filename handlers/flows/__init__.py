"""FLOWS: every form there is, by name."""

from collections.abc import Mapping

from handlers.flows.act_forms import ACT_FORMS, VARIANTS
from handlers.flows.follow_up import SAFETY, WRITE
from handlers.flows.my_data import MY_DATA
from handlers.flows.paper_forms import PAPER_FORMS
from handlers.flows.report import REPORT
from handlers.flows.staff_forms import STAFF_FORMS
from handlers.talk.flow import Flow

FLOWS: Mapping[str, Flow] = {
    flow.name: flow
    for flow in (
        REPORT,
        WRITE,
        SAFETY,
        MY_DATA,
        *VARIANTS,
        *ACT_FORMS.values(),
        *STAFF_FORMS.values(),
        *PAPER_FORMS.values(),
    )
}
