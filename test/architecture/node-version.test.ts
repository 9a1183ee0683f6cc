import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Package = { version: string; engines?: { node?: string }; optional?: boolean }

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
const PROMISED = toNumbers(read('package.json').engines.node)

test('every package that is installed runs on the oldest Node that we promise', () => {
  const packages = Object.entries<Package>(read('package-lock.json').packages)
  const tooNew = packages.filter(([, { engines, optional }]) => !optional && !runs(engines?.node ?? '*'))
  expect(tooNew.map(([path, { version, engines }]) => `${path} ${version}: ${engines?.node}`)).toEqual([])
})

test('a range is understood as npm writes it', () => {
  expect(
    ['*', '>=18', '>= 0.8', '^20.19.0 || >=22.12.0', '>=20.x', '18 || 20 || >=22'].filter(runs),
  ).toHaveLength(6)
  expect(['>=22', '^18.0.0 || ^22.0.0', '>=20.20', '21.x'].filter(runs)).toEqual([])
})

/** Whether some alternative of an `engines` range lets the promised version in. */
function runs(range: string): boolean {
  return range.split('||').some(alternative => {
    const [major, minor] = toNumbers(alternative)
    const isOpen = alternative.includes('>=') || alternative.trim() === '*'
    if (major === PROMISED[0]) return minor <= PROMISED[1]
    return isOpen && major < PROMISED[0]
  })
}

/** Major and minor of the lower bound. */
function toNumbers(range: string): [number, number] {
  const [, major = '0', minor = '0'] = /(\d+)(?:\.(\d+))?/.exec(range) ?? []
  return [Number(major), Number(minor)]
}
