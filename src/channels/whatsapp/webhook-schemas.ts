// What we rely on in what Meta sends; everything else may come, change or be missing.
import { z } from "zod"

const id = z.string().min(1).max(1_000)
const some = z.string().optional()
// Documented as a string; numbers are seen too.
const seconds = z.union([z.string().regex(/^\d{1,12}$/), z.int().min(0)]).transform(Number)

export const media = z.object({
  id,
  mime_type: some,
  sha256: some,
  caption: some,
  filename: some,
  voice: z.boolean().optional(),
  animated: z.boolean().optional(),
})

export const location = z.object({
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
  name: some,
  address: some,
  url: some,
})

export const cards = z.array(
  z.object({
    name: z.object({ formatted_name: some, first_name: some, last_name: some }).optional(),
    phones: z.array(z.object({ phone: some, wa_id: some })).optional(),
    emails: z.array(z.object({ email: some })).optional(),
    org: z.object({ company: some }).optional(),
  }),
)

const choice = z.object({ id: some, title: some, description: some })
export const interactive = z.object({
  type: z.string(),
  button_reply: choice.optional(),
  list_reply: choice.optional(),
  call_permission_reply: z.object({ response: z.string(), expiration_timestamp: seconds.optional() }).optional(),
  nfm_reply: z.object({ name: some, body: some, response_json: some }).optional(),
})

export const button = z.object({ text: some, payload: some })

export const order = z.object({
  text: some,
  product_items: z
    .array(
      z.object({
        product_retailer_id: z.coerce.string(),
        quantity: z.coerce.number().optional(),
        item_price: z.coerce.number().optional(),
        currency: some,
      }),
    )
    .optional(),
})

export const reaction = z.object({ message_id: id, emoji: some })
export const edit = z.object({
  original_message_id: id,
  message: z
    .object({ type: some, text: z.object({ body: z.string() }).optional() })
    .catchall(z.unknown())
    .optional(),
})
export const revoke = z.object({ original_message_id: id })

export const system = z.object({
  type: some,
  body: some,
  wa_id: some,
  new_wa_id: some,
  user_id: some,
})

const referral = z.object({ source_url: some, source_id: some, headline: some, body: some })

export const message = z
  .object({
    id,
    type: z.string().default("unknown"),
    timestamp: seconds.optional(),
    from: some,
    from_user_id: some,
    group_id: some,
    to: some,
    context: z.object({ id: some }).optional(),
    referral: referral.optional(),
    text: z.object({ body: z.string() }).optional(),
  })
  .catchall(z.unknown())
export type Message = z.output<typeof message>

export const status = z.object({
  id,
  status: z.string(),
  timestamp: seconds.optional(),
  recipient_id: some,
  recipient_user_id: some,
  recipient_type: some,
  recipient_participant_id: some,
  biz_opaque_callback_data: some,
  errors: z.array(z.object({ code: z.coerce.number().int().optional() })).optional(),
})

export const profile = z.object({
  wa_id: some,
  user_id: some,
  profile: z.object({ name: some }).optional(),
})

// A new id of a person, in the forms in which it is documented and seen.
export const idChange = z.object({
  wa_id: some,
  user_id: z.object({ previous: some, current: some }).optional(),
  previous_user_id: some,
  current_user_id: some,
})

export const value = z
  .object({
    metadata: z.object({ phone_number_id: some, display_phone_number: some }).optional(),
    contacts: z.array(profile).optional(),
  })
  .catchall(z.unknown())

export const envelope = z.object({
  entry: z.array(
    z.object({
      id: z.coerce.string().optional(),
      changes: z.array(z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) })),
    }),
  ),
})
