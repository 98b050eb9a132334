// What a chat's settings hold, and how they are read: what a null or nothing stands for is said here alone.
import { z } from "zod"
import { oneLine } from "#kernel/http/input-fields.ts"
import { mostQuestions, type PreChat } from "./api-contract.ts"
import { normalizeSite } from "./allowed-sites.ts"
import { contrastRatio, hexColour, minimumContrast, readableOn, type WidgetLook } from "./look/api-contract.ts"
import { longestLogo, pngOf } from "./png-picture.ts"

const colour = z.string().regex(hexColour, "must be a colour such as #0f766e")
const site = z
  .string()
  .max(260)
  .transform((text) => normalizeSite(text))
  .refine((known) => known !== null, "must be an address such as https://shop.example or https://*.shop.example")
const logo = z
  .string()
  .max(longestLogo, "must be at most 32 kB")
  .refine((text) => pngOf(text) !== null, "must be a PNG of at most 512 × 512 pixels, as a data: address")

const asked = z.enum(["off", "optional", "required"])
const question = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{1,20}$/, "must be 1 to 20 small letters and digits"),
  label: oneLine(120, 1),
  required: z.boolean().optional(),
  /** Of which one is chosen; none: any words. */
  options: z.array(oneLine(80, 1)).min(2).max(20).optional(),
})
const preChat = z.strictObject({
  name: asked.optional(),
  email: asked.optional(),
  questions: z
    .array(question)
    .max(mostQuestions)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "have an id twice")
    .optional(),
})

export const webchatSettings = z
  .strictObject({
    /** How visitors read its name; else the connection's. */
    title: oneLine(60).nullable().optional(),
    logo: logo.nullable().optional(),
    color: colour.nullable().optional(),
    /** Of the text on it; else black or white. */
    textColor: colour.nullable().optional(),
    /** In which corner of a page the widget stands. */
    position: z.enum(["left", "right"]).nullable().optional(),
    /** The sites whose pages may show it; none: all. */
    sites: z.array(site).max(50).nullable().optional(),
    /** What visitors are asked before their first message. */
    preChat: preChat.nullable().optional(),
    /** Outside the hours of its calendar: they write as ever, or leave an e-mail with what they write. */
    outOfHours: z.enum(["write", "form"]).nullable().optional(),
    /** Visitors may have the conversation mailed, unless it is false. */
    transcript: z.boolean().nullable().optional(),
  })
  .superRefine(({ color, textColor }, context) => {
    if (!textColor) return
    const message = color ? lowContrast(color, textColor) : "needs a colour that it stands on"
    if (message) context.addIssue({ code: "custom", path: ["textColor"], message })
  })

export type WebchatSettings = z.output<typeof webchatSettings>

function lowContrast(color: string, textColor: string): string | null {
  const ratio = contrastRatio(color, textColor)
  if (ratio >= minimumContrast) return null
  // Rounded down: 4.49 is not 4.5.
  const shown = (Math.floor(ratio * 10) / 10).toFixed(1)
  return `is read too badly on ${color}: ${shown}:1, at least ${minimumContrast}:1 is needed, ${readableOn(color)} has it`
}

/** The settings of a connection of this kind, as its row holds them. */
export const settingsOf = ({ settings }: { settings: Record<string, unknown> }): WebchatSettings => {
  const read = webchatSettings.safeParse(settings)
  return read.success ? read.data : readableParts(settings)
}

// A reserved name (RFC 2606): no page is served from there.
const noSite = "https://nowhere.invalid"

/** Of what another version stored, or a hand in the database: each setting that can be read. What cannot be read allows nothing. */
function readableParts(settings: Record<string, unknown>): WebchatSettings {
  const { title, logo: picture, color, position, preChat: questions, outOfHours } = webchatSettings.shape
  const read = <T>(schema: z.ZodType<T>, value: unknown) => schema.safeParse(value).data
  const { sites, transcript } = settings
  const known = (Array.isArray(sites) ? sites : [null]).flatMap((one) => read(site, one) ?? [])
  const isEverySite = sites === undefined || sites === null || (Array.isArray(sites) && sites.length === 0)
  return {
    title: read(title, settings["title"]),
    logo: read(picture, settings["logo"]),
    color: read(color, settings["color"]),
    position: read(position, settings["position"]),
    preChat: read(questions, settings["preChat"]),
    outOfHours: read(outOfHours, settings["outOfHours"]),
    sites: isEverySite ? [] : known.length > 0 ? known : [noSite],
    transcript: transcript === undefined || transcript === null || transcript === true,
  }
}

export const sitesOf = (connection: { settings: Record<string, unknown> }): string[] =>
  (settingsOf(connection).sites ?? []).filter((one) => one !== null)

/** What they are asked, with nothing left out; null when nothing is asked. */
export function preChatOf(connection: { settings: Record<string, unknown> }): PreChat | null {
  const { name = "off", email = "off", questions = [] } = settingsOf(connection).preChat ?? {}
  if (name === "off" && email === "off" && questions.length === 0) return null
  const all = questions.map(({ required = false, options = null, ...one }) => ({ ...one, required, options }))
  return { name, email, questions: all }
}

export function widgetLookOf(connection: { settings: Record<string, unknown> }): WidgetLook {
  const { color, textColor, position } = settingsOf(connection)
  return {
    color: color ?? null,
    textColor: textColor ?? null,
    position: position ?? "right",
    sites: sitesOf(connection),
  }
}
