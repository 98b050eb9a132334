import { z } from "zod"
import { oneLine, plainText, recordOf } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"

export const campaignKinds = ["messaging", "marketing"] as const
export const campaignStatuses = ["draft", "scheduled", "running", "paused", "cancelled", "done"] as const
export type CampaignStatus = (typeof campaignStatuses)[number]

const id = z.string().regex(/^\w{1,60}$/, "is not an id")
const name = oneLine(200, 1)

/** `parameters` may name what is known of each recipient: `{name}`, or a column of the list. */
const template = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  parameters: z.array(plainText(1_024, 1)).max(50).default([]),
  /** The file that the template's header shows, the same for everybody: uploaded before. */
  attachmentId: id.optional(),
})

const plan = {
  template: template.optional(),
  scheduledAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullable()
    .optional(),
  pacePerMinute: z.int().min(1).max(4_800).nullable().optional(),
}

export const createBody = z.strictObject({ name, kind: z.enum(campaignKinds), connectionId: id, ...plan })
export const changeBody = z.strictObject({ name: name.optional(), ...plan })
export const statusBody = z.strictObject({ status: z.enum(["scheduled", "running", "paused", "cancelled"]) })
export const listQuery = z.strictObject(pageQuery)
export type ListQuery = z.output<typeof listQuery>

/** `id` is what messages carry as `campaignShipmentId`; without one it is made here. */
export const shipmentBody = z.strictObject({ id: plainText(200, 1).optional(), contactId: id.optional() })

const recipient = z.strictObject({
  phone: z.string().max(100),
  name: oneLine(200).optional(),
  fields: recordOf(z.string().max(100), plainText(1_024), 100).optional(),
})

/** A list as text, its first line naming the columns (one of them the phone), or the same as objects. */
export const recipientsBody = z
  .strictObject({
    csv: z.string().max(2_500_000).optional(),
    recipients: z.array(recipient).max(10_000).optional(),
  })
  .refine((body) => (body.csv === undefined) !== (body.recipients === undefined), {
    path: ["csv"],
    message: "must be given, or recipients, and not both",
  })

export const recipientsAdded = z.object({
  added: z.number(),
  repeated: z.number(),
  errors: z.array(z.object({ line: z.number(), message: z.string() })),
  /** How many numbers had no country's code and were read as the desk's. */
  readAs: z.object({ country: z.string(), count: z.number() }).nullable(),
})

export const campaign = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(campaignKinds),
    connectionId: z.string(),
    template: template.nullable(),
    status: z.enum(campaignStatuses),
    scheduledAt: z.date().nullable(),
    pacePerMinute: z.number().nullable(),
    finishedAt: z.date().nullable(),
    createdAt: z.date(),
  })
  .meta({ id: "Campaign" })
export type Campaign = z.infer<typeof campaign>

/** Each shipment counts in one of the states; `replied` counts across them. */
export const progress = z.object({
  total: z.number(),
  waiting: z.number(),
  queued: z.number(),
  sent: z.number(),
  delivered: z.number(),
  read: z.number(),
  unknown: z.number(),
  cancelled: z.number(),
  failed: z.record(z.string(), z.number()),
  replied: z.number(),
})
export type Progress = z.infer<typeof progress>

export const campaignWithProgress = campaign.extend({ progress }).meta({ id: "CampaignWithProgress" })

export const shipment = z
  .object({
    id: z.string(),
    campaignId: z.string(),
    contactId: z.string().nullable(),
    recipient: z.string().nullable(),
    name: z.string(),
    state: z.enum(["noted", "waiting", "queued", "refused", "cancelled"]),
    reason: z.string().nullable(),
    ticketId: z.string().nullable(),
    messageId: z.string().nullable(),
    queuedAt: z.date().nullable(),
    createdAt: z.date(),
  })
  .meta({ id: "Shipment" })
export type Shipment = z.infer<typeof shipment>
