import { AppError } from '../../platform/errors.ts'

export const archiveDamaged = (file: string, faults: readonly string[]) =>
  new AppError(
    'archive.damaged',
    'conflict',
    `${file} is not what was archived: ${faults.join('; ')}. Put a sound copy of it in its place from a backup.`,
    { file, faults },
  )

export const archiveMismatch = (file: string, organizationId: string) =>
  new AppError(
    'archive.mismatch',
    'conflict',
    `${file} does not hold what the database counts for organization ${organizationId}; nothing was deleted, and the next run begins it anew.`,
    { file, organization_id: organizationId },
  )

export const alreadyArchiving = () =>
  new AppError(
    'archive.already_running',
    'conflict',
    'Another process is archiving events right now. Wait until it is done; `tenantry maintain status` says when.',
  )

export const monthInUse = (month: string) =>
  new AppError(
    'archive.month_in_use',
    'unavailable',
    `The events of ${month} are archived, but their partition could not be dropped: something held it all the time. The next run tries again; end long queries to let it through.`,
    { month },
  )

export const monthNotArchived = (month: string) =>
  new AppError(
    'archive.month_not_archived',
    'not_found',
    `No events of ${month} are in the archive. \`tenantry archive list\` shows the months that are.`,
    { month },
  )
