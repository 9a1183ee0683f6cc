import { isUuid } from '../../platform/uuid.ts'
import { agentIdInvalid, agentNameInvalid } from './errors.ts'

export type Agent = { readonly id: string; readonly name: string; readonly isActive: boolean }

/** What is said of an agent; a state that is left out is not changed. */
export type AgentInput = Omit<Agent, 'isActive'> & { readonly isActive?: boolean | undefined }

/** The agent as it is stored: its id in lower case, its name as it was written. */
export function checkAgent({ id, name, isActive }: AgentInput): AgentInput {
  if (!isUuid(id)) throw agentIdInvalid(id)
  if (name.trim() === '' || [...name].length > 255 || UNSTORABLE.test(name)) throw agentNameInvalid()
  return { id: id.toLowerCase(), name, isActive }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const UNSTORABLE = /[\u0000-\u001f\u007f\p{Surrogate}]/u
