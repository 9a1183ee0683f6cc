import type { Command } from 'commander'
import { inRole } from '../database/transaction.ts'
import { type ListedOrganization, listOrganizations } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry organization list`: every organization with what it has, and its last 30 days as of last night. */
export function organizationList(cli: Cli): Command {
  return createCommand(
    cli,
    'list',
    'list the organizations, with what they have and their last 30 days',
  ).action(() =>
    withDatabase(cli, async ({ pool }) => {
      const organizations = await inRole(pool, 'tenantry_admin', listOrganizations)
      cli.terminal.answer({ data: organizations.map(documentOf) }, tableOf(organizations))
      if (organizations.length === 0)
        cli.terminal.note('There is no organization; `tenantry organization create` makes one.')
    }),
  )
}

function documentOf({ recent, planStatus, subscriptionStatus, ...rest }: ListedOrganization) {
  const { users, agents, conversations, ...named } = rest
  return {
    ...named,
    plan_status: planStatus,
    subscription_status: subscriptionStatus,
    user_count: users,
    agent_count: agents,
    conversation_count: conversations,
    last_30_days: recent && {
      user_count: recent.activeUsers,
      total_messages: recent.messages,
      avg_response_time: recent.avgResponseTime,
    },
  }
}

const HEAD = ['id', 'name', 'plan', 'users', 'agents', 'conversations', 'messages', 'people', 'response']

/** The last three are of the last 30 days. */
function tableOf(organizations: readonly ListedOrganization[]): string {
  const rows = organizations.map(({ recent, ...each }) => [
    each.id,
    each.name.length > MOST_OF_NAME ? `${each.name.slice(0, MOST_OF_NAME - 1)}…` : each.name,
    each.planStatus === 'active' ? each.plan : `${each.plan} (${each.planStatus})`,
    ...[each.users, each.agents, each.conversations].map(grouped),
    ...(recent === null ? ['', ''] : [recent.messages, recent.activeUsers].map(grouped)),
    recent?.avgResponseTime == null ? '' : `${grouped(Math.round(recent.avgResponseTime))} ms`,
  ])
  const widths = HEAD.map((head, place) => Math.max(head.length, ...rows.map(row => row[place]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, place) =>
        place < TEXT_COLUMNS ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [HEAD, ...rows].map(line).join('\n')
}

const MOST_OF_NAME = 32
const TEXT_COLUMNS = 3
const grouped = (number: number) => number.toLocaleString('en')
