import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { Avatar } from "../ui/avatar.tsx"
import { Badge } from "../ui/badge.tsx"
import { classNames } from "../ui/class-names.ts"
import type { Incident } from "./incident-queries.ts"
import { ScoreBadge } from "./score-badge.tsx"
import { StatusBadge } from "./status-badge.tsx"
import { useIncidentText } from "./incident-text.ts"

/** What a click on its box does says the list, by `data-select`. */
export function IncidentRow({ incident: one, isSelected }: { incident: Incident; isSelected: boolean }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const words = useIncidentText()
  const { number, score, cause, movedAt, assignee, incident } = one
  const { transportadora, ciudad_de_destino: city, estatus, novedad, failureReason } = incident.metadata
  const facts = [words.trigger(incident.trigger), transportadora, city, estatus, novedad].filter(Boolean)
  const parts = score.parts.map(({ part, points }) => t(`incident.short.${part}`, { points }))
  return (
    <div data-number={number} className={classNames("flex min-h-[76px]", isSelected ? "bg-chosen" : "hover:bg-hover")}>
      <label className="flex w-10 shrink-0 cursor-pointer items-center justify-center max-md:w-11">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-label={t("incident.select", { name: words.name(one) })}
          checked={isSelected}
          data-select={number}
          onChange={() => undefined}
        />
      </label>
      <Link
        data-row
        to="/incidents/$ref"
        params={{ ref: number }}
        className="flex min-w-0 grow items-center gap-3 py-2 pr-3 -outline-offset-2 max-md:flex-wrap"
      >
        <ScoreBadge score={score} />
        <span className="grid min-w-0 grow basis-0 gap-0.5">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 font-strong break-all tabular-nums">{words.name(one)}</span>
            <StatusBadge status={incident.status} />
            {incident.priority === "alta" && <Badge tone="red">{t("incident.priority.alta")}</Badge>}
          </span>
          <span dir="auto" className="text-sm break-words">
            {facts.join(" · ")}
            {cause !== null && failureReason && ` · ${failureReason}`}
          </span>
          <span className="text-xs text-muted">
            {cause === null ? [words.unmoved(movedAt), ...parts].join(" · ") : t("incident.wholeScore")}
          </span>
        </span>
        <span className="grid shrink-0 justify-items-end gap-0.5 text-xs max-md:flex max-md:w-full max-md:justify-between text-faint tabular-nums">
          <time dateTime={incident.createdAt} title={when.full(incident.createdAt)}>
            {when.short(incident.createdAt)}
          </time>
          <span>{number}</span>
          {assignee && (
            <span role="img" title={assignee.name} aria-label={t("list.assignedTo", { name: assignee.name })}>
              <Avatar name={assignee.name} size={18} />
            </span>
          )}
        </span>
      </Link>
    </div>
  )
}
