import { z } from "zod"
import { countries } from "#kernel/supported-phone-countries.ts"
import { flag, oneOrMore, oneLine, plainText, timezone } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"
import { languages } from "#texts/languages-and-text-ids.ts"
import { roles } from "./permissions/roles.ts"
import { isTooSimple, weaknesses } from "./weak-password.ts"

export const shortestPassword = 10
export const longestPassword = 200

const id = z.string().regex(/^\w{1,60}$/, "is not an id")
const ids = z.array(id).max(1_000)
const named = z.object({ id: z.string(), name: z.string() })
const personName = oneLine(200, 1)

// Deliberately loose about characters (they may be of any script), strict about what could break a mail's header.
const emailShape = /^[^\s@<>"\p{C}]+@[^\s@<>".\p{C}]+(\.[^\s@<>".\p{C}]+)+$/u
export const email = z
  .string()
  .max(254, "must be at most 254 characters")
  .transform((text) => text.trim().normalize("NFC"))
  .refine((text) => emailShape.test(text), "must be an e-mail address")

export const newPassword = z
  .string()
  .min(shortestPassword, { error: `must have at least ${shortestPassword} characters`, abort: true })
  .max(longestPassword, { error: `must be at most ${longestPassword} characters`, abort: true })
  .refine((text) => !isTooSimple(text), { error: weaknesses.too_simple, params: { code: "too_simple" } })

export const idParam = z.object({ id })

// Signing in
export const signInBody = z.strictObject({ email: plainText(254), password: z.string().max(longestPassword) })
export const linkBody = z.strictObject({ email })
export const linkSignInBody = z.strictObject({ token: z.string().max(200) })
export const passwordLinkBody = z.strictObject({ token: z.string().max(200), password: newPassword })
export const setUpBody = z.strictObject({
  token: z.string().max(200),
  name: personName,
  email,
  password: newPassword,
  language: z.enum(languages).default("es"),
  timezone: timezone.optional(),
  /** Settings of the desk. */
  country: z.enum(countries, "must be the two letters of a country, such as CO").optional(),
  deskName: plainText(100).optional(),
})

export const presences = ["online", "busy", "away", "offline"] as const
export type Presence = (typeof presences)[number]
const presence = z.enum(presences, `must be ${presences.join(", ").replace(/, (?=\w+$)/, " or ")}`)
export const presenceBody = z.strictObject({ status: presence })
/** `until`: when the choice runs out. */
export const chosenPresence = z.object({ status: presence, until: z.date() }).meta({ id: "Presence" })

export const afterClosingChoices = ["next", "stay", "list"] as const
export type AfterClosing = (typeof afterClosingChoices)[number]

export const me = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    language: z.enum(languages),
    timezone: z.string(),
    /** Where they want to be after closing, snoozing or passing on a ticket: at the next, still there, or at the list. */
    afterClosing: z.enum(afterClosingChoices),
    teams: z.array(named),
    presence,
    /** Their working hours; null for always. `opensAt`: now, while it is open. */
    hours: z.object({ calendarId: z.string(), isOpen: z.boolean(), opensAt: z.date().nullable() }).nullable(),
    can: z.record(z.string(), z.boolean()),
    /** Whether there is one to ask for before it is changed; who signs in by mailed links may have none. */
    hasPassword: z.boolean(),
    /** How many API keys act as them. */
    apiKeys: z.number(),
  })
  .meta({ id: "Me" })
export type Me = z.infer<typeof me>

export const changeMeBody = z.strictObject({
  name: personName.optional(),
  language: z.enum(languages).optional(),
  timezone: timezone.optional(),
  afterClosing: z.enum(afterClosingChoices).optional(),
  password: z.strictObject({ current: z.string().max(longestPassword).optional(), new: newPassword }).optional(),
})

// Users
const userFields = {
  email,
  name: personName,
  role: z.enum(roles),
  teamIds: ids.optional(),
  capacity: z.int("must be a whole number").min(0).max(10_000).optional(),
  phone: plainText(50).nullable().optional(),
  language: z.enum(languages).optional(),
  timezone: timezone.optional(),
  calendarId: id.nullable().optional(),
  externalIds: z.strictObject({ splynx: plainText(100, 1).optional() }).optional(),
}
export const newUserBody = z.strictObject({ ...userFields, password: newPassword.optional() })
export const changeUserBody = z.strictObject({ ...userFields, disabled: z.boolean().optional() }).partial()
/** `link` only when nothing was mailed; it is shown this once. */
export const invitation = z
  .object({ link: z.string().nullable(), mailedTo: z.string().nullable(), expiresAt: z.date() })
  .meta({ id: "Invitation" })
export type Invitation = z.infer<typeof invitation>
export const passwordBody = z.strictObject({ password: newPassword })
export const usersQuery = z.strictObject({ role: oneOrMore(z.enum(roles)), disabled: flag.optional(), ...pageQuery })
export type UsersQuery = z.output<typeof usersQuery>

/** What colleagues see of one another. */
export const colleague = z
  .object({ id: z.string(), name: z.string(), teams: z.array(named), presence })
  .meta({ id: "Colleague" })

export const user = colleague
  .extend({
    email: z.string(),
    role: z.enum(roles),
    teamIds: z.array(z.string()),
    capacity: z.number(),
    phone: z.string().nullable(),
    language: z.enum(languages),
    timezone: z.string(),
    /** Working hours: outside of them they are given no new tickets. Null: always. */
    calendarId: z.string().nullable(),
    externalIds: z.record(z.string(), z.unknown()),
    disabled: z.boolean(),
    disabledAt: z.date().nullable(),
    canSignIn: z.boolean(),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "User" })
export type User = z.infer<typeof user>

// Teams
const ticketKinds = z.enum(["support", "conversation"], "must be support or conversation")
export const newTeamBody = z.strictObject({
  name: oneLine(100, 1),
  isDefault: z.boolean().optional(),
  memberIds: ids.optional(),
  leadIds: ids.optional(),
  autoAssign: z.array(ticketKinds).max(2).optional(),
})
export const changeTeamBody = newTeamBody.partial()
export type TeamFields = z.output<typeof newTeamBody>

/** `memberIds` names everybody in the team; `leadIds` those of them who lead it. */
export const team = z
  .object({
    id: z.string(),
    name: z.string(),
    isDefault: z.boolean(),
    memberIds: z.array(z.string()),
    leadIds: z.array(z.string()),
    autoAssign: z.array(z.string()),
    createdAt: z.date(),
  })
  .meta({ id: "Team" })
export type Team = z.infer<typeof team>

// API keys
const keyName = oneLine(100, 1)
const connectionIds = z.array(id).max(100)
export const newKeyBody = z.strictObject({
  name: keyName,
  role: z.enum(roles),
  userId: id.optional(),
  connectionIds: connectionIds.optional().describe("Connections of kind api whose messages it may hand in"),
})
export const changeKeyBody = z.strictObject({ name: keyName })
export const listQuery = z.strictObject(pageQuery)

const keyFields = {
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  userId: z.string(),
  connectionIds: z.array(z.string()),
}

export const apiKey = z
  .object({
    ...keyFields,
    user: named,
    lastUsedAt: z.date().nullable(),
    revokedAt: z.date().nullable(),
    createdAt: z.date(),
  })
  .meta({ id: "ApiKey" })
export type ApiKey = z.infer<typeof apiKey>

export const newKey = z
  .object({
    ...keyFields,
    key: z.string().describe("Shown this once; only its hash is kept."),
    createdAt: z.date(),
  })
  .meta({ id: "NewApiKey" })
export type NewKey = z.infer<typeof newKey>
