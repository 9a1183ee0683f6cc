/** Leads to the first field that keeps a form from being sent, which may stand beyond the edge or be told by colour alone. */
export const focusFault = (form: { getInputNode(path: string): HTMLElement | null }) => (errors: object) => {
  const [path] = Object.keys(errors)
  if (path !== undefined) form.getInputNode(path)?.focus()
}
