import { dirname, join } from 'node:path/posix'

/** One file of src/: its path from there (`domains/team/index.ts`) and its text. */
export interface SourceFile {
  path: string
  text: string
}

/** Imports point down only; `http` and `jobs` stand side by side and never meet. */
const LAYERS = ['platform', 'database', 'queue', 'domains', 'maintenance', 'http|jobs', 'cli']

/** Which domain may call which. admin may call all of them, nobody calls admin. */
const CALLS: Record<string, readonly string[]> = {
  organizations: [],
  idempotency: [],
  identity: ['organizations', 'notifications'],
  notifications: ['organizations'],
  billing: ['organizations', 'notifications'],
  agents: ['organizations', 'billing'],
  team: ['organizations', 'notifications'],
  analytics: ['organizations', 'agents'],
  support: ['organizations', 'notifications'],
  admin: ['organizations', 'identity', 'notifications', 'billing', 'agents', 'team', 'analytics', 'support'],
}

/** Every import of `files` that breaks the rule, as a sentence; a type import counts like any other. */
export function brokenImports(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(file => file.path))
  const graph = new Map(files.map(file => [file.path, importsOf(file)]))
  const broken: string[] = []
  for (const [from, imports] of graph) {
    if (layerOf(from) === -1) broken.push(`${from}: no layer (${LAYERS.join(' < ')}) has this folder`)
    for (const to of imports) {
      const reason = paths.has(to) ? reasonAgainst(from, to) : 'which does not exist'
      if (reason) broken.push(`${from} imports ${to}, ${reason}`)
    }
  }
  for (const cycle of cyclesOf(graph)) broken.push(`import cycle: ${cycle.join(' → ')}`)
  return broken
}

function reasonAgainst(from: string, to: string): string | undefined {
  const [own, other] = [domainOf(from), domainOf(to)]
  if (layerOf(to) > layerOf(from)) return 'which lies above it'
  if (layerOf(to) === layerOf(from) && folderOf(to) !== folderOf(from)) return 'and http and jobs never meet'
  if (other === undefined || other === own) return undefined
  if (to !== `domains/${other}/index.ts`) return `past the door domains/${other}/index.ts`
  if (own !== undefined && !CALLS[own]?.includes(other)) return `and ${own} may not call ${other}`
  return undefined
}

const folderOf = (path: string) => path.split('/')[0] ?? ''
const layerOf = (path: string) => LAYERS.findIndex(layer => layer.split('|').includes(folderOf(path)))
const domainOf = (path: string) => (folderOf(path) === 'domains' ? path.split('/')[1] : undefined)

/** `import … from`, `export … from`, `import '…'`, `import('…')`: all that bind one of our files to another. */
function importsOf({ path, text }: SourceFile): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}\/[^'"]+)\1/g)].map(match =>
    join(dirname(path), match[2] ?? ''),
  )
}

/** One cycle for each file that a walk comes back to while it is still on the way. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>()
  const way: string[] = []
  const cycles: string[][] = []
  const walk = (path: string) => {
    if (way.includes(path)) {
      cycles.push([...way.slice(way.indexOf(path)), path])
      return
    }
    if (done.has(path)) return
    way.push(path)
    for (const next of graph.get(path) ?? []) walk(next)
    way.pop()
    done.add(path)
  }
  for (const path of graph.keys()) walk(path)
  return cycles
}
