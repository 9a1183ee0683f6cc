import type { Command } from 'commander'
import { type Cli, createCommand } from './command.ts'
import { nearest } from './nearest.ts'
import { leavesOf, pathOf, typedAs, UsageError } from './usage.ts'

/** `tenantry help [command…]`: the same text as `--help`. */
export function help(cli: Cli): Command {
  return createCommand(cli, 'help', 'what a command does and how it is written')
    .argument('[command...]', 'for example: organization create')
    .action((words: string[], _options: unknown, self: Command) => {
      const root = self.parent ?? self
      const topic = words.reduce((command, word) => childOf(command, word, words), root)
      cli.terminal.answer({ help: topic.helpInformation() }, topic.helpInformation().trimEnd())
    })
}

function childOf(command: Command, word: string, words: readonly string[]): Command {
  const child = command.commands.find(candidate => candidate.name() === word)
  if (child) return child
  const near = nearest(
    word,
    command.commands.map(candidate => candidate.name()),
  )
  const leaves = leavesOf(command).map(typedAs).join(', ')
  throw new UsageError(
    'cli.unknown_command',
    `there is no command \`${words.join(' ')}\`.`,
    near ? `did you mean \`${pathOf(command)} ${near}\`?` : `the commands are: ${leaves}`,
  )
}
