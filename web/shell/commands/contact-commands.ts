import { useNavigate } from "@tanstack/react-router"
import { useTexts } from "../../lib/language.tsx"
import { readableAddress } from "../../contacts/addresses/first-readable-address.ts"
import { useContactSearch } from "../../contacts/contact-search.ts"
import type { Command } from "./command-type.ts"

/** People that the text means, each leading to their tickets. */
export function useContactCommands(typed: string): Command[] {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { asked, found } = useContactSearch(typed, 6)
  // Enter takes the first one: never somebody whom an earlier text meant.
  if (asked !== typed.trim()) return []
  return (found ?? []).map(({ name, identities }) => {
    const address = readableAddress(identities)
    return {
      group: t("palette.people"),
      name: [name, address].filter(Boolean).join(" · "),
      run: () => void navigate({ to: "/inbox", search: { view: "all", q: address || name } }),
    }
  })
}
