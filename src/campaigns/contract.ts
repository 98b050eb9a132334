import { z } from "zod"
import { plainText } from "#kernel/fields.ts"
import { pageQuery } from "#kernel/pages.ts"

export const campaignKinds = ["messaging", "marketing"] as const

const id = z.string().regex(/^\w{1,60}$/, "is not an id")
const name = plainText(200, 1).transform((text) => text.trim())

export const createBody = z.strictObject({ name, kind: z.enum(campaignKinds), connectionId: id })
export const changeBody = z.strictObject({ name: name.optional() })
export const listQuery = z.strictObject(pageQuery)
export type ListQuery = z.output<typeof listQuery>

/** `id` is what messages carry as `campaignShipmentId`; without one it is made here. */
export const shipmentBody = z.strictObject({ id: plainText(200, 1).optional(), contactId: id.optional() })

export const campaign = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(campaignKinds),
    connectionId: z.string(),
    createdAt: z.date(),
  })
  .meta({ id: "Campaign" })
export type Campaign = z.infer<typeof campaign>

export const shipment = z
  .object({ id: z.string(), campaignId: z.string(), contactId: z.string().nullable(), createdAt: z.date() })
  .meta({ id: "Shipment" })
export type Shipment = z.infer<typeof shipment>
