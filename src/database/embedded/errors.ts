import { AppError } from '../../platform/errors.ts'

const ELSEWHERE = 'or set DATABASE_URL to a PostgreSQL 15 or later of your own'

export const noBinaries = (platform: string) =>
  new AppError(
    'database.no_binaries',
    'unavailable',
    `No PostgreSQL is installed for ${platform}. Run \`npm ci\` without --omit=optional, ${ELSEWHERE}.`,
    { platform },
  )

export const binariesDoNotRun = (program: string, reason: string) =>
  new AppError(
    'database.binaries_do_not_run',
    'unavailable',
    `The PostgreSQL that npm installed does not run here (${program}: ${reason}). Its builds need glibc, so not Alpine Linux, and a file system that allows programs. Remove node_modules and run \`npm ci\` again, ${ELSEWHERE}.`,
    { program },
  )

export const noAccount = (reason: string) =>
  new AppError(
    'database.no_account',
    'unavailable',
    `PostgreSQL refuses to run as root and no other account could be used (${reason}). Create one with \`useradd --system postgres\`, start as a user that is not root, ${ELSEWHERE}.`,
  )

export const noPlace = (wanted: string, account: string, tried: readonly string[]) =>
  new AppError(
    'database.no_place',
    'unavailable',
    `The account ${account}, which runs PostgreSQL, can reach neither ${wanted} nor ${tried.join(', ')}. Set TENANTRY_DATA_DIR to a folder whose parents everyone may enter (chmod o+x), ${ELSEWHERE}.`,
    { wanted, account },
  )

export const dataOutOfReach = (data: string, account: string) =>
  new AppError(
    'database.data_out_of_reach',
    'unavailable',
    `The database in ${data} belongs to the account ${account}, which can no longer enter that folder. Give it the way back (chmod o+x on each parent); nothing was changed.`,
    { data, account },
  )

export const folderOfAnother = (path: string) =>
  new AppError(
    'database.folder_of_another_user',
    'forbidden',
    `${path} belongs to another user. Start as that user or as root, or set TENANTRY_DATA_DIR to a folder of your own.`,
    { path },
  )

export const folderUnusable = (path: string, reason: string) =>
  new AppError(
    'database.folder_unusable',
    'unavailable',
    `The folder ${path} cannot be made (${reason}). Set TENANTRY_DATA_DIR to a folder that can, ${ELSEWHERE}.`,
    { path },
  )

export const locationMissing = (pointer: string, location: string) =>
  new AppError(
    'database.location_missing',
    'unavailable',
    `${pointer} says that the database is in ${location}, which is not there. Bring that folder back, or remove ${pointer} to begin with an empty database.`,
    { pointer, location },
  )

export const folderInUse = (folder: string, holder: { pid: number; since: string }) =>
  new AppError(
    'database.folder_in_use',
    'conflict',
    `Process ${holder.pid} has been running the database in ${folder} since ${holder.since}. Stop it first (Ctrl-C there, or \`kill ${holder.pid}\`), or set TENANTRY_DATA_DIR to another folder.`,
    { folder, pid: holder.pid },
  )

export const otherMajorVersion = (data: string, found: number, delivered: number) =>
  new AppError(
    'database.other_major_version',
    'conflict',
    `${data} was written by PostgreSQL ${found}, and this release delivers PostgreSQL ${delivered}; the data is untouched. To go on with it, start the release that wrote it, copy its database with pg_dump and load that here into an empty folder. To begin empty, set TENANTRY_DATA_DIR to another folder.`,
    { data, found, delivered },
  )

export const passwordsMissing = (path: string) =>
  new AppError(
    'database.passwords_missing',
    'unavailable',
    `The database exists, but the file with its passwords, ${path}, is missing or damaged. Restore that file from your backup, or move the folder that holds it away to begin with an empty database.`,
    { path },
  )

export const passwordsRefused = (path: string, pid: number) =>
  new AppError(
    'database.passwords_refused',
    'unavailable',
    `The PostgreSQL that runs on this folder (process ${pid}) refuses the passwords in ${path}. Restore that file from your backup.`,
    { path, pid },
  )

export const doesNotAnswer = (pid: number, reason: string) =>
  new AppError(
    'database.does_not_answer',
    'unavailable',
    `PostgreSQL (process ${pid}) runs on this folder but does not answer (${reason}). Stop it with \`kill -INT ${pid}\` and start again.`,
    { pid },
  )

export const initializeFailed = (reason: string) =>
  new AppError(
    'database.initialize_failed',
    'unavailable',
    `PostgreSQL could not lay out a new database: ${reason}. Put that right and start again; nothing half-made is kept.`,
  )

export const startFailed = (reason: string, log: string) =>
  new AppError(
    'database.start_failed',
    'unavailable',
    `PostgreSQL did not start: ${reason}. Put that right and start again; its log is ${log}.`,
    { log },
  )

export const noPort = (first: number, last: number) =>
  new AppError(
    'database.no_port',
    'unavailable',
    `Every port of 127.0.0.1 from ${first} to ${last} is taken. Free one, ${ELSEWHERE}.`,
  )
