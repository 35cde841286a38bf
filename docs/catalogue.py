"""What is promised, and every fault that a promise is tested against; the tests carry its number."""

PROMISES: dict[str, tuple[str, str, str]] = {  # number: about, promise, the faults that prove it
    "P1": (
        "lost",
        "What we confirm to a channel is first committed in the database and fsynced in the journal",
        "F01 F02 F15 F16 F17 F23 F30 F31 F33",
    ),
    "P2": (
        "lost",
        "No message goes unanswered or unread: what we cannot handle is kept, answered with the help numbers and put before a human",
        "F30 F33 F44 F45 F50 F51",
    ),
    "P3": (
        "lost",
        "A case, its first alert (calm report without a commune: the timer that sends it), its first timer and the reporter's receipt are one commit",
        "F03 F04 F09 F55",
    ),
    "P4": (
        "lost",
        "Every open case has a future obligation at every moment; only a human act ends it",
        "F07 F18 F20 F35 F37 F39 F40 F41 F55",
    ),
    "P5": (
        "lost",
        "Every message to a person is delivered, or visibly dead with a human told; one that fails holds up no other",
        "F05 F11 F18 F19 F20 F24 F25 F26 F28 F29 F32 F44",
    ),
    "P6": (
        "lost",
        "Losing the main disk loses nothing confirmed, where the journal is on another disk",
        "F10 F23",
    ),
    "P7": ("lost", "Stop, upgrade, or losing the whole job engine loses nothing", "F08 F20 F21"),
    "P8": ("doubled", "One message is one turn; one report is one case", "F01 F02 F03 F13 F22 F30"),
    "P9": ("doubled", "Each timer fires exactly once", "F07 F34 F35 F38"),
    "P10": (
        "doubled",
        "A message that may have gone out before says so when repeated; a late copy is retracted, or explained where the channel cannot delete",
        "F05 F06 F11 F12 F23 F27 F28 F56",
    ),
    "P11": (
        "doubled",
        "One press is one act; a stale press changes nothing and tells what is true now",
        "F14 F32 F43",
    ),
    "P12": (
        "shown",
        "Nobody sees a case, or that it exists, except through the one gate; every reading is logged first",
        "F23 F42 F43 F47 F48 F49 F52",
    ),
    "P13": (
        "shown",
        "No personal data in notices, logs, metrics, errors, file names or page addresses",
        "F46 F54",
    ),
    "P14": (
        "shown",
        "The reporter stays as unknown as they chose, is never written to first when marked unsafe, else only with the neutral line inside the safe window, never learns of another reporter (the chats in `tests/transcripts` too)",
        "F36 F47 F51 F54",
    ),
    "P15": (
        "shown",
        "What could name a person is ciphertext at rest; an erased case is unreadable in the database at once and in backup and journal after at most 35 days",
        "F10 F23 F54",
    ),
    "P16": (
        "shown",
        "Acts and readings are chained: a changed, deleted or re-ordered row is named",
        "F53",
    ),
    "P17": (
        "awake",
        "An urgent report waits behind nothing: quiet hours, floods, limits, backlog",
        "F04 F24 F31 F36 F50",
    ),
    "P18": (
        "awake",
        "When the system falls silent, somebody outside knows within 6 minutes",
        "F16 F21 F29 F34",
    ),
}

