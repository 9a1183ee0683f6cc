import { Type } from 'typebox'

/** The organization in the URL. It is the caller's own: any other was answered 404 before the handler runs. */
export const OrganizationParams = Type.Object({
  organizationId: Type.String({
    format: 'uuid',
    description: 'The organization of the API key or of the member who is signed in.',
  }),
})
