import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.TENANTRY_URL ?? 'http://127.0.0.1:3000'
const toServer = { target: server, changeOrigin: true, headers: { origin: server } }

export default defineConfig({
  root: new URL('./dashboard', import.meta.url).pathname,
  plugins: [react()],
  build: { target: 'es2022', emptyOutDir: true, assetsInlineLimit: 0, reportCompressedSize: false },
  // `npm run dev`: pages come from here, everything else from the server, as if from one origin.
  server: {
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/v1', '/docs', '/openapi.json', '/dev', '/status', '/health', '/ready'].map(path => [path, toServer]),
    ),
  },
})
