import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { readableAddress } from "../../contacts/addresses/first-readable-address.ts"
import { contactQuery } from "../../contacts/contact-query.ts"
import type { Message } from "./message-queries.ts"

/** Who said it. In a group somebody without a name is recognised by their number. */
export function useSenderName({ sender }: Message): string {
  const { t } = useTexts()
  const isNameless = sender.type === "contact" && sender.id !== null && !sender.name
  const contact = useQuery({ ...contactQuery(sender.id ?? ""), enabled: isNameless }).data
  if (sender.name) return sender.name
  if (sender.type === "contact") return readableAddress(contact?.identities ?? []) ?? t("message.customer")
  return sender.type === "bot" ? t("message.bot") : t("message.system")
}
