/** What a mail says. Each is one thought; the one look of all mails is made around them. */
export type MailContent = {
  readonly subject: string
  /** The same thing as a headline, where there is room for one. */
  readonly heading: string
  readonly paragraphs: readonly string[]
  /** The one thing to do, as a button; its address also stands in full beneath, for those who cannot press it. */
  readonly action?: { readonly label: string; readonly url: string }
  /** What to do if the mail was not expected, or how long its link works. */
  readonly note?: string
}

export type RenderedMail = { readonly subject: string; readonly text: string; readonly html: string }

/**
 * The mail as text and as HTML that say the same. Loads nothing from anywhere: no pictures, no fonts, nothing that
 * tells the sender that it was opened. Tables and inline styles, because mail programs know little else.
 */
export function renderMail(content: MailContent): RenderedMail {
  return { subject: oneLine(content.subject), text: renderText(content), html: renderHtml(content) }
}

function renderText({ heading, paragraphs, action, note }: MailContent): string {
  const parts = [heading, ...paragraphs]
  if (action !== undefined) parts.push(`${action.label}:\n${action.url}`)
  if (note !== undefined) parts.push(note)
  return `${parts.join('\n\n')}\n\n-- \nSent by Tenantry\n`
}

function renderHtml({ subject, heading, paragraphs, action, note }: MailContent): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(oneLine(subject))}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .ground { background: #14171b !important; }
  .panel { background: #1d2127 !important; border-color: #343a43 !important; }
  .strong { color: #e7eaee !important; }
  .quiet { color: #a3adb9 !important; }
  .link { color: #8ab4ff !important; }
}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f6f7f9;">
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f7f9;">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" class="panel" width="100%" cellpadding="0" cellspacing="0" style="max-width:32rem;background:#ffffff;border:1px solid #dfe3e8;border-radius:8px;">
<tr><td style="padding:32px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;">
<h1 class="strong" style="margin:0 0 16px;font-size:20px;line-height:1.3;color:#1a1f26;">${escapeHtml(heading)}</h1>
${paragraphs.map(text => `<p class="strong" style="margin:0 0 16px;font-size:16px;line-height:1.55;color:#1a1f26;">${escapeHtml(text)}</p>`).join('\n')}
${action === undefined ? '' : renderAction(action)}
${note === undefined ? '' : `<p class="quiet" style="margin:0;font-size:14px;line-height:1.55;color:#545d69;">${escapeHtml(note)}</p>`}
</td></tr>
</table>
<p class="quiet" style="margin:16px 0 0;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:13px;color:#545d69;">Sent by Tenantry</p>
</td></tr>
</table>
</body>
</html>
`
}

function renderAction({ label, url }: NonNullable<MailContent['action']>): string {
  const address = escapeHtml(url)
  return `<p style="margin:24px 0;"><a href="${address}" style="display:inline-block;padding:12px 20px;background:#1858c4;border-radius:6px;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none;">${escapeHtml(label)}</a></p>
<p class="quiet" style="margin:0 0 16px;font-size:14px;line-height:1.55;color:#545d69;">If the button does nothing, open this address:<br><a class="link" href="${address}" style="color:#1858c4;word-break:break-all;">${address}</a></p>`
}

/** A line break in a subject would begin another header. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
