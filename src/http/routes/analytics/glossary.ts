import { Type } from 'typebox'
import { GLOSSARY } from '../../../domains/analytics/index.ts'
import type { App } from '../../context.ts'

/** What each figure means, for pages that show it. */
export default function glossaryRoutes(app: App): void {
  app.get(
    '/v1/metrics-glossary',
    {
      config: { open: true },
      schema: {
        operationId: 'getMetricsGlossary',
        tags: ['Analytics'],
        summary: 'Read how each figure is computed',
        description:
          'One entry for each figure, under the name that it has in every answer. The same for everybody.',
        response: { 200: Glossary },
      },
    },
    async () => GLOSSARY,
  )
}

const Explanation = Type.Object({
  title: Type.String({ description: 'What a page calls it.' }),
  unit: Type.Enum(['count', 'tokens', 'milliseconds', 'score']),
  how: Type.String({ description: 'How it is computed, in a sentence or two.' }),
})

const Glossary = Type.Object(
  Object.fromEntries(Object.keys(GLOSSARY).map(name => [name, Explanation])) as Record<
    keyof typeof GLOSSARY,
    typeof Explanation
  >,
)
