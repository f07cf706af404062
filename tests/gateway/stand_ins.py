# ruff: noqa: ARG002 - the signatures are the services' own
"""Stock nameko services that know only Ada, in a process of their own: what the gateway calls over a real broker.

`python -m tests.gateway.stand_ins AMQP_URI` prints `ready` once all listen. Nothing of them is ours but the answers.
"""

import sys
import time

import eventlet

eventlet.monkey_patch()

import nameko.rpc  # noqa: E402 - nameko wants to be imported green
from joserfc import jwt  # noqa: E402
from joserfc.jwk import OKPKey  # noqa: E402
from kombu import Exchange  # noqa: E402
from nameko.extensions import DependencyProvider  # noqa: E402
from nameko.rpc import Responder, rpc  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

from chassis.errors import Conflict, Invalid, NotFound, Rejected, Unavailable  # noqa: E402
from tests.gateway.stand_ins_known import CODE, NAME, PASSWORD  # noqa: E402

ADA = "ADA"
KEY = OKPKey.generate_key("Ed25519", {"kid": "stand-in", "use": "sig"}, private=True)
PROFILE = {
    "candidate_id": ADA, "name": NAME, "first_name": "Ada", "last_name": "<Lovelace>", "country": "GB",
    "email": "ada@example.org", "complete": True, "missing": [], "mapping": "", "birth_date": "1990-12-10",
    "wants_news": False,
    "external_ids": {"cisco_com": "ada@example.org", "csco": "CSCO00001815", "vue": "", "credly": ""},
    "address": {
        "lines": ["12 Box Hill Road"], "city": "Dorking", "state": "", "postal_code": "RH5 6BY", "country": "GB",
    },
    "company": None, "company_listed": False, "company_waits": False, "job_title": None,
    "local_script": None, "directory": [],
    "guardian": "not-needed", "guardian_email": None, "erased_on": None, "suspended": False,
}  # fmt: skip
CCNA = {
    "certification": "ccna", "name": "CCNA", "abbreviation": "CCNA", "group": "Associate", "level": "associate",
    "status": "active", "active_on": "2024-05-29", "expires_on": "2027-05-29", "emeritus_until": None, "until": None,
    "reason": None,
}  # fmt: skip
PASSED = {
    "result_id": "R1", "exam": "200-301", "acronym": "CCNA", "title": "Networking basics", "exam_version": "v1.1",
    "taken_on": "2024-05-29", "attempt": 1, "outcome": "pass", "score": 870, "next_allowed_on": "2024-11-26",
    "language": "en", "delivery": "centre", "site": "Amsterdam", "score_report": True, "missing_from": None,
    "missing": False,
}  # fmt: skip
KIT = {
    "kit_id": "K1", "certification": "ccna", "name": "CCNA", "kind": "certificate", "status": "pending",
    "offered_on": "2024-05-29", "claimed_on": None, "order_number": None, "promise_from": None, "promise_until": None,
    "claimable": True, "why_not": None,
}  # fmt: skip
TRANSCRIPT = {
    "transcript_id": "T1", "state": "enabled", "view_until": "2027-02-21", "show_dates": True, "show_address": False,
    "include_expired": False, "certifications": None, "remarks": "Hello", "private_notes": "for ACME",
    "disclosures": [
        {"disclosure_id": "D1", "code": CODE, "until": "2027-02-21", "disclosed_at": "2026-11-23T10:00:00+00:00"}
    ],
}  # fmt: skip
STEPS = {
    "GRACE": {"complete": False, "missing": ["address", "birth_date", "wants_news"], "birth_date": None,
              "wants_news": None, "address": None},
    "LINUS": {"complete": False, "missing": ["address"], "mapping": "legacy-booking"},
}  # fmt: skip
"""Grace has not filled in her profile yet; Linus's account and record are not joined."""
ADDRESS_FORMS = {
    "GB": {
        "order": ["lines", "city", "postal_code"], "required": ["city", "lines", "postal_code"],
        "state_kind": "province", "city_kind": "post_town", "postal_kind": "postal", "states": [],
        "postal_example": "EC1Y 8SY",
    },
    "JP": {
        "order": ["postal_code", "state", "lines"], "required": ["lines", "postal_code", "state"],
        "state_kind": "prefecture", "city_kind": "city", "postal_kind": "postal",
        "states": [{"key": "東京都", "names": ["Tokyo", "東京都"]}], "postal_example": "154-0023",
    },
}  # fmt: skip
CASE = {
    "case_id": "CASE1", "kind": "other", "state": "waiting", "opened_at": "2026-11-23T10:00:00+00:00",
    "changed_at": "2026-11-23T11:00:00+00:00",
    "messages": [
        {"text": "Help!\nPlease.", "at": "2026-11-23T10:00:00+00:00", "from_support": False,
         "files": [{"file_id": "F1", "name": "passport.png", "media_type": "image/png", "size": 1200}]},
        {"text": "How?", "at": "2026-11-23T11:00:00+00:00", "from_support": True, "files": []},
    ],
}  # fmt: skip
SESSIONS = [
    {
        "session_id": "S1", "device": "Firefox on Linux", "started_at": "2026-11-23T10:00:00+00:00",
        "until": "2026-11-23T22:00:00+00:00", "opened_by": "passkey",
    },
    {
        "session_id": "S2", "device": "", "started_at": None, "until": "2026-11-23T22:00:00+00:00",
        "opened_by": "password",
    },
]  # fmt: skip
TOLD = {
    "on": "2024-05-29", "certification": "ccna", "name": "CCNA", "what": "earned", "old_expires_on": None,
    "expires_on": "2027-05-29", "reason": None,
}  # fmt: skip


