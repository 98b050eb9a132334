// A number of WhatsApp that customers write to: their messages as Meta posts them, signed, through the webhook itself.
import { createConnection } from "#connections/index.ts"
import { newId } from "#kernel/ids.ts"
import { processDeliveries } from "#incoming-webhooks/index.ts"
import { acting, type Desk } from "./test-desk.ts"
import { accessToken, appSecret, phoneNumberId, signed, webhook } from "../fakes/graph-api.ts"

export const verifyToken = "verify-token-of-a-test"

type Options = Partial<Omit<Parameters<typeof createConnection>[2], "kind" | "settings">>

export async function openNumber(desk: Desk, settings: Record<string, unknown> = {}, options: Options = {}) {
  const secrets = { accessToken, appSecret, verifyToken }
  const named = {
    kind: "whatsapp",
    name: newId("number"),
    settings: { phoneNumberId, ...secrets, ...settings },
  } as const
  // The tests' numbers are all the same to Graph: earlier ones are removed, as on a desk that had two of them.
  await desk.db.pool.query("update connections set shares_number = true")
  const id = await acting(desk, (act) => createConnection(act, desk.secrets, { ...named, ...options }))
  const address = `/webhooks/whatsapp/${id}`
  /** Posts a body; signed unless other headers are given. */
  const post = async (body: object | string, headers?: Record<string, string>) => {
    const right = typeof body === "string" ? { payload: body, headers: {} } : signed(body)
    const sent = { method: "POST", url: address, payload: right.payload, headers: headers ?? right.headers } as const
    return (await desk.app.inject(sent)).statusCode
  }
  return {
    id,
    address,
    post,
    /** One delivery with these values, in this order. */
    hears: (...values: object[]) =>
      post({ object: "whatsapp_business_account", entry: values.flatMap((value) => webhook(value).entry) }),
  }
}

/** Processes all that is due now. */
export async function processWebhooks(desk: Desk): Promise<void> {
  while ((await processDeliveries(desk)) > 0);
}

type Person = { phone?: string; bsuid?: string; name?: string }

/** The `value` of one message of a customer. */
export function from({ phone, bsuid, name = "Carla" }: Person, message: Record<string, unknown>) {
  const writer = { profile: { name }, ...(phone && { wa_id: phone }), ...(bsuid && { user_id: bsuid }) }
  const sender = { ...(phone && { from: phone }), ...(bsuid && { from_user_id: bsuid }) }
  return { contacts: [writer], messages: [{ ...sender, id: newId("wamid"), ...message }] }
}

export const text = (body: string, at: Date, more: object = {}) => ({
  type: "text",
  text: { body },
  timestamp: String(Math.floor(at.getTime() / 1000)),
  ...more,
})

/** The channel says that a number is another one now. */
export const changedNumber = (before: string, after: string) => ({
  messages: [
    {
      from: before,
      id: newId("wamid"),
      timestamp: "1795338000",
      type: "system",
      system: { body: "User changed number", type: "user_changed_number", wa_id: after },
    },
  ],
})
