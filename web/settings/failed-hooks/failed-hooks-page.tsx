import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Button } from "../../ui/button.tsx"
import { entitiesQuery } from "../entity-queries.ts"
import { type LinkedSystem, linkedSystemsPath } from "../linked-systems/linked-system-queries.ts"
import { EntityRows, RowText, SettingsPageLayout } from "../settings-page-layout.tsx"
import { type FailedHook, failedHooksQuery, useReplayHook } from "./failed-hook-queries.ts"

/** What linked systems posted and could not be processed. */
export function FailedHooksPage() {
  const { t } = useTexts()
  const query = useQuery(failedHooksQuery)
  return (
    <SettingsPageLayout title={t("settings.failed-hooks")} intro={t("failedHooks.intro")}>
      <EntityRows query={query} empty={t("failedHooks.empty")}>
        {(hook) => <Row hook={hook} />}
      </EntityRows>
    </SettingsPageLayout>
  )
}

function Row({ hook }: { hook: FailedHook }) {
  const { t, has } = useTexts()
  const when = useTimeFormat()
  const replay = useReplayHook()
  const system = useQuery(entitiesQuery<LinkedSystem>(linkedSystemsPath)).data?.items.find(
    ({ id }) => id === hook.systemId,
  )
  const what = `failedHooks.path.${hook.path}`
  const title = has(what) ? t(what) : `/api/hooks/${hook.path}`
  const why = `failedHooks.reason.${hook.reason}`
  const facts = [
    when.full(hook.receivedAt),
    system?.name ?? t("failedHooks.removedSystem"),
    t("failedHooks.tries", { count: hook.tries }),
    t("failedHooks.number", { id: hook.id }),
  ]
  return (
    <>
      <RowText title={title}>
        <span className="block text-red">
          {has(why) ? t(why) : t("failedHooks.reasonOther", { reason: hook.reason })}
        </span>
        {facts.join(" · ")}
      </RowText>
      <Button
        size="sm"
        disabled={replay.isPending}
        onClick={() => replay.mutate(hook.id)}
        aria-label={`${t("failedHooks.replay")}: ${title}, ${when.full(hook.receivedAt)}`}
      >
        {t("failedHooks.replay")}
      </Button>
    </>
  )
}
