import { AppError } from '../../platform/errors.ts'
import type { LinkPurpose } from './link.ts'

export const sessionMissing = () =>
  new AppError(
    'identity.session_missing',
    'unauthenticated',
    'This is for members who are signed in. Sign in first (POST /v1/sessions) and send the cookie that it sets.',
  )

export const sessionEnded = () =>
  new AppError(
    'identity.session_ended',
    'unauthenticated',
    'This session has ended: it was signed out, is too old, or was not used for two weeks. Sign in again.',
  )

/** Said of an unknown address and of a wrong password alike: nobody learns which addresses have an account. */
export const signInRefused = () =>
  new AppError(
    'identity.sign_in_refused',
    'unauthenticated',
    'The e-mail address or the password is wrong. Check both, or ask for a link to set a new password.',
  )

export const signInLocked = (seconds: number) =>
  new AppError(
    'identity.sign_in_locked',
    'rate_limited',
    `The password was wrong too often. Try again in ${minutes(seconds)}, or ask for a link to set a new password; whoever is signed in stays so.`,
    { retry_after_seconds: seconds },
  )

export const networkLocked = (seconds: number) =>
  new AppError(
    'identity.network_locked',
    'rate_limited',
    `Too many sign-ins from this network failed. Try again in ${minutes(seconds)}; whoever is signed in stays so.`,
    { retry_after_seconds: seconds },
  )

export const accountDisabled = () =>
  new AppError(
    'identity.account_disabled',
    'forbidden',
    'This account was disabled. Ask an owner or admin of your organization to enable it again.',
  )

export const emailUnverified = () =>
  new AppError(
    'identity.email_unverified',
    'forbidden',
    'Your e-mail address is not verified yet. Open the link in the mail that was sent to it, or have it sent again (POST /v1/organizations/{organizationId}/email-verifications).',
  )

export const emailVerifiedAlready = () =>
  new AppError(
    'identity.email_verified_already',
    'conflict',
    'This e-mail address is verified already; there is nothing to do.',
  )

export const emailUnchanged = () =>
  new AppError(
    'identity.email_unchanged',
    'conflict',
    'This is the address that you have already. Give the new one.',
  )

export const passwordUnfit = (message: string) => new AppError('identity.password_unfit', 'invalid', message)

export const passwordWrong = () =>
  new AppError(
    'identity.password_wrong',
    'forbidden',
    'The current password is wrong. Check it; if you have forgotten it, sign out and ask for a link to set a new one.',
  )

export const passwordLocked = (seconds: number) =>
  new AppError(
    'identity.password_locked',
    'rate_limited',
    `The current password was wrong too often. Try again in ${minutes(seconds)}. You stay signed in.`,
    { retry_after_seconds: seconds },
  )

export const linkUnknown = (purpose: LinkPurpose) =>
  new AppError(
    'identity.link_unknown',
    'not_found',
    `This link is not known. Open it once more from the mail, whole as it is; if it was replaced by a newer one, use that. ${ANOTHER[purpose]}`,
  )

export const linkUsed = (purpose: LinkPurpose) =>
  new AppError(
    'identity.link_used',
    'gone',
    `This link was used already, and it works once. ${ANOTHER[purpose]}`,
  )

export const linkExpired = (purpose: LinkPurpose, expiredAt: Date) =>
  new AppError(
    'identity.link_expired',
    'gone',
    `This link worked until ${expiredAt.toISOString()}. ${ANOTHER[purpose]}`,
    { expired_at: expiredAt.toISOString() },
  )

export const linksTooMany = () =>
  new AppError(
    'identity.links_too_many',
    'rate_limited',
    'Several of these mails were sent a short time ago. Look for them, also among the spam, and use the newest.',
  )

export const sessionNotFound = (sessionId: string) =>
  new AppError(
    'identity.session_not_found',
    'not_found',
    `You have no session ${sessionId}. It may have ended; list your sessions anew.`,
  )

export const mailNotSetUp = () =>
  new AppError(
    'identity.mail_not_set_up',
    'unavailable',
    'This needs to send a mail, and no mail is set up. Whoever runs this server sets SMTP_URL and MAIL_FROM, or makes a link by hand: tenantry user password-link --email ADDRESS (for a new organization: tenantry organization create).',
  )

export const userUnknown = (email: string) =>
  new AppError(
    'identity.user_unknown',
    'not_found',
    `Nobody has the e-mail address ${email}. Check it, or make the member with tenantry user create.`,
    { email },
  )

const ANOTHER: Readonly<Record<LinkPurpose, string>> = {
  verify_email: 'If your address is still unverified, sign in and have another mail sent.',
  reset_password: 'If the password is still not set, ask for another link where you sign in.',
  set_password: 'If the password is still not set, ask for another link where you sign in.',
  change_email: 'If the address is still the former one, ask for the change again in your profile.',
}

const minutes = (seconds: number) => (seconds <= 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`)