NEWS = {
    "announcement_id": "N1", "title": "New lab in Berlin", "text": "Opens in May.\nSeats are few.",
    "shown_from": "2026-11-20T12:00:00+00:00", "shown_until": "2026-12-20T12:00:00+00:00",
}  # fmt: skip
SOON = {
    "certification": "ccna", "name": "CCNA", "expires_on": "2027-05-29", "days_left": 177,
    "renewal": {
        "option": "RC-A6", "exams": [], "credits": 6, "price_usd": 0, "earns": [],
        "renews": [{"certification": "ccna", "name": "CCNA", "expires_on": "2029-11-24"}],
    },
}  # fmt: skip


def happened(at, code, **details):
    return {"at": f"2026-11-{at}:00+00:00", "code": code, "details": details}


EXAM = {
    "exam": "200-301", "acronym": "CCNA", "title": "Networking basics", "minutes": 120, "price": 30000,
    "currency": "USD", "track": "enterprise", "role": "associate", "delivery": ["site", "online"], "lab": False,
    "last_test_on": None,
}  # fmt: skip
CREDITS = {
    "terms": "2026-11-01", "accepted": "2026-11-01", "accepted_on": "2026-11-02", "claims": [], "as_of": "2026-11-23",
    "balance": {
        "approved": 24, "pending": 0, "required": 30, "level": "associate", "cycle_ends_on": "2027-05-29",
        "exam_adds": [{"role": "core", "points": 20}],
    },
}  # fmt: skip


WRITTEN = {"candidate_id": ADA, "written": None}
ORDERS = {}
PREFERENCES = {"language": None, "time_zone": None, "date_format": None}
WITHDRAWN = set()
DISMISSED = set()


class DirectResponder(Responder):
    """Stock nameko answers into its own exchange; direct reply-to lives in the default one."""

    def __init__(self, amqp_uri, exchange, serializer, message, **options):
        if message.properties["reply_to"].startswith("amq.rabbitmq.reply-to"):
            exchange = Exchange("")
        super().__init__(amqp_uri, exchange, serializer, message, **options)


nameko.rpc.Responder = DirectResponder


class Headers(DependencyProvider):
    """The headers of the call at hand."""

    def get_dependency(self, worker_ctx):
        return worker_ctx.data


class Echo:
    name = "echo"
    headers = Headers()

    @rpc
    def say(self, words, **more):
        return {"words": words, **more}

    @rpc
    def told(self):
        return {name: value for name, value in self.headers.items() if name.startswith(("certtrack.", "trace"))}

    @rpc
    def rest(self, pause):
        time.sleep(pause)
        return "awake"

    @rpc
    def refuse(self, kind):
        kinds = {"Rejected": Rejected, "NotFound": NotFound, "Conflict": Conflict, "Invalid": Invalid}
        raise {**kinds, "Unavailable": Unavailable, "ValueError": ValueError}[kind]("some-code")


