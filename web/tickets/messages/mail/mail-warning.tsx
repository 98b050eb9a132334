import { TriangleAlert } from "lucide-react"
import type { ReactNode } from "react"

/** What an agent should know before believing a mail, and what can be done about it. */
export function MailWarning({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="flex items-start gap-1.5 rounded bg-amber-soft px-2 py-1 text-ink">
      <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-amber" aria-hidden />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p>{text}</p>
        {children}
      </div>
    </div>
  )
}
