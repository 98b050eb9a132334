// The request that a mail named, until its reader has come in by the link of another mail.
import { remember, remembered } from "../lib/storage.ts"

export const want = (path: string) => remember("wanted", /^\/my\/TKT-\d+$/.test(path) ? path : null)

export function takeWanted(): string {
  const path = remembered("wanted") ?? "/my"
  remember("wanted", null)
  return path
}
