import type { Command, CommanderError } from 'commander'
import { nearest } from './nearest.ts'

/** The command was written wrongly: nothing has been done. `hint` says how it is written. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code: string
  readonly hint: string

  constructor(code: string, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

/** The parser's complaint about `command` in our words: what is wrong, and the nearest thing that is right. */
export function usageError(error: CommanderError, command: Command): UsageError {
  const [complaint = ''] = error.message.replace(/^error: /, '').split('\n')
  const message = complaint.replace(/\.?$/, '.')
  switch (error.code) {
    case 'commander.unknownCommand':
      return new UsageError('cli.unknown_command', message, hintForCommand(command))
    case 'commander.unknownOption':
      return optionUnknown(command)
    case 'commander.missingMandatoryOptionValue':
      // A required option that is missing was perhaps only misspelt.
      return unknownOptionOf(command) === undefined ? optionsMissing(command) : optionUnknown(command)
    case 'commander.help':
      return new UsageError('cli.command_missing', `\`${pathOf(command)}\` needs a command.`, listed(command))
    case 'commander.missingArgument':
    case 'commander.optionMissingArgument':
      return new UsageError('cli.value_missing', message, helpOn(command))
    default:
      return new UsageError('cli.usage', message, helpOn(command))
  }
}

/** `tenantry organization create` */
export function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

/** The command as it is typed after the program's name: `organization create` */
export const typedAs = (command: Command): string => pathOf(command).split(' ').slice(1).join(' ')

/** Every command that does something: `organization create`, not the `organization` that only holds it. */
export function leavesOf(command: Command): Command[] {
  return command.commands.length > 0 ? command.commands.flatMap(leavesOf) : [command]
}

function hintForCommand(command: Command): string {
  const typed = command.args.filter(argument => !argument.startsWith('-'))
  const [program = '', ...above] = pathOf(command).split(' ')
  const leaves = leavesOf(rootOf(command)).map(typedAs)
  const whole = nearest([...above, ...typed.slice(0, 2)].join(' '), leaves) ?? sameWords(typed, leaves)
  if (whole) return `did you mean \`${program} ${whole}\`?`
  const names = command.commands.map(child => child.name())
  const near = nearest(typed[0] ?? '', names)
  return near ? `did you mean \`${pathOf(command)} ${near}\`?` : listed(command)
}

/** `create organization` and `organization-create` mean `organization create`. */
function sameWords(typed: readonly string[], leaves: readonly string[]): string | undefined {
  const words = (text: string) =>
    text
      .split(/[ :_-]/)
      .sort()
      .join(' ')
  return leaves.find(leaf =>
    [typed.slice(0, 2).join(' '), typed[0] ?? ''].some(text => words(text) === words(leaf)),
  )
}

function optionUnknown(command: Command): UsageError {
  const typed = unknownOptionOf(command) ?? ''
  const near = nearest(typed, command.options.flatMap(option => option.long ?? []).concat('--help'))
  const hint = near ? `did you mean ${near}?` : helpOn(command)
  return new UsageError('cli.unknown_option', `unknown option ${typed}.`, hint)
}

/** The parser leaves what it does not know among the arguments. */
const unknownOptionOf = (command: Command) =>
  command.args.find(argument => /^-./.test(argument))?.replace(/=.*/s, '')

function optionsMissing(command: Command): UsageError {
  const missing = command.options.filter(
    option => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
  )
  return new UsageError(
    'cli.option_missing',
    `${missing.map(option => option.long).join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing.`,
    `add ${missing.map(option => `${option.flags} (${option.description})`).join(', ')}`,
  )
}

const helpOn = (command: Command) => `\`${pathOf(command)} --help\` shows how it is written.`
const rootOf = (command: Command): Command => (command.parent ? rootOf(command.parent) : command)
const listed = (command: Command) =>
  `one of: ${command.commands.map(child => child.name()).join(', ')}; \`${pathOf(command)} --help\` says what they do.`
