// A run of the archiver in a process of its own, to be killed.
const [, , dist, url, folder] = process.argv
const { createPool } = await import(`${dist}/database/pool.js`)
const { archiveEvents } = await import(`${dist}/maintenance/archive/archive-events.js`)
const { openArchiveFolder } = await import(`${dist}/platform/archive-store.js`)

const pool = createPool({ url, max: 3, name: 'tenantry archiver' })
const retention = { days: 90, plans: { enterprise: 365 } }
await archiveEvents(pool, { store: openArchiveFolder(folder), retention, now: new Date() })
await pool.end()
