import { isUuid } from '../platform/uuid.ts'

type Formats = { addFormat(name: string, format: true | ((text: string) => boolean)): unknown }

/**
 * What the formats of the schemas demand of a request. A UUID stands in the one form with hyphens: `urn:uuid:` before it
 * is read by some programs and not by the database. What is wrong with a date is said by the domain, which knows the
 * calendar.
 */
export function defineFormats(validator: Formats): void {
  validator.addFormat('uuid', isUuid)
  validator.addFormat('date', true)
}
