#!/usr/bin/env node
/** Plain JavaScript, so that it can say what is missing even where nothing has been built or Node is too old. */
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
const program = new URL('../dist/cli/main.js', import.meta.url)

if (major < 20 || (major === 20 && minor < 19)) {
  refuse('cli.node_too_old', `Node ${process.versions.node} is too old.`, 'Install Node 20.19 or later.')
} else if (!existsSync(program)) {
  refuse(
    'cli.not_built',
    'tenantry has not been built here.',
    'Run `npm run build` first (`npm start` does it too).',
  )
} else {
  const { main } = await import(program.href)
  await main(process.argv.slice(2))
}

function refuse(code, message, hint) {
  if (process.argv.includes('--json')) console.log(JSON.stringify({ error: { code, message, hint } }))
  console.error(`error: ${message}\nhint: ${hint}`)
  process.exitCode = 1
}
