import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface CliResult {
  exitCode: number | null
  stdout: string
  stderr: string
}

interface CliOptions {
  /** Nothing of the environment of the tests reaches the command but what it needs to run at all. */
  env?: Record<string, string>
  stdin?: string
  cwd?: string
}

/** Compiles src/ where dist/ is older. Test files that ask at the same time compile once. */
export async function buildCli(): Promise<void> {
  const { buildWhenStale } = await import(new URL('../../scripts/build.js', import.meta.url).href)
  buildWhenStale()
}

/** The command as a user runs it: the committed program, another process, real pipes. */
export function startCli(args: readonly string[], options: CliOptions = {}): ChildProcess {
  return spawn(process.execPath, [`${ROOT}bin/tenantry.js`, ...args], {
    cwd: options.cwd ?? ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env },
    stdio: 'pipe',
  })
}

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = startCli(args, options)
  const ended = endOf(child)
  child.stdin?.end(options.stdin ?? '')
  return ended
}

/** What the command wrote and how it ended, once both are complete. */
export function endOf(child: ChildProcess): Promise<CliResult> {
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', exitCode => resolve({ exitCode, ...text }))
  })
}

/** The one document of standard output; anything beside it makes this throw. */
export function documentOf({ stdout }: CliResult) {
  return JSON.parse(stdout)
}
