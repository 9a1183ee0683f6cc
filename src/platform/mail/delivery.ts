import type { Configuration } from '../configuration.ts'

/** What becomes of a mail: `smtp` sends it, `kept` shows it at /dev/mail, `none` can do nothing with it. */
export type MailDelivery = 'smtp' | 'kept' | 'none'

/** A database of our own without a mail server keeps mails: somebody tries the product on this machine. */
export function mailDelivery({ smtpUrl, databaseUrl }: Configuration): MailDelivery {
  if (smtpUrl !== undefined) return 'smtp'
  return databaseUrl === undefined ? 'kept' : 'none'
}

/** Whether a mail reaches anybody. Where it does not, whoever would send one says so and shows another way. */
export const mailIsSetUp = (configuration: Configuration): boolean => mailDelivery(configuration) !== 'none'
