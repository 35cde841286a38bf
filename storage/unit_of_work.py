"""transaction(name) gives this: `now`, the five ledgers, the records, and whom to wake."""

from datetime import datetime

from cases.codes import Chance
from storage.health import Health
from storage.lags import Lags
from storage.ledgers.audit import Audit
from storage.ledgers.backlog import Backlog
from storage.ledgers.beside import Beside
from storage.ledgers.bundles import Bundles
from storage.ledgers.history import Cases
from storage.ledgers.inbox import InboxLedger
from storage.ledgers.lists import Lists
from storage.ledgers.outbox import Outbox
from storage.ledgers.timers import Timers
from storage.pieces import line_of
from storage.records.accounts import Tokens
from storage.records.areas import AreaRows
from storage.records.attachments import Files
from storage.records.billed import Billed
from storage.records.boundaries import BoundaryRows
from storage.records.breaches import Breaches
from storage.records.calendar import CalendarRows
from storage.records.consents import Certificates, Consents
from storage.records.duty import Bells, Leaves, Shifts
from storage.records.expired import Expired
from storage.records.families import Families
from storage.records.figures import Figures
from storage.records.file_parts import FileParts, Part
from storage.records.invites import Invites
from storage.records.keks import Keks
from storage.records.letters import Letters
from storage.records.offers import Offers
from storage.records.old_days import OldDays
from storage.records.openings import Openings
from storage.records.paper_links import PaperLinks
from storage.records.people import Contacts, People
from storage.records.pins import Pins
from storage.records.pulse import Pulse
from storage.records.redaction import Redaction
from storage.records.remains import Remains
from storage.records.restores import Restores
from storage.records.rights import Rights
from storage.records.safety import SafetyRows
from storage.records.settings import SettingRows
from storage.records.sign_in import SignIn
from storage.records.slips import Slips
from storage.records.talks import Talks
from storage.records.threads import Threads
from storage.records.watch import Marks, Rehearsals, Violations
from storage.records.webchat import Webchat
from storage.tx import Tx


class UnitOfWork:
    """Everything one transaction may touch. One instance lives exactly as long as its transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.inbox = InboxLedger(tx)
        self.backlog = Backlog(tx, self.inbox)
        self.beside = Beside(tx)
        self.cases = Cases(tx, self.beside)
        self.lists = Lists(tx)
        self.timers = Timers(tx)
        self.outbox = Outbox(tx)
        self.bundles = Bundles(tx, self.outbox)
        self.audit = Audit(tx)
        self.people = People(tx)
        self.contacts = Contacts(tx)
        self.invites = Invites(tx)
        self.shifts = Shifts(tx)
        self.leaves = Leaves(tx)
        self.bells = Bells(tx)
        self.talks = Talks(tx)
        self.letters = Letters(tx)
        self.threads = Threads(tx)
        self.safety = SafetyRows(tx)
        self.offers = Offers(tx)
        self.webchat = Webchat(tx)
        self.sign_in = SignIn(tx)
        self.pins = Pins(tx)
        self.openings = Openings(tx)
        self.paper_links = PaperLinks(tx)
        self.slips = Slips(tx)
        self.files = Files(tx)
        self.file_parts = FileParts(tx)
        self.areas = AreaRows(tx)
        self.boundaries = BoundaryRows(tx)
        self.calendar = CalendarRows(tx)
        self.families = Families(tx)
        self.settings = SettingRows(tx)
        self.figures = Figures(tx)
        self.pulse = Pulse(tx)
        self.restores = Restores(tx)
        self.old_days = OldDays(tx)
        self.tokens = Tokens(tx)
        self.billed = Billed(tx)
        self.remains = Remains(tx)
        self.expired = Expired(tx)
        self.redaction = Redaction(tx)
        self.rights = Rights(tx)
        self.breaches = Breaches(tx)
        self.consents = Consents(tx)
        self.certificates = Certificates(tx)
        self.health = Health(tx)
        self.lags = Lags(tx)
        self.violations = Violations(tx)
        self.marks = Marks(tx)
        self.rehearsals = Rehearsals(tx)
        self.keks = Keks(tx)

    @property
    def tx(self) -> Tx:
        """For the passes of `storage` that belong to no ledger."""
        return self._tx

    @property
    def now(self) -> datetime:
        """Read once when the transaction opened: aware UTC."""
        return self._tx.now

    def new_id(self) -> str:
        return self._tx.new_id()

    @property
    def draws(self) -> Chance:
        """For the names of what is offered: a replay of this message draws the same."""
        return self._tx.draws

    def follows(self, *name: str) -> None:
        """This transaction works on what has this natural name: done again, it gives the same ids."""
        self._tx.follows(*name)

    def leave_piece(self, file_id: str, part: Part) -> None:
        """It is in the journal, too, before the page hears that its file has come."""
        self._tx.left.append(line_of(file_id, part))

    def wake(self, queue: str) -> None:
        """After the commit, and only then, the engine hears that this queue may have work."""
        self._tx.wakes.add(queue)
