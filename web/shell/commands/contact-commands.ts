import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useDeferredValue } from "react"
import { get, queryString, type Page } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { readableAddress } from "../../contacts/addresses/first-readable-address.ts"
import type { Contact } from "../../contacts/contact-query.ts"
import type { Command } from "./command-type.ts"

const shown = 6

/** People that the text means, each leading to their tickets. */
export function useContactCommands(typed: string): Command[] {
  const { t } = useTexts()
  const navigate = useNavigate()
  const asked = useDeferredValue(typed.trim())
  const { data } = useQuery({
    queryKey: ["contacts", "search", asked, shown],
    queryFn: ({ signal }) => get<Page<Contact>>(`/contacts${queryString({ q: asked, limit: shown })}`, signal),
    enabled: asked.length > 1,
  })
  if (asked.length < 2) return []
  return (data?.items ?? []).map(({ name, identities }) => {
    const address = readableAddress(identities)
    return {
      group: t("palette.people"),
      name: [name, address].filter(Boolean).join(" · "),
      run: () => void navigate({ to: "/inbox", search: { view: "all", q: address || name } }),
    }
  })
}
