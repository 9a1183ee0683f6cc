/** Seen by the operator in the log alone: the queue tries again by itself. */
export const mailRefused = (messageId: string, answer: string, cause: unknown) =>
  new Error(`mail ${messageId} was not taken by the mail server and will be tried again: ${answer}`, {
    cause,
  })
