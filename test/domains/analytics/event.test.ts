import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { checkEvent, type Event, isEvent } from '../../../src/domains/analytics/event.ts'
import { formatRfc3339 } from '../../../src/platform/rfc3339.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const ID = uuidv7({ msecs: NOW.getTime() })
const MINIMAL = { id: ID, event_type: 'message.created' }
const SOME_UUID = '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a69'

const check = (item: unknown) => checkEvent(item, { organizationId: SOME_UUID, now: NOW })

function accepted(item: unknown): Event {
  const checked = check(item)
  if (!isEvent(checked)) throw new Error(`${checked.code}: ${checked.message}`)
  return checked
}

function refused(item: unknown): string {
  const checked = check(item)
  if (isEvent(checked)) throw new Error(`accepted: ${JSON.stringify(item)}`)
  expect(checked.message).toMatch(/\.$/)
  return checked.code
}

test('an event is its id, its type and the time in its id', () => {
  expect(accepted(MINIMAL)).toEqual({
    organizationId: SOME_UUID,
    id: ID,
    eventType: 'message.created',
    createdAt: NOW.getTime() * 1000,
    isClockSkewed: false,
    userId: null,
    endUserId: null,
    agentId: null,
    conversationId: null,
    resourceType: null,
    resourceId: null,
    properties: '{}',
  })
})

test('null is the same as leaving a field out', () => {
  const empty = {
    created_at: null,
    user_id: null,
    end_user_id: null,
    agent_id: null,
    conversation_id: null,
    resource_type: null,
    resource_id: null,
    properties: null,
  }
  expect(accepted({ ...MINIMAL, ...empty })).toEqual(accepted(MINIMAL))
})

test('whatever is sent, it is an event or a reason with a code of this domain', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: false }), item => {
      const checked = check(item)
      if (!isEvent(checked)) expect(checked.code).toMatch(/^analytics\.[a-z_]+$/)
    }),
  )
})

test.each([null, undefined, 1, 'text', []])('%j is no event', item => {
  expect(refused(item)).toBe('analytics.event_invalid')
})

test('a field that is not known is refused instead of lost', () => {
  expect(refused({ ...MINIMAL, userid: SOME_UUID })).toBe('analytics.field_unknown')
  expect(refused(JSON.parse(`{"id": "${ID}", "event_type": "a", "__proto__": {}}`))).toBe(
    'analytics.field_unknown',
  )
})

describe('id', () => {
  test.each([
    ['left out', undefined],
    ['a number', 7],
    ['of version 4', SOME_UUID],
    ['of version 7 in another variant', `${ID.slice(0, 19)}c${ID.slice(20)}`],
    ['without hyphens', ID.replaceAll('-', '')],
    ['with a newline', `${ID}\n`],
  ])('%s is refused', (_, id) => {
    expect(refused({ ...MINIMAL, id })).toBe('analytics.id_invalid')
  })

  test('in upper case is the same id', () => {
    expect(accepted({ ...MINIMAL, id: ID.toUpperCase() })).toEqual(accepted(MINIMAL))
  })
})

describe('created_at', () => {
  const at = (created_at: unknown) => ({ ...MINIMAL, created_at })
  const microsecond = { min: Date.UTC(2000, 0, 1) * 1000, max: (NOW.getTime() + 86_400_000) * 1000 }

  test('is exact to the microsecond', () => {
    fc.assert(
      fc.property(
        fc.integer(microsecond),
        instant => accepted(at(formatRfc3339(instant))).createdAt === instant,
      ),
    )
  })

  test('need not agree with the id', () => {
    expect(accepted(at('2024-02-29T23:59:59.999999Z')).createdAt).toBe(
      Date.UTC(2024, 1, 29, 23, 59, 59) * 1000 + 999_999,
    )
  })

  test.each([['2026-11-22T12:00:00'], ['today'], [1763812800], [{}], ['']])('%j is refused', created_at => {
    expect(refused(at(created_at))).toBe('analytics.created_at_invalid')
  })

  test.each([
    ['2026-11-22T12:10:00Z', false],
    ['2026-11-22T12:10:00.000001Z', true],
    ['2026-11-23T12:00:00Z', true],
  ])('%s is stored as sent, skewed: %s', (created_at, isClockSkewed) => {
    expect(accepted(at(created_at))).toMatchObject({ isClockSkewed })
  })

  test.each([['2026-11-23T12:00:00.000001Z'], ['2027-11-22T12:00:00Z'], ['9999-12-31T23:59:59Z']])(
    '%s lies too far ahead',
    created_at => {
      expect(refused(at(created_at))).toBe('analytics.created_at_ahead')
    },
  )

  test('that the id alone says may not lie too far ahead either', () => {
    const id = uuidv7({ msecs: NOW.getTime() + 86_400_001 })
    expect(refused({ ...MINIMAL, id })).toBe('analytics.created_at_ahead')
    expect(accepted({ ...MINIMAL, id, created_at: NOW.toISOString() }).isClockSkewed).toBe(false)
  })

  test('may be as old as this century, not older', () => {
    expect(accepted(at('2000-01-01T00:00:00Z')).createdAt).toBe(microsecond.min)
    expect(refused(at('1999-12-31T23:59:59.999999Z'))).toBe('analytics.created_at_too_old')
    expect(refused(at('1970-01-01T00:00:00Z'))).toBe('analytics.created_at_too_old')
  })
})

