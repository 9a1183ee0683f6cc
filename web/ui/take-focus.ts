/** The ref of what comes in the place of that which had the focus, so that it is not lost. */
export const takeFocus = (element: HTMLElement | null) => element?.focus()
