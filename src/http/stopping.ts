import type { Socket } from 'node:net'
import { AppError } from '../platform/errors.ts'
import type { App } from './context.ts'

/**
 * From the moment the server is told to close, a request that still arrives on an open connection is refused before
 * anything of it is done, and each answer ends its connection: none stays open for a request that cannot come.
 */
export function refuseWhileStopping(app: App): void {
  let isStopping = false
  const connections = new Set<Socket>()
  app.server.on('connection', (connection: Socket) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  app.addHook('preClose', async () => {
    isStopping = true
    // Browsers open connections in advance; the server waits for a request on them, and it would wait in vain.
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy()
  })
  app.addHook('onRequest', async (_request, reply) => {
    if (!isStopping) return
    reply.header('retry-after', 5)
    throw new AppError(
      'server.stopping',
      'unavailable',
      'This server is stopping; nothing was stored. Send the request again in a few seconds.',
    )
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close')
  })
}