class Identity:
    name = "identity"

    @rpc
    def jwks(self):
        return {"keys": [KEY.as_dict(private=False)]}

    @rpc
    def log_in(self, email, password, network="", device=""):
        if email == "unconfirmed@example.org":
            raise Rejected("email-not-confirmed")
        if email == "paused@example.org":
            raise Rejected("log-in-paused")
        if password != PASSWORD:
            raise Rejected("log-in-refused")
        if email == "careful@example.org":
            return {"second_factor": "ADA.pending"}
        if email == "grace@example.org":
            return {
                "candidate_id": "GRACE",
                "session": "grace.s",
                "token": token("GRACE", ["candidate"]),
                "expires_at": "",
            }
        if email == "linus@example.org":
            return {
                "candidate_id": "LINUS",
                "session": "linus.s",
                "token": token("LINUS", ["candidate"]),
                "expires_at": "",
            }
        return {"candidate_id": ADA, "session": "ada.secret", "token": token(ADA, ["candidate"]), "expires_at": ""}

    @rpc
    def refresh(self, session):
        return {"candidate_id": ADA, "token": token(ADA, ["candidate"]), "expires_at": ""}

    @rpc
    def log_out(self, session):
        return {}

    @rpc
    def issue_token(self, subject, roles, lifetime_seconds):
        return {"token": token(subject, roles, lifetime_seconds)}

    @rpc
    def profile(self, candidate_id):
        return PROFILE | STEPS.get(candidate_id, {})

    @rpc
    def overview(self, candidate_id, language=""):
        news = [] if (candidate_id, "N1") in DISMISSED else [NEWS]
        return {"profile": PROFILE, "announcements": news, "activity": [happened("20T09:00", "address-changed")],
                "good_for": 60}  # fmt: skip

    @rpc
    def announcements(self, candidate_id, language=""):
        return [] if (candidate_id, "N1") in DISMISSED else [NEWS]

    @rpc
    def dismiss_announcement(self, candidate_id, announcement_id):
        if announcement_id != "N1":
            raise Rejected("announcement-unknown")
        DISMISSED.add((candidate_id, announcement_id))
        return {"announcement_id": announcement_id, "written": ["identity", "e1", 0, 11]}

    @rpc
    def register(self, **account):
        return {"candidate_id": ADA, "written": ["identity", "e1", 0, 1]}

    @rpc
    def give_birth_date(self, candidate_id, birth_date):
        if birth_date > "2015":
            raise Rejected("too-young", youngest=13)
        return {"candidate_id": candidate_id, "written": None}

    @rpc
    def answer_news(self, candidate_id, wanted):
        return {"candidate_id": candidate_id, "written": None}

    @rpc
    def join_record(self, candidate_id, external_id, birth_date):
        if external_id != "VUE-1815":
            raise Rejected("record-not-found")
        return {"candidate_id": "S1"}

    @rpc
    def open_kits(self, candidate_id):
        return {"until": "2027-03-01", "given_up": False}

    @rpc
    def open_case(self, kind, text, candidate_id="", email=""):
        return {"case_id": "CASE1"}

    @rpc
    def cases(self, candidate_id):
        return [{name: value for name, value in CASE.items() if name != "messages"}]

    @rpc
    def case(self, case_id, candidate_id="", key=""):
        if case_id != "CASE1" or not (candidate_id or key == "right"):
            raise NotFound("case-unknown")
        return CASE

    @rpc
    def reply_to_case(self, case_id, text, candidate_id="", key="", files=()):
        return {"case_id": case_id}

    @rpc
    def report_candidate(self, **person):
        return {"candidate_id": "S1", "csco_id": "CSCO00001815", "written": None}

    @rpc
    def mail_confirmation(self, email):
        return {"sent": "if-known"}

    @rpc
    def mail_unlock(self, email):
        return {"sent": "if-known"}

    @rpc
    def mail_password_link(self, email):
        return {"sent": "if-known"}

    @rpc
    def prove_log_in(self, second_factor, code, network="", device=""):
        if second_factor != "ADA.pending":
            raise Rejected("second-factor-over")
        if code != "287082":
            raise Rejected("code-wrong")
        return {"candidate_id": ADA, "session": "ada.secret", "token": token(ADA, ["candidate"]), "expires_at": ""}

    @rpc
    def second_factor(self, candidate_id):
        passkey = {"passkey_id": "PK1", "name": "My phone", "registered_at": "2026-11-20T09:00:00+00:00",
                   "used_at": None}  # fmt: skip
        return {"authenticator": candidate_id == "GRACE", "recovery_codes_left": 9 if candidate_id == "GRACE" else 0,
                "passkeys": [passkey]}  # fmt: skip

    @rpc
    def new_authenticator(self, candidate_id, session_id):
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        return {"secret": secret, "address": f"otpauth://totp/Certtrack:ada%40example.org?secret={secret}"}

    @rpc
    def turn_on_authenticator(self, candidate_id, session_id, code):
        if code != "287082":
            raise Rejected("code-wrong")
        return {"recovery_codes": ["abcde-fghjk", "mnpqr-stuvw"]}

    @rpc
    def turn_off_authenticator(self, candidate_id, password, code):
        if password != PASSWORD:
            raise Rejected("password-wrong")
        return {}

    @rpc
    def renew_recovery_codes(self, candidate_id, code):
        return self.turn_on_authenticator(candidate_id, "", code)

    @rpc
    def passkey_options(self, candidate_id):
        return {
            "challenge": "YQ",
            "rp": {"id": "localhost", "name": "Certtrack"},
            "user": {"id": "QURB", "name": "<ada>"},
        }

    @rpc
    def passkey_log_in_options(self):
        return {"challenge": "YQ", "rpId": "localhost", "allowCredentials": []}

    @rpc
    def register_passkey(self, candidate_id, name, credential):
        if credential.get("id") != "PK2":
            raise Rejected("passkey-refused")
        return {"passkey_id": "PK2"}

    @rpc
    def rename_passkey(self, candidate_id, passkey_id, name):
        if passkey_id != "PK1":
            raise Rejected("passkey-unknown")
        return {"passkey_id": passkey_id}

    @rpc
    def remove_passkey(self, candidate_id, passkey_id):
        return {"passkey_id": passkey_id}

    @rpc
    def log_in_by_passkey(self, credential, network="", device=""):
        if credential.get("id") != "PK1":
            raise Rejected("passkey-refused")
        return {"candidate_id": ADA, "session": "ada.secret", "token": token(ADA, ["candidate"]), "expires_at": ""}

    @rpc
    def programs(self, candidate_id):
        app = {"client_id": "APP1", "name": "Ada's app", "scopes": ["openid", "email"],
               "since": "2026-11-20T09:00:00+00:00", "used_at": "2026-11-23T09:00:00+00:00"}  # fmt: skip
        return [app] if candidate_id == ADA else []

    @rpc
    def withdraw_program(self, candidate_id, client_id):
        return {"ended": 1 if client_id == "APP1" else 0}

    @rpc
    def begin_sign_on(self):
        return {"address": "https://id.example/authorize?state=S", "pending": "sealed"}

    @rpc
    def log_in_by_sign_on(self, pending, answer, candidate_id="", network="", device=""):
        told = {"ticket": "T", "known": answer.get("code") == "known", "email": "ada@example.org",
                "first_name": "Ada", "last_name": ""}  # fmt: skip
        opened = {"candidate_id": ADA, "session": "ada.secret", "token": token(ADA, ["candidate"]), "expires_at": ""}
        if answer.get("code") == "connected":
            return {"connected": True} if candidate_id else opened
        if answer.get("code") == "careful":
            return {"second_factor": "ADA.pending"}
        if "error" in answer or answer.get("state") != "S":
            raise Rejected("sign-on-refused" if "error" in answer else "sign-on-over")
        return told

    @rpc
    def register_by_sign_on(
        self, ticket, first_name, last_name, country, privacy_version, terms_version, network="", device=""
    ):
        if last_name == "Taken":
            raise Rejected("email-taken")
        return {"candidate_id": ADA, "session": "ada.secret", "token": token(ADA, ["candidate"]), "expires_at": ""}

    @rpc
    def connect_sign_on(self, candidate_id, ticket):
        if candidate_id != ADA:
            raise Rejected("sign-on-taken")
        return self.sign_on("GRACE")

    @rpc
    def disconnect_sign_on(self, candidate_id):
        if candidate_id != ADA:
            raise Rejected("last-way-in")
        return {}

    @rpc
    def sign_on(self, candidate_id):
        since = "2026-11-20T09:00:00+00:00" if candidate_id == "GRACE" else None
        return {"offered": True, "since": since, "password": since is None}

    @rpc
    def remind_of_email(self, name, country, external_id, exam_on):
        return {"sent": "if-known"}

    @rpc
    def confirm_email(self, link):
        if link != "ADA.secret":
            raise Rejected("link-not-valid")
        return {"written": None}

    @rpc
    def unlock_account(self, link):
        return self.confirm_email(link)

    @rpc
    def reset_password(self, link, password):
        if password == "password1234":
            raise Rejected("password-known")
        return self.confirm_email(link)

    @rpc
    def change_password(self, candidate_id, current, password, session_id):
        if current != PASSWORD:
            raise Rejected("password-wrong")
        return {"candidate_id": candidate_id, "written": None}

    @rpc
    def sessions(self, candidate_id):
        return SESSIONS

    @rpc
    def end_session(self, candidate_id, session_id):
        return {"session_id": session_id}

    @rpc
    def log_out_everywhere(self, candidate_id, but=""):
        return {"ended": 2}

    @rpc
    def log_in_history(self, candidate_id):
        return [{"at": "2026-11-23T10:00:00+00:00", "what": "failed", "device": "Firefox on Linux"}]

    @rpc
    def mailbox(self, to):
        text = "Dear Ada,\n\nplease confirm.\n\nConfirm:\nhttp://127.0.0.1:8080/confirm?link=ADA.secret\n"
        return [{"number": "1", "to": "ada@example.org", "subject": "Hello", "text": text, "sent_at": 1.8e9}]

    @rpc
    def company_names(self):
        return ["Cisco Systems", "IBM"]

    @rpc
    def change_company(self, candidate_id, company):
        return WRITTEN

    @rpc
    def change_job_title(self, candidate_id, job_title):
        return WRITTEN

    @rpc
    def change_local_script(self, candidate_id, name, lines):
        return WRITTEN

    @rpc
    def choose_directory(self, candidate_id, listed, shown):
        if "company" in shown:
            raise Rejected("minors-are-not-listed")
        return WRITTEN

    @rpc
    def confirm_profile(self, candidate_id):
        return WRITTEN

    @rpc
    def ask_guardian(self, candidate_id, guardian_name, guardian_email):
        if guardian_email == "ada@example.org":
            raise Rejected("guardian-is-candidate")
        return WRITTEN

    @rpc
    def guardian_question(self, link):
        if link != "good":
            raise Rejected("link-not-valid")
        return {"name": NAME, "state": "asked"}

    @rpc
    def answer_as_guardian(self, link, consents):
        if link != "good":
            raise Rejected("link-not-valid")
        return {"state": "consented" if consents else "revoked", "written": None}

    @rpc
    def request_erasure(self, candidate_id, give_up_kits=False):
        return {"candidate_id": candidate_id, "erased_on": "2026-12-11", "written": None}

    @rpc
    def withdraw_erasure(self, candidate_id):
        return WRITTEN

    @rpc
    def own_account_facts(self, candidate_id, before=None):
        consent = {"document": "site-terms", "version": "7", "given_at": "2026-11-23T10:00:00+00:00"}
        fact = {"source": "identity", "position": 1, "at": "2026-11-23T10:00:00+00:00", "name": "account-registered",
                "fields": {"first_name": "Ada", "consents": [consent]}}  # fmt: skip
        return {"facts": [fact], "before": None}

    @rpc
    def address_form(self, country):
        return ADDRESS_FORMS.get(country, ADDRESS_FORMS["GB"])

    @rpc
    def change_address(self, candidate_id, lines, **address):
        if "PO Box 12" in lines:
            raise Rejected("po-box-address")
        warnings = ["private-mailbox"] if "PMB 12" in lines else []
        return {"candidate_id": candidate_id, "warnings": warnings, "written": ["identity", "e1", 0, 7]}

    @rpc
    def preferences(self, candidate_id):
        return PREFERENCES

    @rpc
    def change_preferences(self, candidate_id, language, time_zone, date_format):
        if time_zone == "Mars/Olympus":
            raise Invalid(
                "invalid", fields={"time_zone": ["A time zone such as Europe/Berlin, as in the IANA database."]}
            )
        PREFERENCES.update(language=language, time_zone=time_zone, date_format=date_format)
        return {**PREFERENCES, "written": ["identity", "e1", 0, 10]}

    @rpc
    def change_language(self, candidate_id, language):
        PREFERENCES.update(language=language)
        return {"language": language, "written": ["identity", "e1", 0, 11]}

    @rpc
    def erase(self, candidate_id):
        return {"candidate_id": candidate_id, "written": ["identity", "e1", 0, 9]}


