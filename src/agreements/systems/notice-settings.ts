import { z } from "zod"

const template = z.strictObject({ name: z.string().min(1).max(512), language: z.string().min(2).max(20) })

/** The connection by which a work system's operators are notified of what was reopened, and the template for when text does not go. */
export const noticeSettings = {
  noticeConnectionId: z.string().max(100).optional(),
  noticeTemplate: z.union([z.string().min(1).max(512), template]).optional(),
}
