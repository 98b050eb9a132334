import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { classNames } from "../ui/class-names.ts"
import type { TimelineEntry, Incident } from "./incident-queries.ts"
import { useIncidentText } from "./incident-text.ts"

const signs: Record<TimelineEntry["action"], string> = {
  TICKET_CREATED: "size-[13px] left-0 top-1 border-2 border-accent bg-surface",
  DUPLICATE_TRIGGER_RECEIVED: "size-[5px] left-1 top-2 bg-edge",
  ADMIN_UPDATE: "size-[9px] left-0.5 top-1.5 bg-accent",
  PRIORITY_UPGRADED: "size-[13px] left-0 top-1 border-2 border-red bg-surface",
}

/** What happened to it, on the line, the newest last. */
export function IncidentTimeline({ incident: { incident } }: { incident: Incident }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const say = useEntryWords()
  return (
    <section aria-label={t("incident.timeline")}>
      <h3 className="mb-3 text-lg font-strong">{t("incident.timeline")}</h3>
      <ol className="relative grid gap-3">
        <span aria-hidden className="absolute top-2 bottom-2 left-1.5 w-px bg-edge" />
        {incident.timeline.map((entry, index) => (
          <li key={`${entry.timestamp} ${index}`} className="relative pl-6">
            <span aria-hidden className={classNames("absolute rounded-full", signs[entry.action])} />
            <p className="break-words">{say(entry)}</p>
            <p className="text-xs text-faint">
              {t(`incident.actor.${entry.actor}`)} ·{" "}
              <time dateTime={entry.timestamp} className="tabular-nums">
                {when.full(entry.timestamp)}
              </time>
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}

function useEntryWords() {
  const { t, has } = useTexts()
  const words = useIncidentText()
  const priority = (name: unknown) => {
    const id = `incident.priority.${String(name)}`
    return (has(id) ? t(id) : String(name)).toLowerCase()
  }
  const field = (name: unknown) => {
    const id = `incident.field.${String(name)}`
    return has(id) ? t(id) : String(name)
  }
  return ({ action, details }: TimelineEntry): string => {
    if (action === "TICKET_CREATED")
      return t("incident.entry.TICKET_CREATED", {
        trigger: words.trigger(String(details["trigger"])),
        priority: priority(details["priority"]),
      })
    if (action === "PRIORITY_UPGRADED")
      return t("incident.entry.PRIORITY_UPGRADED", {
        from: priority(details["from"]),
        to: priority(details["to"]),
        score: Number(details["score"]),
      })
    if (action === "ADMIN_UPDATE") {
      const changed = Array.isArray(details["updates"]) ? details["updates"] : []
      return t("incident.entry.ADMIN_UPDATE", { fields: changed.map(field).join(", ") })
    }
    const again = t("incident.entry.DUPLICATE_TRIGGER_RECEIVED", { count: Number(details["count"] ?? 1) })
    return details["priority"] === undefined
      ? again
      : `${again}, ${t("incident.entry.raised", { priority: priority(details["priority"]) })}`
  }
}
