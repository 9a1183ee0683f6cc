/** How numbers and dates are written: as the member has chosen; undefined is as the browser does. */
let chosen: string | undefined

export const locale = {
  get: () => chosen,
  choose(language: string | null) {
    chosen = language ?? undefined
  },
}
