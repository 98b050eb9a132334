import type { Phase } from "./ticket.ts"
import type { Tone } from "../ui/badge.tsx"

/** Blue: the customer waits for us. Green: done. Everything else is neutral. */
export const phaseTones: Record<Phase, Tone> = {
  new: "blue",
  active: "accent",
  waiting: "neutral",
  resolved: "green",
  closed: "green",
}