describe('event_type', () => {
  test.each(['page.viewed', 'Order Completed', 'größe_geändert', 'x', 'a'.repeat(100), '😀'.repeat(100)])(
    '%s is free to use',
    event_type => {
      expect(accepted({ ...MINIMAL, event_type }).eventType).toBe(event_type)
    },
  )

  test.each([
    undefined,
    null,
    '',
    5,
    ' a',
    'a ',
    'a\nb',
    'a\0b',
    '\ud800',
    'a'.repeat(101),
    '😀'.repeat(101),
  ])('%j is refused', event_type => {
    expect(refused({ ...MINIMAL, event_type })).toBe('analytics.event_type_invalid')
  })
})

describe('end_user_id', () => {
  const of = (end_user_id: unknown) => ({ ...MINIMAL, end_user_id })

  test('is kept as it is, whatever text it is', () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .filter(value => !/[\0\p{Surrogate}]/u.test(value))
    fc.assert(fc.property(text, endUserId => accepted(of(endUserId)).endUserId === endUserId))
  })

  test.each([' ', 'a'.repeat(255), 'é'.repeat(127), '😀'.repeat(63), '\u0001', "'; DROP", '\\N', 'é'])(
    '%j is taken',
    endUserId => {
      expect(accepted(of(endUserId)).endUserId).toBe(endUserId)
    },
  )

  test.each(['', 'a'.repeat(256), 'é'.repeat(128), '😀'.repeat(64), 'a\0b', '\udc00', 'a\ud83d', 5, {}])(
    '%j is refused',
    endUserId => {
      expect(refused(of(endUserId))).toBe('analytics.end_user_id_invalid')
    },
  )
})

test.each(['user_id', 'agent_id', 'conversation_id', 'resource_id'])('%s is a UUID of any version', field => {
  expect(Object.values(accepted({ ...MINIMAL, [field]: SOME_UUID.toUpperCase() }))).toContain(SOME_UUID)
  for (const value of ['', 'in_1Nabc', 5, [SOME_UUID], `${SOME_UUID} `])
    expect(refused({ ...MINIMAL, [field]: value })).toBe(`analytics.${field}_invalid`)
})

test('resource_type is text of up to 100 characters', () => {
  expect(accepted({ ...MINIMAL, resource_type: 'invoice' }).resourceType).toBe('invoice')
  for (const value of [5, 'a'.repeat(101), 'a\0'])
    expect(refused({ ...MINIMAL, resource_type: value })).toBe('analytics.resource_type_invalid')
})

describe('properties', () => {
  const of = (properties: unknown) => ({ id: ID, event_type: 'page.viewed', properties })
  const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)

  test('are kept with their meaning', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), properties => {
        const json = JSON.stringify(properties)
        fc.pre(!/\\u0000|\\ud[89a-f]/.test(json) && isEvent(check(of(JSON.parse(json)))))
        expect(accepted(of(JSON.parse(json))).properties).toBe(json)
      }),
    )
  })

  test.each([
    ['an array', []],
    ['text', 'a'],
    ['a number', 1],
    ['U+0000 in a value', { a: ['b\0'] }],
    ['U+0000 in a key', { 'a\0': 1 }],
    ['half a surrogate pair', { a: '\ud800' }],
    ['a number past 2^53', { id: 2 ** 53 }],
    ['a number past all', JSON.parse('{"a": 1e400}')],
    ['65 levels', nested(65)],
    ['more levels than a stack has', nested(100_000)],
    ['more than 16 KiB', { a: 'x'.repeat(16_377) }],
    ['more than 16 KiB of bytes', { a: 'é'.repeat(8_190) }],
  ])('%s are refused', (_, properties) => {
    expect(refused(of(properties))).toBe('analytics.properties_invalid')
  })

  test('may be as deep and as large as is said', () => {
    accepted(of(nested(64)))
    accepted(of({ a: 'x'.repeat(16_376) }))
    accepted(of({ a: 0.1, b: -1e300 * 0 + 2 ** 53 - 1, c: '\\u0000', d: '😀' }))
    accepted(of(JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}')))
  })

  test.each([
    ['message.created', 'tokens', [0, 1, 1_000_000_000, null], [-1, 1.5, 1_000_000_001, '5', true, [1]]],
    ['message.created', 'response_time_ms', [0, 12.5, 86_400_000, null], [-0.1, 86_400_001, '5', {}]],
    ['conversation.rated', 'score', [1, 4.5, 5], [0, 0.99, 5.01, 6, '5', null, undefined]],
  ])('%s counts %s', (event_type, property, good, bad) => {
    for (const value of good) accepted({ id: ID, event_type, properties: { [property]: value } })
    for (const value of bad)
      expect(refused({ id: ID, event_type, properties: { [property]: value } })).toBe(
        `analytics.${property}_invalid`,
      )
    accepted({ id: ID, event_type: 'page.viewed', properties: { [property]: 'anything' } })
  })

  test('of a message need neither tokens nor response time', () => {
    accepted({ id: ID, event_type: 'message.created', properties: { channel: 'chat' } })
  })
})

test('an event counts one person: a member or somebody else, never both', () => {
  const both = { ...MINIMAL, user_id: SOME_UUID, end_user_id: 'visitor-1' }
  expect(refused(both)).toBe('analytics.person_ambiguous')
  expect(accepted({ ...both, end_user_id: null }).userId).toBe(SOME_UUID)
  expect(accepted({ ...both, user_id: null }).endUserId).toBe('visitor-1')
})