class Knows:
    @rpc
    def own_facts(self, candidate_id, before=None):
        return {"facts": [], "before": None}


class Testing(Knows):
    name = "testing"

    @rpc
    def provider_pages(self):
        return {"profile": "https://provider.example/profile", "self_service": "https://provider.example/help"}

    @rpc
    def find_exams(self, words="", access_code=""):
        return {"groups": [{"name": "Proctored Exams", "exams": [EXAM]}], "total": 1}

    @rpc
    def appointments(self, candidate_id, page=1, page_size=50):
        return {"appointments": [], "total": 0}

    @rpc
    def accommodations(self, candidate_id):
        return {"kinds": ["extra-time"], "requests": []}

    @rpc
    def receipts(self, candidate_id, page=1, page_size=50):
        return []

    @rpc
    def practical_exams(self, candidate_id):
        return []

    @rpc
    def challenges(self, candidate_id):
        return {"objections": [], "skill_challenges": []}

    @rpc
    def challengeable(self, candidate_id):
        return [{
            "kind": "exam-item", "matter_kind": "result", "matter_id": "R1", "exam": "200-301", "since": "2026-11-20",
            "closes_on": "2026-12-05", "fee_cents": 0,
        }]  # fmt: skip

    @rpc
    def sanctions(self, candidate_id):
        return []

    @rpc
    def history(self, candidate_id, sort="taken_on", descending=True, page=1, page_size=50, outcome=None, year=None):
        return {"results": [PASSED], "total": 2 * page_size + 1, "years": [2024]}

    @rpc
    def take_records(self, records):
        answers = [
            {"line": one["line"], "id": one["record"]["id"], "state": one["record"]["state"], "code": "unknown-exam",
             "details": {}}
            for one in records
        ]  # fmt: skip
        return {"answers": answers, "written": ["testing", "e1", 0, 6]}

    @rpc
    def overview(self, candidate_id):
        told = {name: PASSED[name] for name in ("result_id", "exam", "title", "taken_on", "outcome")}
        return {
            "history": {"results": [PASSED], "total": 1},
            "activity": [happened("21T10:00", "result-received", **told)],
            "received": [{**told, "at": "2026-11-21T10:00:00+00:00", "counts_as": "R1"}],
        }

    @rpc
    def report_result(self, provider_reference, **result):
        if provider_reference == "P-other":
            raise Rejected("provider-record-contradicts")
        return {"result_id": "R1", "written": ["testing", "e1", 0, 3]}

    @rpc
    def revoke_result(self, result_id, reason):
        return {"result_id": result_id, "written": ["testing", "e1", 0, 4]}


