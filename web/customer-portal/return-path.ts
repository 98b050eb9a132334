// The request that a mail named, until its reader has come in by the link of another mail.
import { writeLocalStorage, readLocalStorage } from "../lib/local-storage.ts"

export const rememberReturnPath = (path: string) =>
  writeLocalStorage("wanted", /^\/my\/TKT-\d+$/.test(path) ? path : null)

export function takeReturnPath(): string {
  const path = readLocalStorage("wanted") ?? "/my"
  writeLocalStorage("wanted", null)
  return path
}
