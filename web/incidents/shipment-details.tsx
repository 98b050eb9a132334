import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { Definition, DefinitionList } from "../tickets/details/definition-list.tsx"
import type { Incident } from "./incident-queries.ts"

export function ShipmentDetails({ incident: one }: { incident: Incident }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { incident, canonical, movedAt, number } = one
  const { metadata, resolutionNotes } = incident
  const failure = [metadata.failureCode, metadata.failureReason].filter((part) => part !== undefined).join(" · ")
  const facts: [string, string | number | undefined][] = [
    [t("incident.guia"), one.cause === null ? incident.guia : undefined],
    [t("incident.carrier"), metadata.transportadora],
    [t("incident.city"), metadata.ciudad_de_destino],
    [t("incident.estatus"), metadata.estatus],
    [t("incident.canonical"), canonical ? t(`incident.canonical.${canonical}`) : undefined],
    [t("incident.novedad"), metadata.novedad],
    [t("incident.lastMovement"), metadata.ultimo_movimiento],
    [t("incident.lastMovementAt"), movedAt ? when.full(movedAt) : undefined],
    [t("incident.generated"), metadata.fecha_de_generacion_de_guia],
    [t("incident.failure"), failure],
    [t("incident.retries"), metadata.retryCount],
    [t("incident.resolution"), resolutionNotes],
  ]
  return (
    <section aria-label={t("incident.facts")}>
      <h3 className="mb-2 font-strong">{t("incident.facts")}</h3>
      <DefinitionList>
        {facts
          .filter(([, value]) => value !== undefined && value !== "")
          .map(([name, value]) => (
            <Definition key={name} name={name}>
              {value}
            </Definition>
          ))}
        <Definition name={t("incident.ticket")}>
          <Link
            to="/tickets/$ref"
            params={{ ref: number }}
            aria-label={`${t("incident.openTicket")} ${number}`}
            className="text-accent underline underline-offset-2 tabular-nums"
          >
            {number}
          </Link>
        </Definition>
      </DefinitionList>
      <References incident={one} />
    </section>
  )
}

function References({ incident: { incident } }: { incident: Incident }) {
  const { t } = useTexts()
  const { actionRefs, eventRefs, refCount } = incident
  const refs = [...actionRefs, ...eventRefs]
  if (refs.length === 0) return null
  return (
    <details className="mt-3 text-sm">
      <summary className="min-h-6 cursor-pointer text-muted">
        {t("incident.refs")} ({refCount})
      </summary>
      {refCount > refs.length && (
        <p className="text-xs text-faint">{t("incident.refsShown", { shown: refs.length, total: refCount })}</p>
      )}
      <ul
        tabIndex={0}
        aria-label={t("incident.refs")}
        className="mt-1 max-h-48 overflow-y-auto font-mono text-xs break-all"
      >
        {refs.map((ref) => (
          <li key={ref}>{ref}</li>
        ))}
      </ul>
    </details>
  )
}
