import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { check, goto } from './inspect.ts'
import { LOOKS, lookOf } from './looks.ts'
import { OPENINGS } from './openings.ts'
import { openSignedIn } from './people.ts'
import { fillStage, type Sample } from './sample.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let owner: Sample['owner']

beforeAll(async () => {
  stage = await openStage()
  owner = (await fillStage(stage)).owner
})
afterAll(() => stage?.close())

describe.each(LOOKS)('in $colorScheme, $width pixels wide, what comes up in a page', look => {
  let page: Page
  beforeAll(async () => {
    page = await openSignedIn(stage, owner, lookOf(look))
  })
  afterAll(() => page?.context().close())

  test.each(OPENINGS.filter(({ isNarrow }) => !isNarrow || look.width === 360))(
    'keeps to WCAG and to the width: $what on $on',
    async ({ on, inFirstRow, what, open }) => {
      await goto(stage, page, on)
      if (inFirstRow)
        await goto(stage, page, (await page.locator('tbody a').first().getAttribute('href')) ?? '')
      await open(page)
      await check(page, what)
    },
  )
})