class Certification(Knows):
    name = "certification"

    @rpc
    def credits(self, candidate_id):
        return CREDITS

    @rpc
    def credit_items(self, words="", page=1, page_size=50):
        return {"items": [], "total": 0}

    @rpc
    def agreement(self, candidate_id):
        version = {"version": "2026-11-01", "starts_on": "2026-11-01", "accepted": []}
        return {"current": "2026-11-01", "stands": False, "waiting": [], "versions": [version]}

    @rpc
    def status(self, candidate_id):
        return {
            "certifications": [CCNA], "in_progress": [], "ce_balance": 24, "waiting": [], "as_of": "2026-11-23",
        }  # fmt: skip

    @rpc
    def history(self, candidate_id):
        return [TOLD]

    @rpc
    def overview(self, candidate_id):
        earned = happened("21T10:01", "earned", certification="ccna", name="CCNA", kit="certificate")
        return {
            "status": self.status(candidate_id),
            "expirations": [SOON],
            "activity": [earned],
            "outcomes": {"R1": {"matched_at": "2026-11-21T10:00:30+00:00", "brought": [earned]}},
        }

    @rpc
    def expirations(self, candidate_id, within_days=180):
        return [{"certification": "ccna", "name": "CCNA", "expires_on": "2027-05-29", "days_left": 177}]

    @rpc
    def reached(self, marks, wait_ms):
        return {"reached": True, "heads": [["certification", "e1", 0, 12]]}


