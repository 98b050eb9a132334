import { writeLocalStorage, readLocalStorage } from "../lib/local-storage.ts"

export const desktopNotificationsAreOn = () =>
  readLocalStorage("desktopNotices") === "on" && "Notification" in globalThis && Notification.permission === "granted"

/** A page that came over plain HTTP may not have any. */
export function desktopNotificationsAre(): "impossible" | "blocked" | "possible" {
  if (!("Notification" in globalThis) || !globalThis.isSecureContext) return "impossible"
  return Notification.permission === "denied" ? "blocked" : "possible"
}

export async function setDesktopNotifications(on: boolean): Promise<boolean> {
  const isAllowed = on && "Notification" in globalThis && (await Notification.requestPermission()) === "granted"
  writeLocalStorage("desktopNotices", isAllowed ? "on" : null)
  return isAllowed
}
