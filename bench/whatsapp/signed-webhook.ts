// What Meta posts, signed as Meta signs.
import { createHmac } from "node:crypto"
import { benchNumber, benchSecrets } from "./fake-graph-api.ts"

/** The envelope around one text of one person. */
export function webhookBody(
  { phone, name }: { phone: string; name: string },
  id: string,
  text: string,
  at = new Date(),
) {
  const from = phone.replace("+", "")
  const sent = String(Math.floor(at.getTime() / 1000))
  const user_id = `CO.${from}`
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "573000000000", phone_number_id: benchNumber.phoneNumberId },
    contacts: [{ profile: { name }, wa_id: from, user_id }],
    messages: [{ from, from_user_id: user_id, id, timestamp: sent, type: "text", text: { body: text } }],
  }
  return {
    object: "whatsapp_business_account",
    entry: [{ id: benchNumber.wabaId, changes: [{ field: "messages", value }] }],
  }
}

export const signatureHeaders = (body: string) => ({
  "x-hub-signature-256": `sha256=${createHmac("sha256", benchSecrets.appSecret).update(body).digest("hex")}`,
})
