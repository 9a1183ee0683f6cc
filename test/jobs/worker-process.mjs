// A worker in a process of its own, to be killed: says "ready", and runs until then.
const [, , dist, url] = process.argv
const { createPool } = await import(`${dist}/database/pool.js`)
const { startWorker } = await import(`${dist}/jobs/worker.js`)
const { createLogger } = await import(`${dist}/platform/logger.js`)
const { openArchiveFolder } = await import(`${dist}/platform/archive-store.js`)
const { parseConfiguration } = await import(`${dist}/platform/configuration.js`)
const { createMailTransport } = await import(`${dist}/platform/mail/transport.js`)

const configuration = parseConfiguration({})
const pool = createPool({ url, max: 2, name: 'tenantry jobs' })
await startWorker({
  url,
  pool,
  log: createLogger('silent'),
  now: () => new Date(),
  mail: createMailTransport(configuration),
  publicUrl: configuration.url,
  archive: openArchiveFolder(configuration.archiveDir),
  eventRetention: configuration.eventRetention,
})
console.log('ready')
