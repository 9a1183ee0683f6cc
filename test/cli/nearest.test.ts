import { expect, test } from 'vitest'
import { nearest } from '../../src/cli/nearest.ts'

const COMMANDS = ['serve', 'migrate', 'doctor', 'organization create']

test.each([
  ['serv', 'serve'],
  ['sevre', 'serve'],
  ['DOCTOR', 'doctor'],
  ['dcotor', 'doctor'],
  ['migr', 'migrate'],
  ['organisation create', 'organization create'],
])('%s was meant to be %s', (typed, meant) => {
  expect(nearest(typed, COMMANDS)).toBe(meant)
})

test.each(['', 'x', 'frobnicate', 'do'])('"%s" was meant to be nothing of it', typed => {
  expect(nearest(typed, COMMANDS)).toBeUndefined()
})
