import { Type } from 'typebox'
import { mailDelivery } from '../../../platform/mail/delivery.ts'
import type { App, Context } from '../../context.ts'
import { isLocalRequest } from './local-request.ts'

/** Tells a page that promises a mail where it will be, since nobody waits for one that no server sends. */
export default function mailboxRoutes(app: App, { configuration }: Context): void {
  app.get(
    '/v1/mailbox',
    {
      config: { open: true },
      schema: {
        operationId: 'getMailbox',
        tags: ['Identity'],
        summary: 'Where mails are read that no mail server sends',
        description:
          'Only where the product is tried out: on its own database, without a mail server, for whoever sits at the same machine.',
        response: { 200: Mailbox },
      },
    },
    async request => ({
      kept_at: mailDelivery(configuration) === 'kept' && isLocalRequest(request) ? '/dev/mail' : null,
    }),
  )
}

const Mailbox = Type.Object({
  kept_at: Type.Union([Type.String(), Type.Null()], {
    description: 'The page that shows the mails; null where they go to the address that they are for.',
  }),
})
