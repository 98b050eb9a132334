import { useQuery } from "@tanstack/react-query"
import type { Trigger } from "#incidents/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { connectionsQuery } from "../settings/connections/connection-queries.ts"
import type { Incident, Outage } from "./incident-queries.ts"

/** What an incident is about, in words. */
export function useIncidentText() {
  const { t, has } = useTexts()
  const when = useTimeFormat()
  const connections = useQuery(connectionsQuery).data?.items
  const trigger = (name: string) => {
    const id = `incident.trigger.${name}`
    return has(id) ? t(id) : name
  }
  const connection = (guia: string) =>
    connections?.find(({ id }) => guia.toLowerCase() === `system-${id}`.toLowerCase())?.name ?? t("incident.whole")
  return {
    trigger,
    name: ({ cause, incident }: Incident) => (cause === null ? incident.guia : connection(incident.guia)),
    unmoved: (movedAt: string | null) =>
      movedAt === null
        ? t("incident.unmovedUnknown")
        : t("incident.unmoved", { duration: when.duration((when.place.now - Date.parse(movedAt)) / 60_000) }),
    cause: ({ trigger: name, failureCode, carrier }: Outage) =>
      [
        trigger(name satisfies Trigger),
        carrier,
        failureCode === null ? "" : t("incident.code", { code: String(failureCode) }),
      ]
        .filter(Boolean)
        .join(" · "),
  }
}
