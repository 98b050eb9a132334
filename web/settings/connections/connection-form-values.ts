import { templateValue } from "../../templates/template-field-value.ts"
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
  survey: "",
  surveyTemplate: "",
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
  survey: connection.survey ? "on" : "",
  surveyTemplate: connection.surveyTemplate ? templateValue(connection.surveyTemplate) : "",
  replyUrl: typeof connection.settings["replyUrl"] === "string" ? connection.settings["replyUrl"] : "",
})

export type ConnectionFormValues = ReturnType<typeof formOf>
export type FieldBinding = (name: keyof ConnectionFormValues) => {
  value: string
  onChange: (event: { target: { value: string } }) => void
}
