import { writeLocalStorage } from "../lib/local-storage.ts"

/** The request that is shown now, for sign-in/main.ts: after signing in again the customer is led there. */
export const rememberReturnPath = (path: string) =>
  writeLocalStorage("wanted", /^\/my\/TKT-\d+$/.test(path) ? path : null)
