import type { Configuration } from '../../platform/configuration.ts'
import { mailIsSetUp } from '../../platform/mail/delivery.ts'
import { mailNotSetUp } from './errors.ts'

/** What identity must know to send links: the address that they begin with, and whether mail reaches anybody. */
export type Mail = { readonly url: string; readonly isSetUp: boolean }

export function mailOf(configuration: Configuration): Mail {
  return { url: configuration.url, isSetUp: mailIsSetUp(configuration) }
}

/** Refuses, with what to set up, what would only be waited for in vain. */
export function requireMail({ isSetUp }: Mail): void {
  if (!isSetUp) throw mailNotSetUp()
}
