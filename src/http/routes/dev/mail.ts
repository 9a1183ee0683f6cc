import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { inRole } from '../../../database/transaction.ts'
import { listKeptMails, readKeptMail } from '../../../domains/notifications/index.ts'
import { mailDelivery } from '../../../platform/mail/delivery.ts'
import type { App, Context } from '../../context.ts'
import { isLocalRequest } from './local-request.ts'
import { MAIL_POLICY, PAGE_POLICY, renderMail, renderMailList } from './mail-page.ts'

/**
 * The mails that were kept because no mail server is set up, links and all. For whoever sits at this machine: to
 * anybody else, and wherever mails are sent or the database is another's, these pages do not exist.
 */
export default function keptMailRoutes(app: App, { pool, configuration }: Context): void {
  if (mailDelivery(configuration) !== 'kept') return
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isLocalRequest(request)) return reply.callNotFound()
  }
  const options = { config: { open: true as const, rateLimit: false as const }, onRequest }
  const params = Type.Object({ id: Type.String({ format: 'uuid' }) })
  const find = (id: string) => inRole(pool, 'tenantry_jobs', tx => readKeptMail(tx, { id }))

  app.get('/dev/mail', { ...options, schema: { hide: true } }, async (_request, reply) => {
    const mails = await inRole(pool, 'tenantry_jobs', tx => listKeptMails(tx, { limit: 200 }))
    return sendPage(reply, PAGE_POLICY, renderMailList(mails))
  })

  app.get('/dev/mail/:id', { ...options, schema: { hide: true, params } }, async (request, reply) => {
    const mail = await find(request.params.id)
    return mail === undefined ? reply.callNotFound() : sendPage(reply, PAGE_POLICY, renderMail(mail))
  })

  app.get('/dev/mail/:id/html', { ...options, schema: { hide: true, params } }, async (request, reply) => {
    const mail = await find(request.params.id)
    if (mail === undefined) return reply.callNotFound()
    return sendPage(reply, MAIL_POLICY, mail.html.replace('<head>', '<head>\n<base target="_top">'))
  })
}

function sendPage(reply: FastifyReply, policy: string, page: string): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page)
}
