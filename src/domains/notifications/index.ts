/**
 * Notifications: what a user is told, over which channel, how often; and the mails that tell anybody anything.
 * Owns the tables below; nobody else writes them.
 */
export { countUnread } from './count-unread.ts'
export { deliverMail } from './deliver-mail.ts'
export {
  listNotifications,
  type Notification,
  type NotificationPage,
  type Position,
} from './list-notifications.ts'
export type { Mail, MailTemplate } from './mail-templates.ts'
export { markAllRead, markRead, markUnread } from './mark-read.ts'
export { type NewNotification, notify } from './notify.ts'
export { pruneMail } from './prune-mail.ts'
export { type KeptMail, listKeptMails, readKeptMail } from './read-kept-mail.ts'
export { READ_NOTIFICATION_RETENTION } from './retention.ts'
export { sendMail } from './send-mail.ts'

export const tables = ['notifications', 'notification_preferences', 'mail_messages'] as const
