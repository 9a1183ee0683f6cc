import { AppError } from '../../platform/errors.ts'

/** Seen by the operator in the log alone: the queue tries again by itself. */
export const mailRefused = (messageId: string, answer: string, cause: unknown) =>
  new Error(`mail ${messageId} was not taken by the mail server and will be tried again: ${answer}`, {
    cause,
  })

export const notificationNotFound = (id: string) =>
  new AppError(
    'notification.not_found',
    'not_found',
    `There is no notification ${id} in your inbox. It may have been removed since; reload the list.`,
    { notification_id: id },
  )
