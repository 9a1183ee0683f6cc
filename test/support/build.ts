/** Some tests run the program as it is installed, and browsers load the built pages. */
export default async function setup(): Promise<void> {
  const { buildWhenStale } = await import(new URL('../../scripts/build.js', import.meta.url).href)
  buildWhenStale()
}
