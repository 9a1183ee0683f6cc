import { expect, test } from 'vitest'
import { Random } from '../../../src/maintenance/sample-data/random.ts'
import { isUuidV7, timeOfUuidV7 } from '../../../src/platform/uuid.ts'

const draw = (random: Random) => Array.from({ length: 5 }, () => random.integer(0, 999))

test('a seed gives the same numbers for ever, on every machine', () => {
  expect(draw(new Random('1'))).toEqual(draw(new Random('1')))
  expect(draw(new Random('1'))).not.toEqual(draw(new Random('2')))
  expect(draw(new Random('1'))).toMatchInlineSnapshot(`
    [
      214,
      843,
      785,
      307,
      105,
    ]
  `)
  expect(new Random('1').uuid()).toMatchInlineSnapshot(`"36e00549-d80a-41d3-9902-367c4ea526dd"`)
})

test('what one part draws changes nothing in another', () => {
  const whole = new Random('1')
  const before = draw(whole.of('part'))
  draw(whole)
  expect(draw(whole.of('part'))).toEqual(before)
})

test('its identifiers are of the version that they say and carry their time', () => {
  const random = new Random('1')
  for (let made = 0; made < 50; made++) {
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const id = random.uuidAt(1_771_234_567_890)
    expect([isUuidV7(id), timeOfUuidV7(id)]).toEqual([true, 1_771_234_567_890])
  }
})

test('counts and sizes are about as large as they should be', () => {
  const random = new Random('1')
  const mean = (draw: () => number) => Array.from({ length: 20_000 }, draw).reduce((a, b) => a + b) / 20_000
  expect(mean(() => random.count(3))).toBeCloseTo(3, 1)
  expect(mean(() => random.unit())).toBeCloseTo(0.5, 1)
  expect(mean(() => Math.log(random.logNormal(1, 0.5)))).toBeCloseTo(0, 1)
})
