// The settings of a chat as its form holds them, and what is sent of them.
import type { Connection, ConnectionChange } from "../../../settings/connections/connection-queries.ts"

/** `options`: one a line; empty for any words. */
export type QuestionForm = { id: string; label: string; required: boolean; options: string }

export type ChatForm = {
  title: string
  /** A data: address; empty for none. */
  logo: string
  /** #rrggbb; empty for Hilo's own. */
  color: string
  /** #rrggbb; empty for black or white, whichever is read better. */
  textColor: string
  position: string
  greeting: string
  /** One a line. */
  sites: string
  askName: string
  askEmail: string
  questions: QuestionForm[]
  calendar: string
  outOfHoursText: string
  outOfHours: string
  transcript: boolean
}

export type ChatFields = { form: ChatForm; change: (part: Partial<ChatForm>) => void; error: unknown }

const text = (value: unknown) => (typeof value === "string" ? value : "")

type StoredQuestion = { id: string; label: string; required?: boolean; options?: string[] }
type StoredPreChat = { name?: string; email?: string; questions?: StoredQuestion[] }

export function chatFormOf({ settings, greeting, calendarId, outOfHoursText }: Connection): ChatForm {
  const { title, logo, color, textColor, position, sites, outOfHours } = settings
  const { name = "off", email = "off", questions = [] } = (settings["preChat"] ?? {}) as StoredPreChat
  return {
    title: text(title),
    logo: text(logo),
    color: text(color),
    textColor: text(textColor),
    position: text(position) || "right",
    greeting: greeting ?? "",
    sites: Array.isArray(sites) ? sites.join("\n") : "",
    askName: name,
    askEmail: email,
    questions: questions.map(({ id, label, required = false, options = [] }) => {
      return { id, label, required, options: options.join("\n") }
    }),
    calendar: calendarId ?? "",
    outOfHoursText: outOfHoursText ?? "",
    outOfHours: text(outOfHours) || "write",
    transcript: settings["transcript"] !== false,
  }
}

export function chatChangeOf(form: ChatForm): ConnectionChange {
  const { title, logo, color, textColor, position, greeting, sites } = form
  return {
    greeting: greeting.trim() || null,
    calendarId: form.calendar || null,
    outOfHoursText: form.outOfHoursText.trim() || null,
    settings: {
      title: title.trim() || null,
      logo: logo || null,
      color: color || null,
      textColor: color ? textColor || null : null,
      position,
      sites: siteLines(sites),
      preChat: preChatOf(form),
      outOfHours: form.outOfHours,
      transcript: form.transcript,
    },
  }
}

function preChatOf({ askName: name, askEmail: email, questions }: ChatForm) {
  if (name === "off" && email === "off" && questions.length === 0) return null
  const shaped = questions.map(({ options, ...question }) => {
    const lines = optionLines(options)
    return { ...question, ...(lines.length > 0 && { options: lines }) }
  })
  return { name, email, questions: shaped }
}

export const optionLines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")

/** What people write without a scheme is meant as https. */
export const siteLines = (lines: string): string[] =>
  lines
    .split(/[\s,]+/)
    .filter((line) => line !== "")
    .map((line) => (line.includes("://") ? line : `https://${line}`))
