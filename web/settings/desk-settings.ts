// The named settings of the desk, as the pages that change them share them.
import { queryOptions } from "@tanstack/react-query"
import { getAll, put } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"

export interface DeskSettings {
  "desk.name": string
  "desk.country": string | null
  "desk.setupDismissed": boolean
  language: string
  timezone: string
  "contacts.visibility": "scoped" | "all"
  "support.reopenDays": number
  "support.mailCustomers": boolean
  "support.autoCloseDays": number
  "support.survey": boolean
  "survey.style": "stars" | "smileys"
  "survey.question": Record<"es" | "en", string>
  "agreements.teamId": string | null
  "agreements.shadow": boolean
  TICKET_REOPEN_WINDOW_MINUTES: number
  WEBHOOK_MOTIVO_PERMITIDO: string
}

export const deskSettingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: async ({ signal }) => {
    const { items } = await getAll<{ name: string; value: unknown }>("/settings", signal)
    return Object.fromEntries(items.map(({ name, value }) => [name, value])) as unknown as DeskSettings
  },
})

/** Saves each setting that is given; what is refused is said in the form. */
export function useSaveSettings() {
  const { t } = useTexts()
  return useAct({
    run: async (changes: Partial<DeskSettings>) => {
      for (const [name, value] of Object.entries(changes)) await put(`/settings/${name}`, { value })
    },
    done: () => t("action.saved"),
    stale: [deskSettingsQuery.queryKey],
    refused: "in the form",
  })
}
