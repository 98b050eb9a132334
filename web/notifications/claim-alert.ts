// Of many tabs one sounds, and one shows what is shown outside of the page: whichever claims it first.
import { readLocalStorage, writeLocalStorage } from "../lib/local-storage.ts"
import type { UserNotification } from "./notification-queries.ts"

type Alert = UserNotification["alerts"][number]

/** More than any tab can still be about to announce. */
const remembered = 60

/** Those that no tab of this browser has claimed before; they are this tab's. */
export async function claimAlerts(alert: Alert, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const name = `alerted.${alert}`
  const claim = () => {
    const claimed = readLocalStorage(name)?.split(" ") ?? []
    const own = ids.filter((id) => !claimed.includes(id))
    if (own.length > 0) writeLocalStorage(name, [...own, ...claimed].slice(0, remembered).join(" "))
    return own
  }
  return navigator.locks ? navigator.locks.request(`hilo.${name}`, claim) : claim()
}
