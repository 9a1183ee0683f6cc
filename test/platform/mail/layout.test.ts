import { expect, test } from 'vitest'
import { renderMail } from '../../../src/platform/mail/layout.ts'

const content = {
  subject: 'Welcome\r\nBcc: eve@elsewhere.test',
  heading: 'Hello <b>Ada</b> & "friends"',
  paragraphs: ['First.', 'Second <script>alert(1)</script>.'],
  action: { label: 'Open', url: 'https://tenantry.test/verify#a.b"onmouseover="x' },
  note: 'It works once.',
}

test('a line break in a subject begins no further header', () => {
  expect(renderMail(content).subject).toBe('Welcome Bcc: eve@elsewhere.test')
})

test('the HTML shows what it is given as text, and runs none of it', () => {
  const { html } = renderMail(content)
  expect(html).not.toMatch(/<script|<b>|"onmouseover/)
  expect(html).toContain('Second &#60;script&#62;')
})

test('text and HTML say the same', () => {
  const { text, html } = renderMail({ ...content, heading: 'Hello', paragraphs: ['First.', 'Second.'] })
  for (const part of ['Hello', 'First.', 'Second.', 'It works once.', 'https://tenantry.test/verify#a.b']) {
    expect(text).toContain(part)
    expect(html).toContain(part)
  }
})

test('a mail loads nothing, so that nobody learns when it is read', () => {
  expect(renderMail(content).html).not.toMatch(/<img|<link|src=|url\(|@import|@font-face/)
})
