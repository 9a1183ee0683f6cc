// The process of a load: is sent what to prepare, says "prepared", and at "go" sends it and reports.
import { runnerImport } from 'vite'

const { module } = await runnerImport(new URL('./load.ts', import.meta.url).pathname, { logLevel: 'warn' })
let go
process.on('message', async message => {
  if (message === 'go') {
    process.send(await go())
    process.disconnect()
  } else {
    go = await module.prepareLoad(message)
    process.send('prepared')
  }
})
process.send('ready')
