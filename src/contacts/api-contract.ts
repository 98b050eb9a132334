import { z } from "zod"
import { fieldValues, oneLine, plainText } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"

export const identityKinds = ["phone", "email", "bsuid", "visitor", "external", "group"] as const
export type IdentityKind = (typeof identityKinds)[number]

/**
 * How an identity was proved: a message came from it, a mailed link was used, an admin's list or a channel's own words
 * brought it; or not at all: staff, or a visitor, typed it.
 */
export const proofs = ["message", "link", "staff", "visitor", "import"] as const
export type Proof = (typeof proofs)[number]

const kind = z.enum(identityKinds)
const name = oneLine(200, 1)
const tier = oneLine(50, 1).nullable()
const note = plainText(10_000)
const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language such as es or es-CO")
  .max(35)
const language = languageTag.nullable()
export const isLanguage = (text: string): boolean => languageTag.safeParse(text).success

/** `scope` is the connection of a visitor or external id, the portfolio of a BSUID; phones and e-mails have none. */
const givenIdentity = z.strictObject({ kind, value: plainText(256, 1), scope: z.string().max(100).optional() })
export type GivenIdentity = z.output<typeof givenIdentity>
const identities = z.array(givenIdentity).max(20)

export const createBody = z.strictObject({
  name,
  tier: tier.optional(),
  language: language.optional(),
  identities: identities.optional(),
  customFields: fieldValues.optional(),
  note: note.optional().describe("For staff alone"),
})

/** `merge` and `block` reach the tickets of others. */
export const contactActs = ["edit", "merge", "block"] as const

/** Given identities replace all of the contact's; given custom fields too. */
export const changeBody = createBody
  .partial()
  .extend({
    blocked: z.boolean().optional(),
    addIdentities: identities
      .optional()
      .describe("Identities that the contact has besides those it has; those that it has already stay as they are"),
    removeIdentityIds: z
      .array(z.string().max(60))
      .max(100)
      .optional()
      .describe("Identities that are taken away; those that are not the contact's, or no longer, stay as they are"),
  })
  .refine(({ identities: all, addIdentities }) => all === undefined || addIdentities === undefined, {
    path: ["addIdentities"],
    message: "must be left out: the given identities replace all",
  })

export const listQuery = z
  .strictObject({
    q: plainText(200, 1).optional(),
    identity: plainText(256, 1)
      .optional()
      .describe("A whole phone number or e-mail address: id and name of whose it is"),
    ...pageQuery,
  })
  .refine(({ q, identity }) => q === undefined || identity === undefined, {
    path: ["identity"],
    message: "cannot be asked together with q",
  })
export type ListQuery = z.output<typeof listQuery>

/** `home`: the desk's country, which reads numbers that are written without a code (`isLocal`). */
export const phoneAnswer = z.object({
  home: z.string().nullable(),
  read: z
    .object({ value: z.string(), display: z.string(), country: z.string().nullable(), isLocal: z.boolean() })
    .nullable(),
})
export type PhoneAnswer = z.infer<typeof phoneAnswer>

export const contact = z
  .object({
    id: z.string(),
    name: z.string(),
    tier: z.string().nullable(),
    language: z.string().nullable(),
    timezone: z.string().nullable().describe("Of the account with which they sign in"),
    isGroup: z.boolean(),
    identities: z.array(
      z.object({
        id: z.string(),
        kind,
        scope: z.string(),
        value: z.string(),
        proof: z.enum(proofs),
        addedBy: z.object({ id: z.string(), name: z.string() }).nullable().describe("Who of the staff typed it"),
        noMarketingSince: z.string().nullable().describe("When they said that they want no marketing there"),
        isConfirmed: z.boolean().describe("Known to be this contact's, not only put there"),
        isClaimed: z.boolean().describe("Somebody who holds a confirmed address of the contact says that it is theirs"),
        page: z.string().nullable().describe("Of a visitor: the page on which they wrote last, without its query"),
        referrer: z.string().nullable().describe("Of a visitor: the page from which they first came there"),
      }),
    ),
    customFields: z.record(z.string(), z.unknown()),
    note: z.string().describe("What staff should know; it never reaches the contact"),
    blocked: z.boolean(),
    mergedInto: z.string().nullable(),
    createdAt: z.date(),
    updatedAt: z.date(),
    isPartial: z.boolean().describe("Known to the reader only by tickets they opened: the name, and what they typed"),
    can: z.array(z.enum(contactActs)).describe("What the reader may do with it"),
    merged: z
      .array(z.object({ id: z.string(), name: z.string(), mergedAt: z.string() }))
      .describe("Contacts merged into it, as long as that can be undone; newest first"),
  })
  .meta({ id: "Contact" })
export type Contact = z.infer<typeof contact>

/** An address that staff typed as a customer's, as that customer is shown it. */
export const ownIdentity = z.object({
  id: z.string(),
  kind,
  masked: z.string().describe("c…@e….com, or the last two digits"),
  addedAt: z.date(),
  isProved: z.boolean().describe("Somebody has signed in by it: only a lead takes it away"),
  isClaimed: z.boolean().describe("You said that it is yours"),
})
export type OwnIdentity = z.infer<typeof ownIdentity>

export const namedContact = z.strictObject({ id: z.string(), name: z.string() })
export type NamedContact = z.infer<typeof namedContact>
