import type { Presence } from "#people/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { classNames } from "./class-names.ts"

const looks: Record<Presence, string> = {
  online: "border-green bg-green",
  busy: "border-red bg-red",
  away: "border-amber bg-amber",
  offline: "border-edge",
}

/** Whether a colleague is there; the word is for people who do not see colours. */
export function PresenceDot({ presence }: { presence: Presence | undefined }) {
  const { t } = useTexts()
  if (!presence) return null
  const name = t(`presence.${presence}`)
  return (
    <span className="flex shrink-0 items-center gap-1 text-xs text-muted">
      <span aria-hidden className={classNames("size-2 rounded-full border", looks[presence])} />
      {name}
    </span>
  )
}
