import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  booleanArray,
  jsonbArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from '../../src/database/binary-array.ts'
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createEmptyDatabase()
})
afterAll(() => database?.drop())

/** What the server makes of the array, each element as text in the order in which it was sent. */
async function readBack(type: string, array: Buffer, form = 'e::text'): Promise<(string | null)[]> {
  const { rows } = await database.admin.query<{ e: string | null }>(
    `SELECT ${form} AS e FROM unnest($1::${type}[]) WITH ORDINALITY AS t (e, n) ORDER BY n`,
    [array],
  )
  return rows.map(row => row.e)
}

const self = <T>(value: T) => value
const nullable = <T>(values: fc.Arbitrary<T>) => fc.array(fc.option(values), { maxLength: 50 })
const storableText = fc.string({ unit: 'binary' }).filter(text => !/[\0\p{Surrogate}]/u.test(text))

test('text arrives byte for byte, whatever it holds', async () => {
  await fc.assert(
    fc.asyncProperty(nullable(storableText), async texts => {
      const hex = await readBack('text', textArray(texts, self), "encode(convert_to(e, 'UTF8'), 'hex')")
      expect(hex).toEqual(texts.map(text => (text === null ? null : Buffer.from(text).toString('hex'))))
    }),
  )
})

test('UUIDs of either case arrive', async () => {
  await fc.assert(
    fc.asyncProperty(nullable(fc.uuid()), fc.boolean(), async (uuids, upper) => {
      const sent = uuids.map(uuid => (upper && uuid !== null ? uuid.toUpperCase() : uuid))
      expect(await readBack('uuid', uuidArray(sent, self))).toEqual(uuids)
    }),
  )
})

test('instants arrive to the microsecond, before and after 2000', async () => {
  const instant = fc.integer({ min: Date.UTC(1900, 0, 1) * 1000, max: Date.UTC(2200, 0, 1) * 1000 })
  await fc.assert(
    fc.asyncProperty(fc.array(instant, { maxLength: 50 }), async instants => {
      const microseconds = '(extract(epoch FROM e) * 1000000)::bigint::text'
      expect(await readBack('timestamptz', timestamptzArray(instants, self), microseconds)).toEqual(
        instants.map(String),
      )
    }),
  )
})

test('JSON arrives with the same meaning', async () => {
  await fc.assert(
    fc.asyncProperty(nullable(fc.jsonValue({ noUnicodeString: false })), async values => {
      const sent = values.map(value => (value === null ? null : JSON.stringify(value)))
      fc.pre(sent.every(json => json === null || !/\\u0000|\\ud[89a-f]/i.test(json)))
      const back = await readBack('jsonb', jsonbArray(sent, self))
      // -0 is 0 in jsonb
      const plain = (json: string | null) => (json === null ? null : JSON.parse(json))
      expect(back.map(plain)).toEqual(sent.map(plain))
    }),
  )
})

test('booleans arrive, and so does an empty array', async () => {
  expect(await readBack('boolean', booleanArray([true, false, true], self))).toEqual([
    'true',
    'false',
    'true',
  ])
  expect(await readBack('text', textArray([], self))).toEqual([])
})
