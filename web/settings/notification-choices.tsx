// What somebody is notified of, and how. Each choice is kept at once, by the server: it is the same wherever they sign in.
import { queryOptions, useQuery } from "@tanstack/react-query"
import type { NotificationKind, NotificationPreferences, PreferencesChange } from "#notifications/api-contract.ts"
import { get, patch } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"
import { playAlertSound } from "../notifications/alert-sound.ts"
import { DesktopNotificationSwitch } from "../notifications/desktop-notification-switch.tsx"
import { Button } from "../ui/button.tsx"
import { NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { QuietHoursFields } from "./quiet-hours-fields.tsx"

/** In the order in which they concern most people. */
const kinds = [
  "assigned",
  "answered",
  "mentioned",
  "new_unassigned",
  "sla_warning",
  "sla_breached",
  "escalated",
  "freed",
  "unassigned",
  "merged_away",
  "connection_failing",
  "connection_well",
  "connection_flooded",
] as const satisfies NotificationKind[]
const columns = ["list", "sound", "system"] as const

const preferencesQuery = queryOptions({
  queryKey: ["notification-preferences"],
  queryFn: ({ signal }) => get<NotificationPreferences>("/me/notification-preferences", signal),
})

function useChangePreferences() {
  const key = preferencesQuery.queryKey
  return useAct({
    run: (change: PreferencesChange) => patch<NotificationPreferences>("/me/notification-preferences", change),
    guess: ({ kinds: changed, quietHours }, client) => {
      const before = client.getQueryData(key)
      if (before)
        client.setQueryData(key, {
          kinds: { ...before.kinds, ...changed },
          quietHours: quietHours === undefined ? before.quietHours : quietHours,
        })
      return () => client.setQueryData(key, before)
    },
    done: (answer, _, client) => void client.setQueryData(key, answer),
  })
}

export function NotificationChoices() {
  const { t } = useTexts()
  const query = useQuery(preferencesQuery)
  const { mutate } = useChangePreferences()
  if (!query.data)
    return (
      <NotLoaded query={query}>
        <Skeleton className="h-96" />
      </NotLoaded>
    )
  const { kinds: chosen, quietHours } = query.data
  return (
    <div className="grid gap-4">
      <p className="text-muted">{t("notificationChoices.intro")}</p>
      <KindsTable chosen={chosen} change={(changed) => mutate({ kinds: changed })} />
      <div className="grid justify-items-start gap-2">
        <DesktopNotificationSwitch />
        <Button onClick={() => void playAlertSound()}>{t("notificationChoices.try")}</Button>
      </div>
      <QuietHoursFields stored={quietHours} change={(hours) => mutate({ quietHours: hours })} />
    </div>
  )
}

interface TableProps {
  chosen: NotificationPreferences["kinds"]
  change: (changed: NonNullable<PreferencesChange["kinds"]>) => void
}

function KindsTable({ chosen, change }: TableProps) {
  const { t } = useTexts()
  return (
    <div>
      <table className="w-full border-collapse">
        <thead>
          <tr className="text-xs text-faint">
            <th scope="col" className="text-left font-normal">
              {t("notificationChoices.kind")}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="w-14 font-normal">
                {t(`notificationChoices.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                {t(`notificationChoices.${kind}`)}
              </th>
              {columns.map((column) => (
                <td key={column} className="text-center">
                  <input
                    type="checkbox"
                    className="mx-auto block size-4 accent-accent max-md:my-1 max-md:size-6"
                    aria-label={t("notificationChoices.of", {
                      kind: t(`notificationChoices.${kind}`),
                      column: t(`notificationChoices.${column}`),
                    })}
                    checked={chosen[kind][column] && (column === "list" || chosen[kind].list)}
                    disabled={column !== "list" && !chosen[kind].list}
                    onChange={({ target }) => change({ [kind]: { ...chosen[kind], [column]: target.checked } })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-xs text-faint">{t("notificationChoices.columnsHint")}</p>
    </div>
  )
}
