import type { Connection } from "./connection-queries.ts"

type NamedTemplate = { name: string; language: string }

/** How a field holds a template; its name has no blanks. */
export const templateValue = ({ name, language }: NamedTemplate) => `${name} ${language}`
export function templateOf(value: string): NamedTemplate | null {
  const [name, language] = value.split(" ")
  return name && language ? { name, language } : null
}

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
