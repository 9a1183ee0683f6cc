import { Type } from 'typebox'

/** Said where a question reaches back to events that are no longer at hand: their absence is no answer. */
export const ArchivedBefore = {
  archived_before: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'Events before this instant have been archived and are missing here; null where none is.',
  }),
  archive_hint: Type.Union([Type.String(), Type.Null()], { description: 'How to read what is archived.' }),
}

export function archiveOf(archivedBefore: string | null) {
  return {
    archived_before: archivedBefore,
    archive_hint:
      archivedBefore === null
        ? null
        : `Events before ${archivedBefore} are in the archive. Whoever operates the server reads a month of them back with "tenantry archive restore MONTH"; figures are kept for ever.`,
  }
}
