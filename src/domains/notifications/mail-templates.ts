import { type RenderedMail, renderMail } from '../../platform/mail/layout.ts'

/** What each template is told. Addresses of links are whole, with their secret in the fragment. */
export type MailData = {
  /** To a new user: the link proves that the address is theirs. */
  'verify-email': { link: string; organizationName: string }
  'reset-password': { link: string }
  /** To a user whom somebody else made: the link lets them choose a first password. */
  'set-password': { link: string; organizationName: string }
  'password-changed': Record<never, never>
  /** To the new address: only its link changes anything. */
  'change-email': { link: string; email: string }
  /** To the old address, at the same time. */
  'email-change-requested': { email: string }
  /** To both addresses, once it has happened. */
  'email-changed': { email: string; formerEmail: string }
  /** To the owner of a new organization; the link leads to its dashboard and holds no secret. */
  'organization-welcome': { link: string; organizationName: string }
}

export type MailTemplate = keyof MailData

/** A mail to be sent: a template with the data that it needs, to one address. */
export type Mail = {
  [T in MailTemplate]: {
    /** Absent: a mail of the platform itself. */
    readonly organizationId?: string
    readonly to: string
    readonly template: T
    readonly data: MailData[T]
  }
}[MailTemplate]

/** How long each mail is worth sending, in hours: no longer than its link works. */
export const WORTH_SENDING_HOURS: Readonly<Record<MailTemplate, number>> = {
  'verify-email': 72,
  'reset-password': 1,
  'set-password': 168,
  'password-changed': 72,
  'change-email': 24,
  'email-change-requested': 72,
  'email-changed': 72,
  'organization-welcome': 72,
}

/** The mail in its final words. */
export function renderTemplate({ template, data }: Pick<Mail, 'template' | 'data'>): RenderedMail {
  const render = TEMPLATES[template] as (data: Mail['data']) => RenderedMail
  return render(data)
}

const TEMPLATES: { readonly [T in MailTemplate]: (data: MailData[T]) => RenderedMail } = {
  'verify-email': ({ link, organizationName }) =>
    renderMail({
      subject: 'Confirm your e-mail address',
      heading: 'Confirm your e-mail address',
      paragraphs: [`You signed up for ${organizationName}. Confirm that this address is yours to go on.`],
      action: { label: 'Confirm this address', url: link },
      note: 'The link works for three days. If you did not sign up, ignore this mail: without the link nothing is confirmed.',
    }),
  'reset-password': ({ link }) =>
    renderMail({
      subject: 'Reset your password',
      heading: 'Reset your password',
      paragraphs: ['Somebody, most likely you, asked to reset the password of this address.'],
      action: { label: 'Choose a new password', url: link },
      note: 'The link works once, for one hour. If it was not you, ignore this mail: your password stays as it is.',
    }),
  'set-password': ({ link, organizationName }) =>
    renderMail({
      subject: `Your account at ${organizationName}`,
      heading: `You now have an account at ${organizationName}`,
      paragraphs: ['Choose a password, then sign in with this e-mail address.'],
      action: { label: 'Choose a password', url: link },
      note: 'The link works once, for seven days. After that, "Forgot your password?" on the sign-in page sends another.',
    }),
  'password-changed': () =>
    renderMail({
      subject: 'Your password was changed',
      heading: 'Your password was changed',
      paragraphs: ['The password of this address has just been changed.'],
      note: 'If it was not you, reset it at once with "Forgot your password?" on the sign-in page, then tell an owner of your organization.',
    }),
  'change-email': ({ link, email }) =>
    renderMail({
      subject: 'Confirm your new e-mail address',
      heading: 'Confirm your new e-mail address',
      paragraphs: [`You asked to sign in with ${email} from now on. Nothing changes before you confirm.`],
      action: { label: 'Use this address', url: link },
      note: 'The link works once, for one day. If it was not you, ignore this mail.',
    }),
  'email-change-requested': ({ email }) =>
    renderMail({
      subject: 'Your e-mail address is about to change',
      heading: 'Your e-mail address is about to change',
      paragraphs: [
        `Somebody who knows your password asked to sign in with ${email} in place of this address. It changes when that address is confirmed.`,
      ],
      note: 'If it was not you, change your password at once: that also stops the change of address.',
    }),
  'email-changed': ({ email, formerEmail }) =>
    renderMail({
      subject: 'Your e-mail address was changed',
      heading: 'Your e-mail address was changed',
      paragraphs: [`You now sign in with ${email}, and no longer with ${formerEmail}.`],
      note: 'If it was not you, tell an owner of your organization at once.',
    }),
  'organization-welcome': ({ link, organizationName }) =>
    renderMail({
      subject: `${organizationName} is ready`,
      heading: `${organizationName} is ready`,
      paragraphs: [
        'Your organization is set up and you own it.',
        'Next: create an API key, send the first event with it, and watch the overview move.',
      ],
      action: { label: 'Open the dashboard', url: link },
    }),
}
