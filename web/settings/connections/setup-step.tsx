import { Check } from "lucide-react"
import type { ReactNode } from "react"
import { useTexts } from "../../lib/language.tsx"
import { classNames } from "../../ui/class-names.ts"

interface Props {
  number: number
  title: string
  text: string
  isDone: boolean
  children: ReactNode
}

/** An item of the line that leads from nothing to a connection that works. */
export function SetupStep({ number, title, text, isDone, children }: Props) {
  const { t } = useTexts()
  return (
    <li className="relative pb-8 pl-10 last:pb-0 max-md:pl-9">
      <span aria-hidden className="absolute top-7 bottom-0 left-[11px] w-px bg-edge [li:last-child>&]:hidden" />
      <span
        aria-hidden
        className={classNames(
          "absolute top-0 left-0 flex size-6 items-center justify-center rounded-full border-2 bg-surface text-xs font-strong",
          isDone ? "border-green text-green" : "border-edge text-muted",
        )}
      >
        {isDone ? <Check className="size-3.5" /> : number}
      </span>
      <h3 className="text-lg font-strong">
        {title}
        {isDone && <span className="sr-only"> · {t("connections.stepDone")}</span>}
      </h3>
      <p className="mb-3 text-muted">{text}</p>
      <div className="grid gap-4">{children}</div>
    </li>
  )
}
