// What somebody has begun to write stays in this browser until it is sent or thrown away: closing a dialog, a reload and a
// session that ran out lose nothing. It is the person's own, and goes when they sign out.
import { prefixedStorage } from "./prefixed-storage.ts"

const memory = prefixedStorage("kept")

export const formDraftsOf = (userId: string) => ({
  read: (name: string) => memory.read(`${userId}.${name}`),
  write: (name: string, text: string) => memory.write(`${userId}.${name}`, text),
  erase: (name: string) => memory.erase(`${userId}.${name}`),
})

export const clearFormDrafts = () => memory.names("").forEach(memory.erase)
