import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openArchiveFolder } from '../../src/platform/archive-store.ts'
import { parseConfiguration } from '../../src/platform/configuration.ts'
import { createMailTransport } from '../../src/platform/mail/transport.ts'

/** What a worker needs where no test looks at it: mails are kept, links begin with the default address, nothing expires. */
const configuration = parseConfiguration({})
export const WORKER_DEFAULTS = {
  mail: createMailTransport(configuration),
  publicUrl: configuration.url,
  archive: openArchiveFolder(join(tmpdir(), 'tenantry-test-archive')),
  eventRetention: configuration.eventRetention,
}
