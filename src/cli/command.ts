import { Command } from 'commander'
import { type Configuration, parseConfiguration } from '../platform/configuration.ts'
import { VERSION } from '../platform/version.ts'
import type { Terminal } from './terminal.ts'
import { usageError } from './usage.ts'

/** What every command is given. The environment is read when a command first needs it, so that `help` always works. */
export type Cli = {
  readonly terminal: Terminal
  readonly configuration: () => Configuration
}

export function createCli(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
): Cli {
  let configuration: Configuration | undefined
  return {
    terminal,
    configuration: () => {
      configuration ??= parseConfiguration(environment)
      return configuration
    },
  }
}

/** A command that throws instead of ending the process, and that knows the options which all commands share. */
export function createCommand(cli: Cli, name: string, description: string): Command {
  const command = new Command(name)
    .description(description)
    .option('--json', 'write one JSON document to standard output and nothing else')
    .option('--trace', 'with an error, say where it happened')
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: text => answerText(cli, text), writeErr: () => {} })
  return command.exitOverride(error => {
    throw error.exitCode === 0 ? error : usageError(error, command)
  })
}

/** The command with a text below its options, in its `--help` and in `help` alike. */
export function withExplanation(command: Command, text: string): Command {
  const usage = command.helpInformation.bind(command)
  command.helpInformation = context => usage(context) + text
  return command
}

function answerText(cli: Cli, text: string): void {
  const isVersion = text.trim() === VERSION
  cli.terminal.answer(isVersion ? { version: VERSION } : { help: text }, text.trimEnd())
}

/** A command that only holds others: `organization` of `organization create`. */
export function createGroup(
  cli: Cli,
  name: string,
  description: string,
  children: readonly Command[],
): Command {
  const group = createCommand(cli, name, description)
  for (const child of children) group.addCommand(child)
  return group
}
