import { useQuery } from "@tanstack/react-query"
import type { Presence } from "#people/api-contract.ts"
import { put } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"
import { meQuery } from "../session/session-queries.ts"
import { MenuItem, MenuLabel } from "../ui/menu.tsx"
import { PresenceDot } from "../ui/presence-dot.tsx"

const presences = ["online", "busy", "away", "offline"] as const satisfies Presence[]

/** Entries of a menu: where I am. It decides whether new tickets come to me. */
export function PresenceMenuItems() {
  const { t } = useTexts()
  const me = useQuery(meQuery).data
  const choose = useAct({
    run: (status: Presence) => put("/me/presence", { status }),
    stale: [["me"], ["users"]],
  })
  return (
    <>
      <MenuLabel>{t("presence.label")}</MenuLabel>
      {presences.map((presence) => (
        <MenuItem key={presence} chosen={me?.presence === presence} onSelect={() => choose.mutate(presence)}>
          <PresenceDot presence={presence} />
        </MenuItem>
      ))}
    </>
  )
}
