import { parseConfiguration } from '../../src/platform/configuration.ts'
import { createMailTransport } from '../../src/platform/mail/transport.ts'

/** What a worker needs of mail where no test looks at any: mails are kept, links begin with the default address. */
const configuration = parseConfiguration({})
export const NO_MAIL = { mail: createMailTransport(configuration), publicUrl: configuration.url }
