import { useTexts } from "../lib/language.tsx"
import { Badge, type Tone } from "../ui/badge.tsx"
import type { Status } from "./campaign-queries.ts"

const tones: Record<Status, Tone> = {
  draft: "neutral",
  scheduled: "blue",
  running: "accent",
  paused: "amber",
  cancelled: "neutral",
  done: "green",
}

export function StatusBadge({ status }: { status: Status }) {
  const { t } = useTexts()
  return <Badge tone={tones[status]}>{t(`campaigns.status.${status}`)}</Badge>
}
