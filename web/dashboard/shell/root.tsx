import { Outlet } from '@tanstack/react-router'
import { OfflineBanner } from './offline-banner.tsx'

export function Root() {
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <OfflineBanner />
      <Outlet />
    </>
  )
}
