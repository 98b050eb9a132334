import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

const tones = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent-strong",
  amber: "bg-amber-soft text-amber",
  red: "bg-red-soft text-red",
  green: "bg-green-soft text-green",
  blue: "bg-blue-soft text-blue",
}

export type Tone = keyof typeof tones

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded px-1.5 text-xs font-strong whitespace-nowrap [&>svg]:size-3",
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}
