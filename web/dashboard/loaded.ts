import { lazyRouteComponent } from '@tanstack/react-router'

/**
 * The component of a module that is loaded when it is asked for. One that is gone, since another version was installed, has
 * the document loaded again; without a connection that would leave nothing, so there it is an error that says so.
 */
export function loaded<Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(
    () =>
      load().catch(error => {
        throw navigator.onLine ? error : new TypeError('offline')
      }),
    name,
  )
}
