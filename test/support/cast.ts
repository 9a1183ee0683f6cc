import type pg from 'pg'

/** An organization of the cast, with the one member and the one agent that every test may rely on. */
export interface CastOrganization {
  id: string
  name: string
  subdomain: string
  user: { id: string; email: string }
  agent: { id: string; name: string }
}

export interface Cast {
  /** Ada's organization. */
  acme: CastOrganization
  /** Bob's organization: the wrong tenant, into which nothing of acme may leak. */
  globex: CastOrganization
  ada: CastOrganization['user']
  bob: CastOrganization['user']
}

const ACME: CastOrganization = {
  id: 'ac000000-0000-4000-8000-000000000001',
  name: 'Acme',
  subdomain: 'acme',
  user: { id: 'ac000000-0000-4000-8000-0000000000a1', email: 'ada@acme.test' },
  agent: { id: 'ac000000-0000-4000-8000-0000000000b1', name: 'Acme helper' },
}

const GLOBEX: CastOrganization = {
  id: '90000000-0000-4000-8000-000000000001',
  name: 'Globex',
  subdomain: 'globex',
  user: { id: '90000000-0000-4000-8000-0000000000a1', email: 'bob@globex.test' },
  agent: { id: '90000000-0000-4000-8000-0000000000b1', name: 'Globex helper' },
}

/** Inserts the cast through a superuser's pool: two organizations without limits, ada and bob who own them, an agent each. */
export async function insertCast(admin: pg.Pool): Promise<Cast> {
  for (const organization of [ACME, GLOBEX]) {
    await admin.query(
      `INSERT INTO organizations (id, name, subdomain, max_users, max_agents, max_messages, max_storage)
       VALUES ($1, $2, $3, NULL, NULL, NULL, NULL)`,
      [organization.id, organization.name, organization.subdomain],
    )
    await admin.query(
      `INSERT INTO users (id, organization_id, email, first_name, last_name, organization_role)
       VALUES ($1, $2, $3, $4, $5, 'owner')`,
      organization === ACME
        ? [ACME.user.id, ACME.id, ACME.user.email, 'Ada', 'Lovelace']
        : [GLOBEX.user.id, GLOBEX.id, GLOBEX.user.email, 'Bob', null],
    )
    await admin.query('INSERT INTO agents (id, organization_id, user_id, name) VALUES ($1, $2, $3, $4)', [
      organization.agent.id,
      organization.id,
      organization.user.id,
      organization.agent.name,
    ])
  }
  return { acme: ACME, globex: GLOBEX, ada: ACME.user, bob: GLOBEX.user }
}
