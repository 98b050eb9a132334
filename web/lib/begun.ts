// What somebody has begun to write stays in this browser until it is sent or thrown away: closing a dialog, a reload and a
// session that ran out lose nothing. It is the person's own, and goes when they sign out.
import { memoryOf } from "./memory.ts"

const memory = memoryOf("kept")

export const begunBy = (userId: string) => ({
  read: (name: string) => memory.read(`${userId}.${name}`),
  write: (name: string, text: string) => memory.write(`${userId}.${name}`, text),
  erase: (name: string) => memory.erase(`${userId}.${name}`),
})

export const forgetBegun = () => memory.names("").forEach(memory.erase)
