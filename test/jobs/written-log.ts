import { createLogger, type Logger } from '../../src/platform/logger.ts'

/** A logger, and the lines that were written to it, each as the object that it is. */
export function writtenLog(): { log: Logger; lines: { level: string; msg: string }[] } {
  const lines: { level: string; msg: string }[] = []
  return { log: createLogger('info', { write: text => lines.push(JSON.parse(text)) }), lines }
}

export const ERROR = 'error'
