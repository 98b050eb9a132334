import { useQuery } from "@tanstack/react-query"
import { RefreshCw } from "lucide-react"
import { post } from "../../../lib/api-client.ts"
import { useTexts } from "../../../lib/language.tsx"
import { useAct } from "../../../lib/use-act-on-server.ts"
import { useTimeFormat } from "../../../lib/use-time-format.ts"
import { templatesQuery, type Template } from "../../../templates/template-queries.ts"
import { Badge } from "../../../ui/badge.tsx"
import { Button } from "../../../ui/button.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"

/** The templates that Meta has approved or not, as they were when last fetched. */
export function TemplateList({ id }: { id: string }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { data } = useQuery(templatesQuery(id))
  const sync = useAct({
    run: () => post<{ items: Template[] }>(`/connections/${id}/templates/sync`),
    done: (answer, _input, client) => void client.setQueryData(templatesQuery(id).queryKey, answer),
    refused: "in the form",
  })
  const items = data?.items ?? []
  const syncedAt = items[0]?.syncedAt
  return (
    <section aria-label={t("templates.title")} className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h4 className="grow font-strong">{t("templates.title")}</h4>
        <Button size="sm" onClick={() => sync.mutate()} disabled={sync.isPending}>
          <RefreshCw aria-hidden />
          {t("templates.sync")}
        </Button>
      </div>
      <p className="text-sm text-muted" role="status">
        {syncedAt ? t("templates.synced", { count: items.length, when: when.full(syncedAt) }) : t("templates.none")}
      </p>
      <ProblemLine error={sync.error} className="text-sm" />
      {items.length > 0 && (
        <ul className="max-h-64 overflow-y-auto rounded border border-line" tabIndex={0}>
          {items.map((template) => (
            <Row key={`${template.name} ${template.language}`} template={template} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ template: { name, language, status, canSend, unfillablePart: part, text } }: { template: Template }) {
  const { t, has } = useTexts()
  const id = `templates.status.${status}`
  return (
    <li className="flex items-center gap-2 border-line px-3 py-1.5 text-sm not-last:border-b">
      <span className="min-w-0 grow truncate" title={text}>
        <span className="font-strong">{name}</span> <span className="text-faint">{language}</span>
      </span>
      {status === "APPROVED" && part !== null && (
        <span className="text-muted">{t("templates.unfillable", { part })}</span>
      )}
      <Badge tone={canSend ? "green" : "neutral"}>{has(id) ? t(id) : status.toLowerCase()}</Badge>
    </li>
  )
}
