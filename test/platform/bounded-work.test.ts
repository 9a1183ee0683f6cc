import { expect, test } from 'vitest'
import { BoundedWork } from '../../src/platform/bounded-work.ts'

/** Work that ends when the test says so. */
function createWork() {
  const running = new Map<string, () => void>()
  const begun: string[] = []
  const work = (name: string) => () =>
    new Promise<string>(resolve => {
      begun.push(name)
      running.set(name, () => {
        running.delete(name)
        resolve(name)
      })
    })
  return { begun, running, work, end: (name: string) => running.get(name)?.() }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

test('no more than allowed run at once, and those who wait are served in their order', async () => {
  const bounded = new BoundedWork({ atOnce: 2, waiting: 10 })
  const { begun, work, end } = createWork()
  const all = ['a', 'b', 'c', 'd'].map(name => bounded.run(work(name)))
  await turn()
  expect(begun).toEqual(['a', 'b'])
  end('b')
  await turn()
  expect(begun).toEqual(['a', 'b', 'c'])
  // Whoever comes now stands behind those who wait.
  all.push(bounded.run(work('e')))
  for (const name of ['a', 'c', 'd', 'e']) {
    end(name)
    await turn()
  }
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(bounded.begun).toBe(5)
})

test('beyond those who may wait it refuses, and takes work again when there is room', async () => {
  const bounded = new BoundedWork({ atOnce: 1, waiting: 1 })
  const { running, work, end } = createWork()
  const first = bounded.run(work('first'))
  const second = bounded.run(work('second'))
  await expect(bounded.run(work('third'))).rejects.toMatchObject({
    code: 'server.busy',
    kind: 'unavailable',
    message: expect.stringContaining('try again'),
  })
  await turn()
  end('first')
  await turn()
  end('second')
  await Promise.all([first, second])
  const fourth = bounded.run(work('fourth'))
  await turn()
  expect([...running.keys()]).toEqual(['fourth'])
  end('fourth')
  await fourth
})

test('work that fails makes room like any other', async () => {
  const bounded = new BoundedWork({ atOnce: 1, waiting: 5 })
  const failing = () => Promise.reject(new Error('broken'))
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => bounded.run(failing)))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await bounded.run(async () => 'works')).toBe('works')
})
