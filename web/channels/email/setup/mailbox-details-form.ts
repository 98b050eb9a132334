// What becomes of the mails of a mailbox, as its form holds it, and what is sent of it. Pure.
import type { Connection, ConnectionChange } from "../../../settings/connections/connection-queries.ts"

type DetailsForm = { aliases: string; signature: string; teamIds: string[]; windowDays: string; from: string }

const minutesADay = 1_440

export function detailsFormOf(connection: Connection): DetailsForm {
  const { aliases, signature } = connection.settings
  return {
    aliases: Array.isArray(aliases) ? aliases.join("\n") : "",
    signature: typeof signature === "string" ? signature : "",
    teamIds: connection.teamIds,
    windowDays: String(Math.round((connection.reopenWindowMinutes / minutesADay) * 100) / 100),
    from: connection.reopenFrom,
  }
}

export function detailsChangeOf(form: DetailsForm, connection: Connection): ConnectionChange {
  const { aliases, signature, teamIds, windowDays, from } = form
  // A window of minutes that nobody touched stays to the minute.
  const isWindowKept = windowDays === detailsFormOf(connection).windowDays
  return {
    teamIds,
    reopenFrom: from === "activity" ? "activity" : "closure",
    ...(!isWindowKept && { reopenWindowMinutes: Math.round(Number(windowDays) * minutesADay) }),
    settings: { aliases: aliases.split(/[\s,;]+/).filter((one) => one !== ""), signature: signature.trim() },
  }
}
