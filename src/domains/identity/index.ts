/**
 * Identity: how people prove who they are, sign up, sign in, and stay signed in.
 * Owns the tables user_credentials, sessions, one_time_links and sign_in_attempts; nobody else writes them.
 */
export { changePassword } from './change-password.ts'
export { completeEmailChange } from './complete-email-change.ts'
export { completeEmailVerification } from './complete-email-verification.ts'
export { completePasswordReset } from './complete-password-reset.ts'
export { createPasswordLink } from './create-password-link.ts'
export { createSession, type NewSession } from './create-session.ts'
export { endFormerSession } from './end-former-session.ts'
export { endOtherSessions } from './end-other-sessions.ts'
export { endSession } from './end-session.ts'
export { emailUnverified, sessionEnded, sessionMissing } from './errors.ts'
export { findSession, type SessionIdentity } from './find-session.ts'
export { listSessions, type SessionListing } from './list-sessions.ts'
export { type Mail, mailOf } from './mail.ts'
export { type Account, readAccount } from './read-account.ts'
export { recordSessionUse } from './record-session-use.ts'
export { removeExpired } from './remove-expired.ts'
export { requestEmailChange } from './request-email-change.ts'
export { requestPasswordReset } from './request-password-reset.ts'
export { sendEmailVerification } from './send-email-verification.ts'
export { sendPasswordReset } from './send-password-reset.ts'
export { ABSOLUTE_MS, type Device } from './session.ts'
export { signIn } from './sign-in.ts'
export { signUp } from './sign-up.ts'
export { welcomeUser } from './welcome-user.ts'

export const tables = ['user_credentials', 'sessions', 'one_time_links', 'sign_in_attempts'] as const
