// How a notification is announced besides standing in the list: by what its reader chose, and not in their quiet hours.
import type { Alert, NotificationKind, NotificationPreferences, QuietHours } from "./api-contract.ts"

const alerts: Alert[] = ["sound", "system"]

/** Those of one person; `timezone` is theirs, in which their quiet hours are written. */
export function alertsFor({ kinds, quietHours }: NotificationPreferences, timezone: string) {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  })
  return ({ kind, createdAt }: { kind: NotificationKind; createdAt: Date }): Alert[] =>
    quietHours !== null && isWithin(quietHours, clock.format(createdAt))
      ? []
      : alerts.filter((alert) => kinds[kind][alert])
}

/** `to` is the first minute that is not quiet any more; before `from`, it is of the next day. */
const isWithin = ({ from, to }: QuietHours, at: string) => (from < to ? at >= from && at < to : at >= from || at < to)
