import openapiTS, { astToString } from 'openapi-typescript'

/** The types of the client, made from the description of the API as it is given. */
export async function generateClient(openapi: string): Promise<string> {
  const types = astToString(await openapiTS(JSON.parse(openapi)))
  return `/** Written by \`npm run generate\` from openapi.json. Not to be edited. */\n\n${types}`
}
