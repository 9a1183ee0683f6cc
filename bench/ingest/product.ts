import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Product {
  pid: number
  /** Milliseconds from the start of the process to its first answer. */
  ready: number
  stop(): Promise<void>
}

/** Runs the built program as it is run in production: one process with server and worker, the unprivileged login. */
export async function startProduct(
  url: string,
  port: number,
  environment: Record<string, string> = {},
): Promise<Product> {
  const start = performance.now()
  const program = spawn(
    process.execPath,
    [
      ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []),
      fileURLToPath(new URL('../../bin/tenantry.js', import.meta.url)),
      'serve',
    ],
    {
      env: { ...process.env, DATABASE_URL: url, PORT: String(port), LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const ended = new Promise<void>(resolve => program.once('exit', () => resolve()))
  const killWithUs = () => program.kill('SIGKILL')
  process.once('exit', killWithUs)
  while (!(await answers(port))) {
    if (program.exitCode !== null) throw new Error(`the program ended with ${program.exitCode}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return {
    pid: program.pid as number,
    ready: performance.now() - start,
    async stop() {
      process.off('exit', killWithUs)
      program.kill('SIGTERM')
      await ended
    },
  }
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/ready`).then(
    answer => answer.ok,
    () => false,
  )
}
