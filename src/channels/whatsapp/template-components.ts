// Templates: what stands in them to be filled in, how they read then, and how the Graph API takes them. Pure.

import type { Placeholder } from "../channel.ts"

export type Component = {
  type: string
  format?: string
  text?: string
  buttons?: { type: string; text?: string; url?: string }[]
}

const known = {
  components: ["HEADER", "BODY", "FOOTER", "BUTTONS"],
  headers: ["TEXT", "IMAGE", "VIDEO", "DOCUMENT"],
  // Their parts are fixed, or a link with one gap.
  buttons: ["QUICK_REPLY", "URL", "PHONE_NUMBER"],
}

/**
 * The part for which we have no value to give (a flow, a carousel, a place, a coupon …), or null. Meta refuses a message
 * without it (132012), so such a template is not offered.
 */
export function unfillablePart(components: Component[]): string | null {
  for (const { type, format, buttons = [] } of components) {
    if (!known.components.includes(type.toUpperCase())) return type.toUpperCase()
    if (type.toUpperCase() === "HEADER" && !known.headers.includes((format ?? "TEXT").toUpperCase()))
      return format!.toUpperCase()
    const strange = buttons.find((button) => !known.buttons.includes(button.type.toUpperCase()))
    if (strange) return strange.type.toUpperCase()
  }
  return null
}

const marks = /\{\{\s*(\w+)\s*\}\}/g
const ofType = (components: Component[], type: string) => components.find((it) => it.type.toUpperCase() === type)

export function placeholdersOf(components: Component[]): Placeholder[] {
  const header = ofType(components, "HEADER")
  const body = ofType(components, "BODY")
  const buttons = ofType(components, "BUTTONS")?.buttons ?? []
  return [
    ...namesIn(header?.text).map((name) => ({ part: "header", name, label: name }) as const),
    ...namesIn(body?.text).map((name) => ({ part: "body", name, label: name }) as const),
    ...buttons.flatMap((button, index) =>
      namesIn(button.url).map((name) => ({ part: "button", name, index, label: button.text ?? name }) as const),
    ),
  ]
}

/** The header's media, if the template needs some: it is sent along as a file. */
export function headerMedia(components: Component[]): "image" | "video" | "document" | null {
  const format = ofType(components, "HEADER")?.format?.toLowerCase()
  return format === "image" || format === "video" || format === "document" ? format : null
}

/** The template as the customer reads it. */
export function previewOf(components: Component[], values: string[]): string {
  const places = placeholdersOf(components)
  const valueOf = (part: Placeholder["part"]) => (_: string, name: string) =>
    values[places.findIndex((it) => it.part === part && it.name === name)] ?? `{{${name}}}`
  const header = ofType(components, "HEADER")?.text?.replace(marks, valueOf("header"))
  const body = ofType(components, "BODY")?.text?.replace(marks, valueOf("body"))
  const footer = ofType(components, "FOOTER")?.text
  return [header && `*${header}*`, body, footer].filter(Boolean).join("\n\n")
}

/** `components` of a template message, without the header's media. One value for each placeholder. */
export function filledComponents(components: Component[], values: string[]): unknown[] {
  const places = placeholdersOf(components).map((place, i) => ({ ...place, value: values[i] ?? "" }))
  const parameter = ({ name, value }: { name: string; value: string }) =>
    /^\d+$/.test(name) ? { type: "text", text: value } : { type: "text", parameter_name: name, text: value }
  const part = (type: "header" | "body") => {
    const parameters = places.filter((it) => it.part === type).map(parameter)
    return parameters.length > 0 ? [{ type, parameters }] : []
  }
  const buttons = places
    .filter((it) => it.part === "button")
    .map((it) => ({
      type: "button",
      sub_type: "url",
      index: String(it.index),
      parameters: [{ type: "text", text: it.value }],
    }))
  return [...part("header"), ...part("body"), ...buttons]
}

function namesIn(text = ""): string[] {
  return [...new Set([...text.matchAll(marks)].map(([, name]) => name!))].toSorted(byNumber)
}

// {{2}} may stand before {{1}}; the values still come as 1, 2.
function byNumber(a: string, b: string): number {
  return /^\d+$/.test(a) && /^\d+$/.test(b) ? Number(a) - Number(b) : 0
}
