import pg from 'pg'
import { createPool } from '../../src/database/pool.ts'
import { inTenant } from '../../src/database/transaction.ts'
import { recomputeDay } from '../../src/domains/analytics/index.ts'
import { onServer } from '../ingest/on-server.ts'
import { makeProductDatabase } from '../ingest/product-database.ts'

export type Dashboard = {
  readonly events: number
  /** Those of the largest organization. */
  readonly own: number
  readonly organizationId: string
  /** As the unprivileged login. */
  readonly pool: pg.Pool
  drop(): Promise<void>
}

const DAYS = 120
const ORGANIZATIONS = 1_000
const AGENTS = Number(process.env.BENCH_AGENTS ?? 10_000)
const PEOPLE = 200_000
/** Organization n has a share of 1 / n^0.87: of 5,000,000 events the largest has some 425,000. */
const SKEW = 0.87
const LARGEST = '00000001-0000-4000-8000-000000000001'

/**
 * A migrated database with so many events of the last 120 days, unevenly spread over organizations, their agents and
 * people, in the order in which they would have come; and the figures of all of them. Those of the largest organization,
 * which is measured, are made by the product's own roll-up, those of the others by plain statements.
 */
export async function makeDatabase(serverUrl: string, events: number): Promise<Dashboard> {
  const { url, adminUrl, drop } = await makeProductDatabase(serverUrl, `bench_dashboard_${events}`)
  const pool = createPool({ url, max: 1, name: 'bench' })
  const own = await fill(adminUrl, events)
  for (let back = 0; back < DAYS; back++)
    await inTenant(pool, LARGEST, tx => recomputeDay(tx, { date: dayBack(back) }), 'tenantry_jobs')
  await onServer(adminUrl, 'VACUUM ANALYZE')
  return {
    events,
    own,
    organizationId: LARGEST,
    pool,
    drop: async () => {
      await pool.end()
      await drop()
    },
  }
}

const dayBack = (back: number) => new Date(Date.now() - back * 24 * 3_600_000).toISOString().slice(0, 10)

async function fill(adminUrl: string, events: number): Promise<number> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query('SET synchronous_commit = off; SET jit = off')
    await admin.query(SHARES)
    await admin.query(
      `SELECT ensure_event_partition(now() - make_interval(days => n)) FROM generate_series(0, ${DAYS}, 10) AS n`,
    )
    for (let back = DAYS - 1; back >= 0; back--)
      await admin.query(EVENTS_OF_DAY, [events / DAYS, dayBack(back)])
    await admin.query('ANALYZE')
    await admin.query(DAYS_OF_OTHERS)
    for (let back = DAYS - 1; back >= 0; back--) await admin.query(AGENTS_OF_OTHERS, [dayBack(back)])
    const { rows } = await admin.query(
      'SELECT count(*) AS own FROM analytics_events WHERE organization_id = $1',
      [LARGEST],
    )
    return Number(rows[0].own)
  } finally {
    await admin.end()
  }
}

const SHARES = `
  CREATE TABLE bench_share AS
  SELECT n, ('00000001-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id,
    power(n, -${SKEW}) / sum(power(n, -${SKEW})) OVER () AS part
  FROM generate_series(1, ${ORGANIZATIONS}) AS n;
  INSERT INTO organizations (id, name, subdomain, max_users, max_agents)
  SELECT id, 'Bench ' || n, 'bench-' || n, NULL, NULL FROM bench_share;
  INSERT INTO agents (id, organization_id, name)
  SELECT md5(id::text || agent)::uuid, id, 'Agent ' || agent
  FROM bench_share, generate_series(1, ceil(${AGENTS} * part)::integer) AS agent`

/** Agents and people are skewed too: a few do most. */
const EVENTS_OF_DAY = `
  INSERT INTO analytics_events (organization_id, id, created_at, event_type, agent_id, end_user_id, properties)
  SELECT organization, gen_random_uuid(), at, type, agent, 'visitor-' || person,
    CASE type
      WHEN 'message.created' THEN jsonb_build_object('tokens', floor(random() * 900), 'channel', 'chat',
        'response_time_ms', round((200 * exp(3 * random()))::numeric, 1))
      WHEN 'conversation.rated' THEN jsonb_build_object('score', 1 + floor(random() * 5))
      ELSE '{"channel": "chat"}'
    END
  FROM (
    SELECT id AS organization, md5(id::text || (1 + floor(ceil(${AGENTS} * part) * power(random(), 2))))::uuid AS agent,
      floor(ceil(${PEOPLE} * part) * power(random(), 2)) AS person,
      least($2::date + interval '1 day' * random(), now()::timestamp) AT TIME ZONE 'UTC' AS at,
      (ARRAY['message.created', 'message.created', 'message.created', 'message.created', 'message.created',
        'message.created', 'conversation.started', 'workflow.executed', 'conversation.rated', 'agent.error']
      )[1 + floor(random() * 10)] AS type
    FROM bench_share, generate_series(1, round($1::float8 * part + random() - 0.5)::integer)
    OFFSET 0
  ) AS event
  ORDER BY at`

const DAYS_OF_OTHERS = `
  INSERT INTO daily_metrics (organization_id, date, total_messages, unique_users, agent_count)
  SELECT organization_id, (created_at AT TIME ZONE 'UTC')::date AS day,
    count(*) FILTER (WHERE event_type = 'message.created'), count(DISTINCT end_user_id), count(DISTINCT agent_id)
  FROM analytics_events WHERE organization_id <> '${LARGEST}' GROUP BY organization_id, day`

const AGENTS_OF_OTHERS = `
  INSERT INTO agent_metrics (organization_id, agent_id, date, message_count)
  SELECT organization_id, agent_id, $1::date, count(*) FILTER (WHERE event_type = 'message.created')
  FROM analytics_events
  WHERE organization_id <> '${LARGEST}' AND created_at >= $1::date::timestamp AT TIME ZONE 'UTC'
    AND created_at < ($1::date + 1)::timestamp AT TIME ZONE 'UTC'
  GROUP BY organization_id, agent_id`
