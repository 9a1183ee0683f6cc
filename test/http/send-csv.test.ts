import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { expect, test } from 'vitest'
import { type Cell, sendCsv } from '../../src/http/csv.ts'

test('pages are read as the client takes them, not ahead: memory holds a few, however many there are', async () => {
  let read = 0
  async function* endless(): AsyncGenerator<Cell[][]> {
    for (;;) yield [[read++, 'x'.repeat(100_000)]]
  }
  const stream = await streamOf(endless())
  let taken = 0
  for await (const _ of stream) {
    taken += 1
    expect(read).toBeLessThanOrEqual(taken + 4)
    if (taken === 50) break
  }
  expect(stream.destroyed).toBe(true)
})

/** The body that a reply would be given. */
async function streamOf(pages: AsyncIterable<Cell[][]>): Promise<Readable> {
  let sent: unknown
  const reply = { type: () => reply, header: () => reply, send: (body: unknown) => (sent = body) }
  await sendCsv(reply as unknown as FastifyReply, { name: 'endless.csv', columns: ['n', 'text'], pages })
  return sent as Readable
}
