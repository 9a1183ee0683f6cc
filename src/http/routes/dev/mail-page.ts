import { createHash } from 'node:crypto'
import type { KeptMail } from '../../../domains/notifications/index.ts'

/** The list of kept mails as one document that asks for nothing. */
export function renderMailList(mails: readonly KeptMail[]): string {
  const list =
    mails.length === 0
      ? '<p>No mail has been sent yet. Sign up, or ask for a new password, and look again.</p>'
      : `<ol>${mails.map(renderItem).join('\n')}</ol>`
  return renderPage('Mail', `<h1>Mail</h1><p>${WHY}</p>${list}`)
}

/** One kept mail: its HTML in a frame of its own, as a mail program shows it, and its text, whose links can be clicked too. */
export function renderMail(mail: KeptMail): string {
  const title = escapeHtml(mail.subject)
  return renderPage(
    title,
    `<nav><a href="/dev/mail">All mail</a></nav>
<h1>${title}</h1>
<p>To ${escapeHtml(mail.to)}, ${minuteOf(mail.sentAt)}</p>
<iframe title="The mail as HTML" src="/dev/mail/${mail.id}/html"></iframe>
<pre id="text">${linkAddresses(escapeHtml(mail.text))}</pre>`,
  )
}

function renderItem({ id, to, subject, sentAt }: KeptMail): string {
  return `<li><a href="/dev/mail/${id}">${escapeHtml(subject)}</a> <span>to ${escapeHtml(to)}, ${minuteOf(sentAt)}</span></li>`
}

const minuteOf = (time: Date) => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`

function renderPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`
}

const WHY =
  'No mail server is set up, so mails are kept here, on this machine alone. Set SMTP_URL and MAIL_FROM to send them.'

/** Links of our mails end where white space begins; what stands here is escaped already. */
const linkAddresses = (text: string) =>
  text.replace(/https?:\/\/[^\s<]+/g, address => `<a href="${address}">${address}</a>`)

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --panel: #f6f7f9; --line: #dfe3e8; --text: #1a1f26; --quiet: #545d69; --accent: #1858c4; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --panel: #1d2127; --line: #343a43; --text: #e7eaee; --quiet: #a3adb9; --accent: #8ab4ff; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
p, span { color: var(--quiet); }
a { color: var(--accent); text-underline-offset: 0.2em; }
ol { margin: 0; padding: 0; list-style: none; }
li { padding: 0.7rem 0; border-top: 1px solid var(--line); }
li span { display: block; font-size: 0.9rem; }
pre { padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; font: 0.9rem/1.5 ui-monospace, monospace; white-space: pre-wrap; }
iframe { box-sizing: border-box; width: 100%; height: 34rem; border: 1px solid var(--line); border-radius: 8px; }
`

/** Lets in the page's own style and the frame with the mail; nothing runs. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** The mail's HTML lives in a frame that can do nothing but let a link be followed in the whole window. */
export const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-top-navigation-by-user-activation"
