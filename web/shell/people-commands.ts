import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useDeferredValue } from "react"
import { get, query, type Page } from "../lib/api.ts"
import { useTexts } from "../lib/language.tsx"
import { addressOf } from "../tickets/address.ts"
import type { Contact } from "../tickets/contact.ts"
import type { Command } from "./commands.ts"

const shown = 6

/** People that the text means, each leading to their tickets. */
export function usePeopleCommands(typed: string): Command[] {
  const { t } = useTexts()
  const navigate = useNavigate()
  const asked = useDeferredValue(typed.trim())
  const { data } = useQuery({
    queryKey: ["contacts", "search", asked, shown],
    queryFn: ({ signal }) => get<Page<Contact>>(`/contacts${query({ q: asked, limit: shown })}`, signal),
    enabled: asked.length > 1,
  })
  if (asked.length < 2) return []
  return (data?.items ?? []).map(({ name, identities }) => {
    const address = addressOf(identities)
    return {
      group: t("palette.people"),
      name: [name, address].filter(Boolean).join(" · "),
      run: () => void navigate({ to: "/inbox", search: { view: "all", q: address || name } }),
    }
  })
}
