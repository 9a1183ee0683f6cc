import { v7 as uuidv7 } from 'uuid'
import { afterEach, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../../src/database/transaction.ts'
import { listDirtyDays, rollUpDay } from '../../../../src/domains/analytics/index.ts'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'
import { authorize, buildTestServer } from '../../../support/server.ts'

let host: HostProduct
afterEach(() => host?.drop())

const ACME = 'ac000000-0000-4000-8000-000000000001'
const ADA = 'ac000000-0000-4000-8000-0000000000a1'
const AGENT = 'ac000000-0000-4000-8000-0000000000b1'
const NEW_AGENT = 'ac000000-0000-4000-8000-0000000000bf'

test.each(['host-phase-one.sql', 'host-phase-one-by-orm.sql'] as const)(
  'events of the agents and members of %s become metrics',
  async file => {
    host = await createHostProduct(file)
    await host.migrate()
    const app = await buildTestServer(host)
    const { authorization } = await authorize(host, { id: ACME })
    const request = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
      app.inject({
        method,
        url: `/v1/organizations/${ACME}${path}`,
        headers: { authorization },
        ...(payload && { payload }),
      })

    const registered = await request('PUT', `/agents/${NEW_AGENT}`, { name: 'New', is_active: false })
    expect(registered.statusCode).toBe(201)
    const event = (rest: object) => ({ id: uuidv7(), event_type: 'message.created', ...rest })
    const posted = await request('POST', '/events', {
      events: [
        event({ user_id: ADA, agent_id: AGENT, properties: { tokens: 7, response_time_ms: 100 } }),
        event({ end_user_id: 'somebody', agent_id: NEW_AGENT }),
        event({ agent_id: '90000000-0000-4000-8000-0000000000b1' }),
      ],
    })
    expect(posted.json()).toMatchObject({ inserted: 2, duplicates: 0, rejected: [{ index: 2 }] })

    for (const day of await inRole(host.pool, 'tenantry_jobs', tx => listDirtyDays(tx, { most: 10 })))
      await inTenant(host.pool, day.organizationId, tx => rollUpDay(tx, day), 'tenantry_jobs')
    const today = new Date().toISOString().slice(0, 10)
    const metrics = await request('GET', `/metrics/daily?from=${today}&to=${today}`)
    expect(metrics.json().data).toMatchObject([
      {
        date: today,
        total_messages: 2,
        total_tokens: 7,
        unique_users: 2,
        agent_count: 2,
        avg_response_time: 100,
      },
    ])
    await app.close()
  },
)
