import type { Connection } from "./connection-queries.ts"

export const emptyForm = (kind: Connection["kind"]) => ({
  kind,
  name: "",
  window: "120",
  from: "activity",
  team: "",
  greeting: "",
  farewell: "",
  calendar: "",
  outOfHours: "",
  replyUrl: "",
})
export const formOf = (connection: Connection) => ({
  kind: connection.kind,
  name: connection.name,
  window: String(connection.reopenWindowMinutes),
  from: connection.reopenFrom as string,
  team: connection.teamIds[0] ?? "",
  greeting: connection.greeting ?? "",
  farewell: connection.farewellText ?? "",
  calendar: connection.calendarId ?? "",
  outOfHours: connection.outOfHoursText ?? "",
  replyUrl: typeof connection.settings["replyUrl"] === "string" ? connection.settings["replyUrl"] : "",
})

export type ConnectionFormValues = ReturnType<typeof formOf>
export type FieldBinding = (name: keyof ConnectionFormValues) => {
  value: string
  onChange: (event: { target: { value: string } }) => void
}
