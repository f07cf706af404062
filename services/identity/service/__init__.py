"""Identity's entry points: accounts, sessions and keys, announcements, partners, and mail to candidates."""

from chassis.service import Desk, Plan
from services.identity.announcements import announce
from services.identity.projections import (
    METADATA,
    announcements,
    companies,
    consents,
    credentials,
    grants,
    groups,
    open_kits,
    partners,
    people,
    preferred,
    profiles,
    searching,
    sessions,
    shells,
    sign_in,
    standings,
)
from services.identity.projections.accounts import PROJECTION as ACCOUNTS  # a part of this folder has that name
from services.identity.projections.activity import ACTIVITY
from services.identity.projections.cases import PROJECTION as CASES  # a part of this folder has that name
from services.identity.projections.clients import PROJECTION as CLIENTS  # a part of this folder has that name
from services.identity.projections.merges import MERGES
from services.identity.service import case_acts, merges, staff
from services.identity.service.case_files import CaseFiles
from services.identity.service.cases import ACTIONS as CASE_ACTIONS
from services.identity.service.cases import Cases
from services.identity.service.clients import Clients
from services.identity.service.company_reviews import CompanyReviews
from services.identity.service.console import Console
from services.identity.service.daily import Daily
from services.identity.service.farewell import Farewell
from services.identity.service.forgotten_email import ForgottenEmail
from services.identity.service.guardians import Guardians
from services.identity.service.letters import Letters
from services.identity.service.log_ins import LogIns
from services.identity.service.mailed_links import MailedLinks
from services.identity.service.mapping import Mapping
from services.identity.service.merges import Merges
from services.identity.service.notices import Notices
from services.identity.service.open_sessions import OpenSessions
from services.identity.service.openid_provider import OpenIdProvider
from services.identity.service.overview import Overview
from services.identity.service.partner_registry import Partners
from services.identity.service.parts import local_keys
from services.identity.service.passkeys import LogInsByPasskey
from services.identity.service.preferences import CandidatePreferences
from services.identity.service.programs import Programs
from services.identity.service.second_factor import SecondFactor
from services.identity.service.sign_on import SignOns
from services.identity.service.staff import Staff
from services.identity.service.support import Support
from services.identity.service.work import Work
from services.identity.vocabulary import UPCASTS, VOCABULARY

PLAN = Plan(
    source="identity",
    vocabulary=VOCABULARY,
    upcasts=UPCASTS,
    announce=announce,
    projections=(
        ACCOUNTS,
        shells.PROJECTION,
        CASES,
        profiles.PROJECTION,
        people.PROJECTION,
        companies.PROJECTION,
        credentials.PROJECTION,
        sessions.PROJECTION,
        sign_in.PROJECTION,
        CLIENTS,
        grants.PROJECTION,
        consents.PROJECTION,
        partners.PROJECTION,
        groups.PROJECTION,
        searching.PROJECTION,
        ACTIVITY.projection,
        announcements.PROJECTION,
        standings.PROJECTION,
        preferred.PROJECTION,
        MERGES.projection,
        open_kits.PROJECTION,
    ),
    metadata=METADATA,
    reveals=True,
    keys=local_keys,
    aliases=MERGES,
)


class IdentityService(
    Overview,
    Daily,
    Farewell,
    Guardians,
    Work,
    CompanyReviews,
    Cases,
    CaseFiles,
    Mapping,
    Merges,
    CandidatePreferences,
    LogIns,
    SecondFactor,
    LogInsByPasskey,
    SignOns,
    Clients,
    OpenIdProvider,
    Programs,
    MailedLinks,
    ForgottenEmail,
    OpenSessions,
    Letters,
    Notices,
    Partners,
    Staff,
    Console,
    Support,
):
    """Who a candidate is."""

    name = "identity"
    desk = Desk(PLAN)
    actions = (*staff.ACTIONS, *CASE_ACTIONS, *case_acts.ACTIONS, *merges.ACTIONS)
