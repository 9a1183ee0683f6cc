import { createContext } from 'react'

/** Whether the shell is around what is shown: there its main part is the one of the document. */
export const InsideShell = createContext(false)
