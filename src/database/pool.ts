import pg from 'pg'

/** Dates stay text: a JavaScript Date drops the microseconds of an instant and moves a calendar day between zones. */
const DATE = 1082
const BIGINT = 20
const NUMERIC = 1700
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === DATE) return (value: string) => value
    if (oid === BIGINT || oid === NUMERIC) return toNumber
    return pg.types.getTypeParser(oid, format)
  },
}

/**
 * A pool of connections to the login of DATABASE_URL. The login itself may read and write no table:
 * go through {@link inTenant} or {@link inRole}, which take a role for one transaction.
 */
export function createPool(options: {
  url: string
  max: number
  name: string
  /** Called with every new connection before its first use. */
  onConnect?: (client: pg.ClientBase) => Promise<void>
}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: options.name,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types,
    ...(options.onConnect ? { onConnect: options.onConnect } : {}),
  })
  // A connection that breaks fails its query or the next one, where it is handled; as an event that nobody hears it
  // would end the process each time the database restarts.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  return pool
}

/** A count or an amount as a number; one that a number cannot hold exactly is an error, never a rounded value. */
function toNumber(value: string): number {
  const number = Number(value)
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    throw new RangeError(`${value} does not fit a number`)
  return number
}
