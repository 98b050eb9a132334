import { writeLocalStorage, readLocalStorage } from "../lib/local-storage.ts"

export const desktopNotificationsAreOn = () =>
  readLocalStorage("desktopNotices") === "on" && "Notification" in globalThis && Notification.permission === "granted"

export async function setDesktopNotifications(on: boolean): Promise<boolean> {
  const isAllowed = on && "Notification" in globalThis && (await Notification.requestPermission()) === "granted"
  writeLocalStorage("desktopNotices", isAllowed ? "on" : null)
  return isAllowed
}
