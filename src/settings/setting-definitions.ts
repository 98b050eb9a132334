// Every named setting: what it may be, what it is when nobody set it, and what it means.
import { z } from "zod"
import { plainText, timezone } from "#kernel/http/input-fields.ts"
import { languages } from "#texts/languages-and-text-ids.ts"
import { countries } from "#kernel/supported-phone-countries.ts"

const setting = <T extends z.ZodType>(type: T, fallback: z.output<T>, meaning: string) => ({ type, fallback, meaning })

const weight = z.number("must be a number").min(0, "must be 0 or more").max(100, "must be at most 100")
const count = (most: number) =>
  z.int("must be a whole number").min(1, "must be 1 or more").max(most, `must be at most ${most}`)
const phrases = z.array(plainText(50, 1)).max(200, "must be at most 200 phrases")

const places = z.array(plainText(80, 1)).max(200, "must be at most 200 names")

const runnable = "app apk bat cmd com cpl dll dmg exe hta jar lnk msi msp pif pkg ps1 reg scr vbe vbs wsf wsh"

export const settings = {
  acknowledgements: setting(
    z.strictObject({ es: phrases, en: phrases }),
    {
      es: [
        "gracias",
        "muchas gracias",
        "mil gracias",
        "ok",
        "okey",
        "vale",
        "listo",
        "perfecto",
        "de acuerdo",
        "dale",
        "👍",
        "🙏",
      ],
      en: ["thanks", "thank you", "thank you very much", "thx", "ok", "okay", "great", "perfect", "got it", "👍", "🙏"],
    },
    "What a customer writes after the end only to be polite; it is attached and reopens nothing. One list per language.",
  ),
  "marketing.optOutWords": setting(
    z.strictObject({ es: phrases, en: phrases }),
    {
      es: ["baja", "dar de baja", "darme de baja", "no más publicidad", "detener promociones"],
      en: ["stop", "unsubscribe", "opt out", "stop promotions"],
    },
    "A message that is nothing but one of these says that its writer wants no marketing. One list per language.",
  ),
  "marketing.optInWords": setting(
    z.strictObject({ es: phrases, en: phrases }),
    { es: ["alta", "dar de alta", "darme de alta"], en: ["start", "resume", "subscribe", "opt in"] },
    "A message that is nothing but one of these takes that back. One list per language.",
  ),
  "assignment.weights": setting(
    z.strictObject({ support: weight, conversation: weight, incident: weight, mirrored: weight }),
    { support: 1, conversation: 1, incident: 0, mirrored: 0 },
    "How much of an agent's capacity a new or active ticket of each kind takes.",
  ),
  "attachments.refused": setting(
    z
      .array(z.string().regex(/^[a-z0-9]{1,20}$/, "must be an ending such as exe, in small letters"))
      .max(200, "must be at most 200 endings"),
    runnable.split(" "),
    "Files whose name ends so are not taken: a computer that opens them would run them.",
  ),
  quotas: setting(
    z.strictObject({
      customerTickets: count(10_000),
      customerMessages: count(10_000),
      customerUnsentMegabytes: count(10_000),
      staffWrites: count(10_000_000),
    }),
    { customerTickets: 10, customerMessages: 60, customerUnsentMegabytes: 200, staffWrites: 100_000 },
    "What one person may write in an hour: tickets and messages of a customer, anything of staff or a key; and how much a customer may upload before sending it.",
  ),
  "desk.name": setting(
    plainText(100).transform((text) => text.trim()),
    "",
    "What the desk is called.",
  ),
  "desk.country": setting(
    z.enum(countries, "must be the two letters of a country, such as CO").nullable(),
    null,
    "The country whose phone numbers people write without its code. Without one only numbers with + and a code are read.",
  ),
  "desk.setupDismissed": setting(
    z.boolean(),
    false,
    "Whether the list of a new desk's first steps is no longer shown to its admins; it goes by itself once all are done.",
  ),
  "contacts.visibility": setting(
    z.enum(["scoped", "all"]),
    "scoped",
    "Which contacts staff see: those that have a ticket they may see or that they made, or all.",
  ),
  language: setting(z.enum(languages), "es", "The language of what Hilo says by itself where nobody's own is known."),
  timezone: setting(timezone, "America/Bogota", "The time zone of the desk, where nobody's own is known."),
  "support.reopenDays": setting(
    z.int("must be a whole number of days").min(0).max(3_650),
    14,
    "For so many days after closing, a customer's message reopens a support ticket; later it starts a follow-up.",
  ),
  "support.mailCustomers": setting(
    z.boolean(),
    true,
    "Whether customers are mailed what staff answer and how it ends, on tickets that no channel of theirs tells them of.",
  ),
  "mail.connectionId": setting(
    z.string().max(100).nullable(),
    null,
    "The mailbox by which mails about tickets leave whose team has none, so that their answers come back; and others where SMTP_URL is not set.",
  ),
  "mail.undoSeconds": setting(
    z.int("must be whole seconds").min(0, "must be 0 or more").max(60, "must be at most 60"),
    10,
    "For so long a reply by mail waits before it leaves, so that its writer can take it back; 0 = it leaves at once.",
  ),
  "support.autoCloseDays": setting(
    z.int("must be a whole number of days").min(0, "must be 0 or more").max(3_650, "must be at most 3650"),
    4,
    "A resolved support ticket closes by itself after so many days without a message from its customer; 0 = never.",
  ),
  "support.survey": setting(
    z.boolean(),
    true,
    "Whether the customer of a support ticket is asked once how it was, when it is resolved or closed.",
  ),
  "survey.style": setting(z.enum(["stars", "smileys"]), "stars", "How the five scores of a survey are shown."),
  "survey.question": setting(
    z.strictObject({ es: plainText(300), en: plainText(300) }),
    { es: "", en: "" },
    "What a survey asks, per language; an empty text is ours.",
  ),
  "incidents.teamId": setting(
    z.string().max(100).nullable(),
    null,
    "The team that gets incidents; none, or one that is gone, means the default team.",
  ),
  "agreements.teamId": setting(
    z.string().max(100).nullable(),
    null,
    "The team that gets mirrored tickets; none, or one that is gone, means the default team.",
  ),
  "agreements.shadow": setting(
    z.boolean(),
    false,
    "Whether agreements only say what they would do: nothing is reopened or opened there, and nobody is notified.",
  ),
  TICKET_REOPEN_WINDOW_MINUTES: setting(
    z.int("must be a whole number of minutes").min(0, "must be 0 or more").max(10_080, "must be at most 10080"),
    7,
    "How many minutes a ticket that is closed in Splynx waits for its closure in Gestión Real before it is reopened; 0 = none.",
  ),
  WEBHOOK_MOTIVO_PERMITIDO: setting(
    plainText(200).transform((text) => text.trim()),
    "",
    "The contact reason (motivo de contacto) whose tickets of Gestión Real become tickets here; empty = all.",
  ),
  "incidents.contactDays": setting(
    z.int("must be a whole number of days").min(3).max(90),
    7,
    "Successful contacts of so many days are looked at for parcels that have not moved since.",
  ),
  "incidents.raiseHighRisk": setting(
    z.boolean(),
    false,
    "Whether an incident whose score is HIGH gets priority alta, with an entry in its timeline.",
  ),
  "incidents.riskyCities": setting(places, [], "Cities where parcels often get stuck; they add to the score."),
  "incidents.riskyCarriers": setting(places, [], "Carriers with which parcels often get stuck; they add to the score."),
} as const

export type SettingName = keyof typeof settings
export type SettingValue<N extends SettingName> = z.output<(typeof settings)[N]["type"]>
export type SettingValues = { [N in SettingName]: SettingValue<N> }

export const settingNames = Object.keys(settings) as SettingName[]

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name)
}

/** What a stored value means. One that no longer fits counts as not set. */
export function valueOf<N extends SettingName>(name: N, stored: unknown): SettingValue<N> {
  const read = stored === undefined ? null : settings[name].type.safeParse(stored)
  return (read?.success ? read.data : settings[name].fallback) as SettingValue<N>
}
