// Says what has just arrived: on the screen, with a sound, and outside of the page where none of ours is seen. It comes with the
// first notification that has to be announced.
import { toast } from "../ui/toast.tsx"
import { maySound, playAlertSound } from "./alert-sound.ts"
import { claimAlerts } from "./claim-alert.ts"
import { desktopNotificationsAreOn } from "./desktop-notification-setting.ts"
import { isAboutTicket, type UserNotification } from "./notification-queries.ts"
import { ticketsOnScreen } from "./tickets-on-screen.ts"

export interface Announcement {
  notice: UserNotification
  text: string
  /** Beside its text, where it can be opened. */
  action: { label: string; run: () => void } | undefined
}

/** What is about a ticket on the screen, in whichever tab, needs no word. */
export async function announce(fresh: Announcement[], ref: string | undefined) {
  const onScreen = await ticketsOnScreen(ref)
  const news = fresh.filter(({ notice }) => !onScreen.some((one) => isAboutTicket(notice, one)))
  const asking = (alert: "sound" | "system") => news.filter(({ notice }) => notice.alerts.includes(alert))
  const idsOf = (some: Announcement[]) => some.map(({ notice }) => notice.id)
  const outside = onScreen.length === 0 && desktopNotificationsAreOn() ? asking("system") : []
  const own = await claimAlerts("system", idsOf(outside))
  for (const one of news) {
    if (!outside.includes(one)) say(one, onScreen.length === 0)
    else if (own.includes(one.notice.id)) showOutside(one)
  }
  if (maySound() && (await claimAlerts("sound", idsOf(asking("sound")))).length > 0)
    // Browsers may forbid it after all.
    await playAlertSound().catch(() => undefined)
}

/** `isUnseen`: no tab can be seen; then it waits in each. */
function say({ text, action }: Announcement, isUnseen: boolean) {
  if (isUnseen || document.visibilityState === "visible") toast(text, action)
}

function showOutside(one: Announcement) {
  const { notice, text, action } = one
  try {
    const shown = new Notification(text, { tag: notice.id, body: notice.ticket?.subject ?? "" })
    shown.addEventListener("click", () => {
      window.focus()
      action?.run()
    })
  } catch {
    // Phones allow it to service workers alone.
    say(one, true)
  }
}