FAULTS: dict[str, tuple[str, str]] = {  # number: what happens, what is expected
    "F01": ("after the poll answer, before commit", "channel gives it again; 1 case, 1 receipt"),
    "F02": (
        "after commit, before journal; before confirm",
        "journal completed; repeat dropped; 1 case",
    ),
    "F03": (
        "killed before any statement of a turn, on either database",
        "rolled back, run again: 1 case, 1 alert, 1 receipt",
    ),
    "F04": (
        "after the turn's commit, before the sender wakes",
        "alert leaves within 5 s of the restart",
    ),
    "F05": ("after claim commit, before the network", "sent after the lease, labelled"),
    "F06": (
        "after the peer accepted, before `finish`",
        "exactly one repeat, labelled, same buttons",
    ),
    "F07": ("in firing, before and after commit", "fired once, next armed"),
    "F08": (
        "in migration; upgrade under load",
        "resumes or the old version starts; 0 lost, 0 unlabelled",
    ),
    "F09": ("in attachment download", "case stands; resumed by reference; one blob"),
    "F10": (
        "in backup, key rotation, erasure; KEK from the halves",
        "older backup intact; all rows readable; erasure ends; old KEK needed nowhere",
    ),
    "F11": ("200 random kills, 4 workers, 3,000 alerts, 10 % faults", "lost 0, unlabelled 0"),
    "F12": (
        "frozen for 2 leases",
        "fenced; late copy retracted after the newer one arrived, and not if that one died; Zalo: explained",
    ),
    "F13": ("two pollers; leader killed", "one works, one waits, 409 handled; taken over in 10 s"),
    "F14": ("two officers press *Tôi nhận* at once", "one wins, the other reads who and when"),
    "F15": ("write lock held 8 s; 15 s", "waits; 503 and repeat; 0 lost"),
    "F16": ("disk full (database; journal)", "no confirm, not ready, outside page; recovers alone"),
    "F17": ("write error, fsync error, read-only", "exits non-zero, nothing confirmed"),
    "F18": ("PostgreSQL restart, killed backend, 30 s partition", "reconnects, 0 lost"),
    "F19": ("NOTIFY lost", "delivered in 5-10 s by polling"),
    "F20": ("engine emptied under load", "all delivered by the sweep"),
    "F21": ("old code on a new schema", "module stops, not ready, heartbeat ends, nothing corrupt"),
    "F22": (
        "cancelled at 1,500 random points",
        "no half transaction, no stuck lock, re-run changes nothing",
    ),
    "F23": (
        "restore of a 1 h old backup",
        "replayed; same codes; gap labelled; sessions and links void; old buttons bring the current card; erased stays erased",
    ),
    "F24": (
        "429 for one chat; for two; Zalo quota; OA -32",
        "others go on; gate for all workers, survives restart",
    ),
    "F25": (
        "403 blocked; OA -213 … -244",
        "next address or step at once, flagged, administrator told; /start restores",
    ),
    "F26": ("5xx x 50", "back-off <= 5 min, arrives, labelled"),
    "F27": ("time-out or cut after accept; 200 + cut JSON", "labelled repeat"),
    "F28": ("connection refused", "retried, no label"),
    "F29": (
        "401 in mid-run; OA token pair lost",
        "gate shut, other channels carry, outside page, queue kept",
    ),
    "F30": (
        "repeated, re-ordered, edited, week-old updates; lower update_id; two bots, same ids",
        "one case; order per conversation; nothing dropped",
    ),
    "F31": ("500 messages after 23 h down", "all handled, urgent alerts first"),
    "F32": ('card deleted, too old, "not modified", query too old', "new card or ignored"),
    "F33": (
        "unknown type, missing or wrong fields, Zalo `unsupported`, `{}` probe, album, sticker",
        "parked with a human case or fixed answer; polling goes on",
    ),
    "F34": ("clock +1 day, -1 day, +30 s", "alarm; no timer lost or doubled"),
    "F35": (
        "down 6 h over 3 steps, each level",
        "urgent: first + current step; others one per delay; no blast",
    ),
    "F36": (
        "quiet hours with urgent, with reminder; reporter's safe window, unsafe mark",
        "now; at window end, bundled; inside the window; never",
    ),
    "F37": (
        "Tết, swap Saturday, 24/11, year end, leap day",
        "every instant and explanation as signed",
    ),
    "F38": ("zone with summer time, fold and gap", "fires once"),
    "F39": (
        "policy edited, step deleted, hamlet re-owned during a case",
        "snapshot rules; a missing step is passed over upward",
    ),
    "F40": (
        "officer deleted, on leave, nobody on duty, substitutes in a loop",
        "city or administrator step, never silence",
    ),
    "F41": (
        "acknowledged, then nothing",
        "back to `received`, same person and one step up; after an act: holder, then leader",
    ),
    "F42": (
        "no or wrong secret or signature, GET, 10 MiB, wrong type",
        "401, 405, 413, 400; nothing stored; constant-time compare",
    ),
    "F43": (
        "press with other case, other commune, old rev, random bytes, 65 bytes; typed OA payload",
        "refused in plain words, audited",
    ),
    "F44": (
        "SQL, HTML, Markdown, `</b>`, `tg://`, 4,097 characters",
        "shown literally, split; parse error falls back to plain",
    ),
    "F45": (
        "bidi overrides, zero-width, combining floods",
        "neutralised on cards and pages, raw kept as evidence",
    ),
    "F46": ("CR/LF, ANSI in any input", "one JSON line per event"),
    "F47": (
        "10,000 guessed case and access codes",
        "same words and time for none and not yours; lock; alarm; own reporter not locked out",
    ),
    "F48": (
        "invite replayed, shared, expired, wrong role",
        "one winner, nothing visible before the confirmation",
    ),
    "F49": (
        'login link guessed, reused, late, previewed; cross-site POST; stolen cookie after "Không phải tôi"',
        "refused; audit; link still good after a preview",
    ),
    "F50": (
        "1 person 1,000 messages/min; 200 people; album of 100",
        "urgent p95 < 5 s; everything kept; one notice",
    ),
    "F51": (
        "50 MB, zip bomb, polyglot, pixel bomb, EXIF GPS, lying type, media URL to a private host",
        "report kept; file refused or cleaned",
    ),
    "F52": (
        "officer of commune A asks for B's case by id, list, count, search, export; excluded person",
        'same answer as "not there", audited',
    ),
    "F53": (
        "audit row changed, deleted, re-ordered, tail cut",
        "`bot audit verify` names the first bad row",
    ),
    "F54": (
        "canary token, key, name, phone, EXIF through every path, DEBUG on, errors forced",
        "0 hits",
    ),
    "F55": (
        "random acts, ticks, crashes against a model",
        "every open case has a future obligation",
    ),
    "F56": (
        "any interleaving of claim, send, finish, expire, freeze",
        "<= 1 owner per generation; no unlabelled second copy stays",
    ),
}

NO_LAPTOP = (  # what a run on one machine cannot show, and why
    "F17, F16: a disk that loses power or lies about what it wrote. Nobody can cut the power of a machine that runs the test; a file that refuses, fills up or fails its fsync stands for it, and a real disk that becomes read-only where the test may mount one.",
    "F18: a network that parts two machines. A proxy between a program and its database that lets nothing through stands for it.",
    "F08, F31: what the messengers themselves do while nobody listens: Telegram keeps what came in for 24 hours, Zalo repeats and then shuts the webhook. Our fakes do what is documented; the real servers are asked by nobody but the operator.",
    "F12: a phone that shows a message taken back. The fake sees the request to delete it, not the screen.",
    "F34: a clock set by the system while a program runs. It would be set for the whole machine; the program is given a clock that jumps.",
)
