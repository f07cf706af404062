"""How the identity service's facts are called on disk, now and for ever."""

from collections.abc import Callable
from typing import Any

from services.identity.domain import account_facts as account
from services.identity.domain import announcement, case, dismissals, group, partner, preferences, session, shell

VOCABULARY: dict[tuple[str, int], type] = {
    ("account-registered", 1): account.AccountRegistered,
    ("name-changed", 1): account.NameChanged,
    ("password-set", 1): account.PasswordSet,
    ("account-mapped", 1): account.AccountMapped,
    ("address-changed", 1): account.AddressChanged,
    ("profile-completed", 1): account.ProfileCompleted,
    ("login-succeeded", 1): account.LoginSucceeded,
    ("login-failed", 1): account.LoginFailed,
    ("account-mapping-requested", 1): account.AccountMappingRequested,
    ("account-mapping-refused", 1): account.AccountMappingRefused,
    ("birth-date-given", 1): account.BirthDateGiven,
    ("notification-preference-changed", 1): account.NotificationPreferenceChanged,
    ("case-opened", 1): case.CaseOpened,
    ("case-answered", 1): case.CaseAnswered,
    ("case-replied", 1): case.CaseReplied,
    ("case-closed", 1): case.CaseClosed,
    ("candidate-shell-created", 1): shell.CandidateShellCreated,
    ("earlier-booking-reported", 1): shell.EarlierBookingReported,
    ("link-issued", 1): account.LinkIssued,
    ("email-verified", 1): account.EmailVerified,
    ("registration-lapsed", 1): account.RegistrationLapsed,
    ("account-locked", 1): account.AccountLocked,
    ("account-unlocked", 1): account.AccountUnlocked,
    ("email-reminder-mailed", 1): account.EmailReminderMailed,
    ("account-erased", 1): account.AccountErased,
    ("session-started", 1): session.SessionStarted,
    ("session-extended", 1): session.SessionExtended,
    ("session-ended", 1): session.SessionEnded,
    ("preferences-changed", 1): preferences.PreferencesChanged,
    ("partner-added", 1): partner.PartnerAdded,
    ("partner-removed", 1): partner.PartnerRemoved,
    ("group-created", 1): group.GroupCreated,
    ("group-renamed", 1): group.GroupRenamed,
    ("group-permissions-changed", 1): group.GroupPermissionsChanged,
    ("member-added", 1): group.MemberAdded,
    ("member-removed", 1): group.MemberRemoved,
    ("announcement-drafted", 1): announcement.AnnouncementDrafted,
    ("announcement-published", 1): announcement.AnnouncementPublished,
    ("announcement-changed", 1): announcement.AnnouncementChanged,
    ("announcement-withdrawn", 1): announcement.AnnouncementWithdrawn,
    ("announcement-dismissed", 1): dismissals.AnnouncementDismissed,
}

UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], tuple[str, int, dict[str, Any]]]] = {}
