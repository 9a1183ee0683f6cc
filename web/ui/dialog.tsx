import { Modal, type ModalProps } from '@mantine/core'

/** A dialog that never loses the focus: it goes back to what opened the dialog, or, where that is gone, to the heading. */
export function Dialog(props: ModalProps) {
  return <Modal {...props} onExitTransitionEnd={focusHeadingWhereNothingIs} />
}

function focusHeadingWhereNothingIs(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
}
