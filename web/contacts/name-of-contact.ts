import { useTexts } from "../lib/language.tsx"
import type { Contact } from "./contact-query.ts"
import { readableAddress } from "./addresses/first-readable-address.ts"

/** How a contact is called where no ticket says more: by name, else by an address that people can read. */
export function useNameOfContact(): (contact: Pick<Contact, "name" | "identities">) => string {
  const { t } = useTexts()
  return ({ name, identities }) =>
    name ||
    readableAddress(identities) ||
    t(identities.some(({ kind }) => kind === "visitor") ? "identity.is_visitor" : "list.unknownContact")
}
