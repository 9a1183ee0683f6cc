import { passwordUnfit } from './errors.ts'

const LEAST = 10
const MOST = 200

/**
 * Refuses a password that is guessed first. Length is what counts: no rules about kinds of characters, which only make
 * passwords alike.
 */
export function checkPassword(password: string, known: { email: string }): void {
  const length = [...password].length
  if (length < LEAST)
    throw passwordUnfit(
      `The password has ${length} characters and needs at least ${LEAST}. A few words make a good one.`,
    )
  if (length > MOST) throw passwordUnfit(`The password has more than ${MOST} characters. Shorten it.`)
  if (new Set(password).size < 5)
    throw passwordUnfit('The password repeats the same few characters. Use a few words instead.')
  const [name = ''] = known.email.toLowerCase().split('@')
  const lower = password.trim().toLowerCase()
  if (lower === known.email.toLowerCase() || (name.length > 2 && lower.replaceAll(name, '').length < 4))
    throw passwordUnfit('The password is the e-mail address, or little more. Use a few words instead.')
}
