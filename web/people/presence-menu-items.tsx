import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { put } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { meQuery } from "../session/session.ts"
import { MenuItem, MenuLabel } from "../ui/menu.tsx"
import { type Presence, PresenceDot } from "../ui/presence-dot.tsx"

const presences = ["online", "busy", "away", "offline"] as const satisfies Presence[]

/** Entries of a menu: where I am. It decides whether new tickets come to me. */
export function PresenceMenuItems() {
  const { t } = useTexts()
  const client = useQueryClient()
  const me = useQuery(meQuery).data
  const choose = useMutation({
    mutationFn: (status: Presence) => put("/me/presence", { status }),
    onSettled: () => Promise.all(["me", "users"].map((key) => client.invalidateQueries({ queryKey: [key] }))),
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
