import type { ReactNode } from "react"

/** A piece of what one does with a connection. */
export function SetupSection({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <div>
        <h3 className="font-strong">{title}</h3>
        <p className="text-sm text-muted">{text}</p>
      </div>
      {children}
    </section>
  )
}
