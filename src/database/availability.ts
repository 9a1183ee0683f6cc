/**
 * True where an error means that the database could not be reached or is going away, so that the same request may
 * succeed later. Anything that the database refuses on its merits is not of this kind.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable)
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  if (code === 'ENOENT') return syscall === 'connect'
  if (typeof code === 'string') return CODES.test(code)
  return MESSAGES.test(error.message)
}

/** Connection exceptions, shutdowns, too many connections; and the same as the network reports them. */
const CODES =
  /^(08...|57P0[1-5]|53300|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/

/** The driver gives these no code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/
