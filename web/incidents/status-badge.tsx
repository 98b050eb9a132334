import type { IncidentStatus } from "#incidents/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { Badge, type Tone } from "../ui/badge.tsx"

const tones: Record<IncidentStatus, Tone> = {
  OPEN: "blue",
  IN_PROGRESS: "accent",
  RESOLVED: "green",
  CLOSED: "neutral",
}

export function StatusBadge({ status }: { status: IncidentStatus }) {
  const { t } = useTexts()
  return <Badge tone={tones[status]}>{t(`incident.status.${status}`)}</Badge>
}
