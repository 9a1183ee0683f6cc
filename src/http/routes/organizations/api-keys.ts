import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import {
  createApiKey,
  DEFAULT_OVERLAP_HOURS,
  listApiKeys,
  MOST_OVERLAP_HOURS,
  revokeApiKey,
  rotateApiKey,
  SCOPES,
} from '../../../domains/organizations/index.ts'
import { actorOf, memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { keepAnswer } from '../../idempotency.ts'
import { OrganizationParams } from '../../schemas.ts'

/** The keys by which programs of the organization prove themselves. A key itself is shown once, to who made it. */
export default function apiKeyRoutes(app: App, { pool, now }: Context): void {
  const config = { permission: 'api_keys:manage' } as const
  const tags = ['API keys']

  app.get(
    '/v1/organizations/:organizationId/api-keys',
    {
      config,
      schema: {
        operationId: 'listApiKeys',
        tags,
        summary: 'List the API keys',
        description:
          'Every key, the ended ones too, oldest first: by its first characters, never the key itself.',
        params: OrganizationParams,
        response: { 200: Type.Object({ data: Type.Array(ApiKey) }) },
      },
    },
    async request => {
      const keys = await inTenant(pool, memberOf(request).organizationId, listApiKeys)
      const data = keys.map(({ id, name, prefix, scopes, createdBy, ...times }) => ({
        id,
        name,
        prefix,
        scopes: [...scopes],
        created_by: createdBy,
        created_at: times.createdAt.toISOString(),
        last_used_at: times.lastUsedAt?.toISOString() ?? null,
        expires_at: times.expiresAt?.toISOString() ?? null,
        revoked_at: times.revokedAt?.toISOString() ?? null,
      }))
      return { data }
    },
  )

  app.post(
    '/v1/organizations/:organizationId/api-keys',
    {
      config,
      schema: {
        operationId: 'createApiKey',
        tags,
        summary: 'Make an API key',
        description: 'The answer shows the key, this once: only a hash of it is stored.',
        params: OrganizationParams,
        body: Type.Object(
          {
            name: Type.Optional(Type.String({ maxLength: 255, description: 'What uses it.' })),
            scopes: Type.Array(Type.Enum([...SCOPES]), {
              minItems: 1,
              maxItems: SCOPES.length,
              description: 'What it may do. Settled for good: for more there is another key.',
            }),
          },
          { additionalProperties: false },
        ),
        response: { 201: MadeApiKey },
      },
    },
    async (request, reply) => {
      const answer = await inTenant(pool, memberOf(request).organizationId, async tx => {
        const made = await createApiKey(tx, { ...request.body, actor: await actorOf(tx, request) })
        const body = { ...made, scopes: [...made.scopes] }
        return keepAnswer(tx, request, { status: 201, body })
      })
      return reply.code(201).send(answer)
    },
  )

  app.post(
    '/v1/organizations/:organizationId/api-keys/:apiKeyId/rotation',
    {
      config,
      schema: {
        operationId: 'rotateApiKey',
        tags,
        summary: 'Replace an API key',
        description:
          'Makes a new key with the same name and scopes, shown this once. The old one goes on for the overlap, so that no request is refused while programs change over, and then ends by itself.',
        params: ApiKeyParams,
        body: Type.Object(
          {
            overlap_hours: Type.Optional(
              Type.Integer({
                minimum: 0,
                maximum: MOST_OVERLAP_HOURS,
                default: DEFAULT_OVERLAP_HOURS,
                description: 'How long the old key goes on; 0 ends it at once.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          201: Type.Object({
            ...MadeApiKey.properties,
            old_key_ends_at: Type.String({ format: 'date-time' }),
          }),
        },
      },
    },
    async (request, reply) => {
      const { overlap_hours: overlapHours = DEFAULT_OVERLAP_HOURS } = request.body
      const apiKeyId = request.params.apiKeyId.toLowerCase()
      const answer = await inTenant(pool, memberOf(request).organizationId, async tx => {
        const actor = await actorOf(tx, request)
        const { oldEndsAt, ...made } = await rotateApiKey(tx, { apiKeyId, overlapHours, now: now(), actor })
        const body = { ...made, scopes: [...made.scopes], old_key_ends_at: oldEndsAt.toISOString() }
        return keepAnswer(tx, request, { status: 201, body })
      })
      return reply.code(201).send(answer)
    },
  )

  app.put(
    '/v1/organizations/:organizationId/api-keys/:apiKeyId/revocation',
    {
      config,
      schema: {
        operationId: 'revokeApiKey',
        tags,
        summary: 'Revoke an API key',
        description: 'The next request with it is refused, and it never opens anything again.',
        params: ApiKeyParams,
        response: { 204: Type.Null({ description: 'Done, also where it was so before.' }) },
      },
    },
    async (request, reply) => {
      const apiKeyId = request.params.apiKeyId.toLowerCase()
      await inTenant(pool, memberOf(request).organizationId, async tx =>
        revokeApiKey(tx, { apiKeyId, now: now(), actor: await actorOf(tx, request) }),
      )
      return reply.code(204).send(null)
    },
  )
}

const ApiKeyParams = Type.Object({
  ...OrganizationParams.properties,
  apiKeyId: Type.String({ format: 'uuid', description: 'As the list shows it; not the key itself.' }),
})

const Time = Type.Union([Type.String({ format: 'date-time' }), Type.Null()])

const ApiKey = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  prefix: Type.String({ description: 'The first characters of the key, by which its holder knows it.' }),
  scopes: Type.Array(Type.String()),
  created_by: Type.Union([Type.String(), Type.Null()], {
    description: 'The member who made it; null: the operator, or somebody who has left.',
  }),
  created_at: Type.String({ format: 'date-time' }),
  last_used_at: Type.Union(Time.anyOf, { description: 'True to a minute; null: never.' }),
  expires_at: Type.Union(Time.anyOf, { description: 'When it ends because another key took its place.' }),
  revoked_at: Type.Union(Time.anyOf, { description: 'When somebody ended it.' }),
})

const MadeApiKey = Type.Object({
  id: Type.String({ format: 'uuid' }),
  key: Type.String({ description: 'Shown this once. Programs send it as `Authorization: Bearer …`.' }),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
})
