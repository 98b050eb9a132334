import { useTexts } from "../lib/language.tsx"
import type { Phase } from "../tickets/ticket.ts"
import { classNames } from "../ui/class-names.ts"

const colours: Record<Phase, string> = {
  new: "border-edge",
  active: "border-accent bg-accent",
  waiting: "border-amber",
  resolved: "border-green bg-green",
  closed: "border-green",
}

/** Where a request stands, in the customer's words: whose turn it is, or that it is over. */
export function StatusLabel({ phase }: { phase: Phase }) {
  const { t } = useTexts()
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={classNames("size-2 shrink-0 rounded-full border-2", colours[phase])} />
      {t(`portal.phase.${phase}`)}
    </span>
  )
}
