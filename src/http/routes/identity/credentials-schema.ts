import { Type } from 'typebox'

/** What is wrong with an address or a password is said by the domain; here only what could be neither. */
export const EmailInput = Type.String({ minLength: 1, maxLength: 320, description: 'An e-mail address.' })

export const PasswordInput = Type.String({ minLength: 1, maxLength: 1_000, format: 'password' })

export const NewPasswordInput = Type.String({
  minLength: 1,
  maxLength: 1_000,
  format: 'password',
  description: 'At least 10 characters; a few words make a good one.',
})

/** What stands behind the # of a link, whole. */
export const SecretInput = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'What stands behind the # of the link: the id of the organization, a dot, and the secret.',
})
