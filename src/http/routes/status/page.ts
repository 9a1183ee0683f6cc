import { VERSION } from '../../../platform/version.ts'
import type { Check } from '../../readiness.ts'
import { nextSteps, type Start, type Step } from './next-steps.ts'

/** The page as one document. Every value is escaped; the commands can be pasted into a shell as they stand. */
export function renderPage(state: PageState): string {
  const ready = state.checks.every(({ ok }) => ok)
  const title = ready ? 'Tenantry is running' : 'Tenantry needs attention'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p>Version ${VERSION} at <a href="${escapeHtml(state.url)}/">${escapeHtml(state.url)}</a></p>
</header>
<section aria-labelledby="status">
<h2 id="status">Status</h2>
<ul class="checks">
${state.checks.map(renderCheck).join('\n')}
</ul>
</section>
<section aria-labelledby="addresses">
<h2 id="addresses">Addresses</h2>
<dl>
${ADDRESSES.map(([path, text]) => `<dt><a href="${path}">${path}</a></dt><dd>${text}</dd>`).join('\n')}
</dl>
</section>
<section aria-labelledby="next">
<h2 id="next">Next: an event in, a figure out</h2>
<p>Paste these into a shell in the folder of the server${state.database.condition}.</p>
<ol>
${nextSteps(state).map(renderStep).join('\n')}
</ol>
<p>The figures follow an event within a second. <code>npx tenantry help</code> lists every command.</p>
</section>
</main>
</body>
</html>
`
}

export type PageState = Start & { readonly checks: readonly Check[] }

const ADDRESSES = [
  ['/', 'the dashboard of members'],
  ['/docs', 'the API, to read and to try'],
  ['/openapi.json', 'the same for programs: OpenAPI 3.1'],
  ['/health', 'is the process alive?'],
  ['/ready', 'can it do its work?'],
] as const

function renderCheck({ name, ok, detail }: Check): string {
  return `<li class="${ok ? 'ok' : 'failed'}"><b>${escapeHtml(name)}</b> <span class="verdict">${ok ? 'ok' : 'failed'}</span> <span>${escapeHtml(detail)}</span></li>`
}

function renderStep({ text, command }: Step): string {
  return `<li>${escapeHtml(text)}<pre><code>${escapeHtml(command)}</code></pre></li>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --panel: #f6f7f9; --line: #dfe3e8; --text: #1a1f26; --quiet: #545d69; --accent: #1858c4; --good: #17693a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --panel: #1d2127; --line: #343a43; --text: #e7eaee; --quiet: #a3adb9; --accent: #8ab4ff; --good: #7fd6a0; --bad: #ff9a92; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 3.5rem) clamp(1rem, 4vw, 2rem); }
h1 { margin: 0; font-size: clamp(1.6rem, 5vw, 2.1rem); line-height: 1.2; letter-spacing: -0.02em; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.05rem; }
p { margin: 0.35rem 0 0.75rem; color: var(--quiet); overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.checks { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 8px; }
.checks li { display: flex; flex-wrap: wrap; gap: 0.1rem 0.75rem; padding: 0.6rem 0.9rem; color: var(--quiet); overflow-wrap: anywhere; }
.checks li + li { border-top: 1px solid var(--line); }
.checks b { min-width: 6.5rem; color: var(--text); font-weight: 600; }
.verdict { min-width: 3rem; font-weight: 600; }
.ok .verdict { color: var(--good); }
.failed .verdict { color: var(--bad); }
dl { display: grid; grid-template-columns: minmax(7.5rem, auto) 1fr; gap: 0.35rem 1rem; margin: 0; }
dt { font-family: ui-monospace, monospace; font-size: 0.9rem; }
dd { margin: 0; color: var(--quiet); }
ol { margin: 0; padding-left: 1.4rem; }
ol > li { margin: 0 0 1rem; padding-left: 0.25rem; }
ol > li::marker { color: var(--quiet); font-variant-numeric: tabular-nums; }
pre { margin: 0.4rem 0 0; padding: 0.75rem 0.9rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
code { font: 0.85rem/1.5 ui-monospace, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { user-select: all; -webkit-user-select: all; }
@media (max-width: 30rem) { ol { padding-left: 0; list-style: none; } ol > li { padding-left: 0; } }
`
