import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { EventStream } from '../../../src/http/streams/event-stream.ts'

const server = createServer()
server.listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => server.close())

async function open() {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n')
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse]
  return { client, response, stream: new EventStream(response, {}) }
}

test('a client that reads nothing is cut off, and costs no more memory than is said', async () => {
  const { client, response, stream } = await open()
  client.pause()
  const closed = once(response, 'close')
  let most = 0
  while (!response.destroyed) {
    stream.send('metrics', { dates: ['x'.repeat(8_000)] })
    most = Math.max(most, response.writableLength)
    await new Promise(setImmediate)
  }
  await closed
  expect(most).toBeLessThan(128 * 1024)
  stream.send('metrics', {}) // whoever still writes to it does no harm
  stream.beat()
  stream.end()
  client.destroy()
})

test('whoever comes too late to wait for its end is told so', async () => {
  const { client, response, stream } = await open()
  client.destroy()
  await once(response, 'close')
  let told = 0
  stream.onClose(() => {
    told += 1
  })
  expect(told).toBe(1)
})

test('ends the connection with itself', async () => {
  const { client, stream } = await open()
  stream.send('notifications', { unread: 2 })
  stream.end()
  client.setEncoding('utf8')
  let text = ''
  for await (const chunk of client) text += chunk
  expect(text).toContain('event: notifications\ndata: {"unread":2}\n\n')
})
