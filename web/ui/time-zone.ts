import { createContext } from 'react'

/** The zone of the organization: every time on a page is told by its clocks, wherever the reader is. */
export const TimeZone = createContext('UTC')