class Fulfillment(Knows):
    name = "fulfillment"
    headers = Headers()

    @rpc
    def kits(self, candidate_id):
        return [KIT]

    @rpc
    def overview(self, candidate_id):
        offered = happened("21T10:02", "kit-offered", kit_id="K1", certification="ccna", name="CCNA",
                           kind="certificate")  # fmt: skip
        return {"kits": [KIT], "offered": {"K1": "2026-11-21T10:02:00+00:00"}, "activity": [offered]}

    @rpc
    def claim_kit(self, candidate_id, kit_id, printed_name):
        if printed_name != NAME:
            raise Rejected("printed-name-differs")
        number = ORDERS.setdefault(self.headers["certtrack.command"], f"K-{len(ORDERS) + 1}")
        return {"kit_id": kit_id, "order_number": number, "written": ["fulfillment", "e1", 0, 5]}


class Verification(Knows):
    name = "verification"

    @rpc
    def public_transcript(self, code):
        if code != CODE or code in WITHDRAWN:
            raise NotFound("transcript-not-shown")
        line = {name: CCNA[name] for name in ("certification", "name", "status", "active_on", "expires_on")}
        return {
            "holder": NAME, "remarks": "Hello", "view_until": "2027-02-21", "address": None,
            "certifications": [line], "as_of": "2026-11-23", "private_notes": "for ACME", "lease_ms": 500,
        }  # fmt: skip

    @rpc
    def verify(self, code):
        nothing = dict.fromkeys(("holder", "certification", "name", "active_on", "expires_on", "revoked_on"))
        known = {"holder": NAME, "name": "CCNA", "active_on": "2024-05-29", "expires_on": "2027-05-29"}
        answer = {"answer": "valid-until", **known} if code == CODE else {"answer": "unknown"}
        return {**nothing, **answer, "lease_ms": 500}

    @rpc
    def transcripts(self, candidate_id):
        return [TRANSCRIPT]

    @rpc
    def overview(self, candidate_id):
        shared = happened("23T10:00", "transcript-disclosed", transcript_id="T1", channel="link")
        return {"transcripts": [TRANSCRIPT], "activity": [shared], "minted": {}}

    @rpc
    def codes(self, candidate_id):
        return [{"certification": "ccna", "code": CODE}]

    @rpc
    def create_transcript(self, candidate_id, **shown):
        return {"transcript_id": "T1", "written": ["verification", "e1", 0, 1]}

    @rpc
    def disclose_transcript(self, candidate_id, transcript_id):
        WITHDRAWN.discard(CODE)
        return {"disclosure_id": "D1", "code": CODE, "written": ["verification", "e1", 0, 2]}

    @rpc
    def enable_transcript(self, candidate_id, transcript_id):
        WITHDRAWN.discard(CODE)
        return {"transcript_id": transcript_id, "written": ["verification", "e1", 0, 3]}

    @rpc
    def disable_transcript(self, candidate_id, transcript_id):
        WITHDRAWN.add(CODE)
        eventlet.sleep(0.5)
        return {"transcript_id": transcript_id, "written": ["verification", "e1", 0, 4]}

    @rpc
    def delete_transcript(self, candidate_id, transcript_id):
        raise Rejected("unknown-transcript")

    @rpc
    def reached(self, marks, wait_ms):
        return {"reached": marks != [["identity", "e1", 0, 9]], "heads": []}


def token(subject, roles, lifetime_seconds=600):
    """A token as identity signs it."""
    ends_at = int(time.time()) + lifetime_seconds
    claims = {"iss": "certtrack", "sub": subject, "roles": roles, "sid": "S1", "exp": ends_at}
    return jwt.encode({"alg": "Ed25519", "kid": "stand-in"}, claims, KEY, algorithms=["Ed25519"])


SERVICES = (Echo, Identity, Testing, Certification, Fulfillment, Verification)


def main() -> None:
    names = sys.argv[2:]
    runner = ServiceRunner({"AMQP_URI": sys.argv[1]})
    for service in SERVICES:
        if not names or service.name in names:
            runner.add_service(service)
    runner.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    runner.wait()


if __name__ == "__main__":
    main()
