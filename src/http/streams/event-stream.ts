import type { ServerResponse } from 'node:http'

/** What a client may leave unread before it is cut off: a page that reads at all never has this much to come. */
const MOST_WAITING_BYTES = 64 * 1024

/**
 * One answer that does not end: server-sent events (text/event-stream) for one page. Writing never waits. A client that
 * reads too slowly is cut off instead, and begins anew: what it is told is only what to ask for.
 */
export class EventStream {
  readonly #response: ServerResponse

  constructor(response: ServerResponse, headers: Readonly<Record<string, Header | undefined>>) {
    this.#response = response
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) response.setHeader(name, value)
    response.on('error', () => response.destroy()) // the client is gone, which 'close' tells
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Nothing on the way holds back what is sent, and nothing else comes on this connection.
      'x-accel-buffering': 'no',
      connection: 'close',
    })
    this.#write(`retry: ${RETRY_MS}\n\n`)
  }

  send(event: string, data: unknown): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** Keeps the connection from looking idle to whatever is on the way, and finds out that it is gone. */
  beat(): void {
    this.#write(':\n\n')
  }

  end(): void {
    this.#response.end()
  }

  /** Called once, however the stream ends. */
  onClose(listener: () => void): void {
    if (this.#response.closed) listener()
    else this.#response.once('close', listener)
  }

  #write(text: string): void {
    if (this.#response.destroyed || this.#response.writableEnded) return
    if (this.#response.writableLength > MOST_WAITING_BYTES) this.#response.destroy()
    else this.#response.write(text)
  }
}

type Header = number | string | string[]

/** When a browser that lost the stream asks for it again. */
const RETRY_MS = 3_000
