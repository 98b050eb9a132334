// What a place shows when it has nothing to show: waiting, empty, broken.
import { CircleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { Button } from "./button.tsx"
import { classNames } from "./class-names.ts"

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames("block animate-breathe rounded bg-hover", className)} />
}

export function LoadingState({ children }: { children: ReactNode }) {
  const { t } = useTexts()
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{t("app.loading")}</span>
      {children}
    </div>
  )
}

export function EmptyState({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-6 text-center">
      <LineMark />
      <h2 className="text-lg font-strong">{title}</h2>
      <p className="max-w-[44ch] text-muted">{text}</p>
      {action && <div className="mt-2">{action}</div>}
    </div>
  )
}

export function ErrorState({
  error,
  title,
  retry,
}: {
  error: unknown
  title?: string
  retry?: (() => void) | undefined
}) {
  const { t } = useTexts()
  const say = useProblemText()
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-2 p-6 text-center">
      <CircleAlert className="size-6 text-red" aria-hidden />
      <h2 className="text-lg font-strong">{title ?? t("problem.title")}</h2>
      <p className="max-w-[52ch] text-muted">{say(error)}</p>
      {retry && (
        <Button className="mt-2" onClick={retry}>
          {t("action.retry")}
        </Button>
      )}
    </div>
  )
}

interface NotLoadedProps {
  query: { isError: boolean; error: unknown; refetch: () => unknown }
  /** As high as what is coming. */
  children: ReactNode
}

/** In the place of what a query has not brought: that it is coming, or what went wrong. */
export function NotLoaded({ query, children }: NotLoadedProps) {
  if (query.isError) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  return <LoadingState>{children}</LoadingState>
}

/** A dot on a line: the sign of Hilo. */
export function LineMark() {
  return (
    <svg
      aria-hidden
      width="72"
      height="16"
      viewBox="0 0 72 16"
      className="mb-2 text-edge"
      fill="none"
      stroke="currentColor"
    >
      <path d="M0 8h29.5M42.5 8H72" strokeWidth="1.5" />
      <circle cx="36" cy="8" r="6.25" strokeWidth="1.5" />
    </svg>
  )
}
