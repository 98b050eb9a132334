import { z } from "zod"
import { oneLine, plainText } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"

export const visibilities = ["me", "team", "all"] as const
export const occasions = ["reply", "note", "new"] as const

/** What `{{…}}` may name. There are no others, and nothing is ever calculated. */
export const variables = [
  "contact.name",
  "contact.firstName",
  "ticket.number",
  "ticket.subject",
  "team.name",
  "agent.name",
  "agent.firstName",
] as const
export type Variable = (typeof variables)[number]

const longestSnoozeMinutes = 366 * 24 * 60

const id = z.string().max(100)
const name = oneLine(100, 1)
const content = plainText(20_000, 1)
const tags = z.array(oneLine(100, 1)).min(1, "must name at least one tag").max(50)

export const action = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("status"), value: z.string().max(30) }),
  z.strictObject({ type: z.literal("assign"), value: id.nullable() }),
  z.strictObject({ type: z.literal("team"), value: id.nullable() }),
  z.strictObject({ type: z.literal("priority"), value: z.enum(["low", "medium", "high", "urgent"]) }),
  z.strictObject({ type: z.literal("addTags"), value: tags }),
  z.strictObject({ type: z.literal("removeTags"), value: tags }),
  z.strictObject({
    type: z.literal("snooze"),
    value: z.int("must be whole minutes").min(1).max(longestSnoozeMinutes),
  }),
  z.strictObject({ type: z.literal("categories"), value: z.array(id).max(50) }),
])
export type Action = z.infer<typeof action>
export type ActionType = Action["type"]

const actions = z
  .array(action)
  .max(20)
  .refine((all) => new Set(all.map(({ type }) => type)).size === all.length, "must not hold a type twice")

const shared = {
  name,
  visibility: z.enum(visibilities),
  /** Of a team's own, and only there. */
  teamId: id.nullable().optional(),
}
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language such as es or es-MX")

export const newReplyBody = z.strictObject({ ...shared, content, language: language.nullable().optional() })
export const changeReplyBody = newReplyBody.partial()
export type ReplyFields = z.output<typeof newReplyBody>
export type ReplyChanges = z.output<typeof changeReplyBody>

const macroFields = {
  ...shared,
  /** Where the screens offer it; left out, everywhere. */
  usableWhen: z.array(z.enum(occasions)).max(3).optional(),
  reply: z
    .strictObject({ content, isInternal: z.boolean().default(false) })
    .nullable()
    .optional(),
}
export const newMacroBody = z.strictObject({ ...macroFields, actions: actions.default([]) })
export const changeMacroBody = z.strictObject({ ...macroFields, actions }).partial()
export type MacroFields = z.output<typeof newMacroBody>
export type MacroChanges = z.output<typeof changeMacroBody>

export const listQuery = z.strictObject(pageQuery)

const owned = {
  id: z.string(),
  name: z.string(),
  visibility: z.enum(visibilities),
  owner: z.object({ id: z.string(), name: z.string() }),
  teamId: z.string().nullable(),
}
const dated = {
  can: z.array(z.enum(["edit", "delete"])),
  createdAt: z.date(),
  updatedAt: z.date(),
}

export const savedReply = z
  .object({ ...owned, content: z.string(), language: z.string().nullable(), ...dated })
  .meta({ id: "SavedReply" })
export type SavedReply = z.infer<typeof savedReply>

export const macro = z
  .object({
    ...owned,
    usableWhen: z.array(z.enum(occasions)),
    reply: z.object({ content: z.string(), isInternal: z.boolean() }).nullable(),
    actions: z.array(z.object({ type: z.string(), value: z.unknown() })),
    ...dated,
  })
  .meta({ id: "Macro" })
export type Macro = Omit<z.infer<typeof macro>, "actions"> & { actions: Action[] }

export const forTicketBody = z.strictObject({ ticket: z.string().max(100) })
/** `content`: the reply as it is to be filled in, instead of the macro's own. */
export const applyBody = z.strictObject({ macroId: id, content: content.optional() })

/** A text with its variables filled in. It may be sent once `unresolved` is empty. */
export const filled = z.object({
  content: z.string(),
  contentHtml: z.string(),
  unresolved: z.array(z.string()),
})
export type FilledText = z.infer<typeof filled>

export const filledReply = filled.extend({ isInternal: z.boolean() })

const refused = z.object({ code: z.string(), detail: z.string() })
export const macroPreview = z.object({
  reply: filledReply.nullable(),
  actions: z.array(z.object({ type: z.string(), old: z.unknown(), new: z.unknown(), refused: refused.nullable() })),
})
export type MacroPreview = z.infer<typeof macroPreview>

export const fieldChange = z.object({ field: z.string(), old: z.unknown(), new: z.unknown() })
export const runAnswer = { runId: z.string(), undoUntil: z.date(), changes: z.array(fieldChange) }
export const undoAnswer = {
  undone: z.array(z.string()),
  kept: z.array(z.object({ field: z.string(), because: z.string() })),
}
