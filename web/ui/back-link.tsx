import { Link } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

interface Props {
  to:
    | "/agreements"
    | "/campaigns"
    | "/contacts"
    | "/incidents"
    | "/settings/calendars"
    | "/settings/connections"
    | "/settings/linked-systems"
  className?: string
  children: ReactNode
}

/** To the list that one came from. */
export function BackLink({ to, className = "max-md:min-h-10", children }: Props) {
  return (
    <Link
      to={to}
      className={classNames("mb-2 inline-flex min-h-8 items-center gap-1.5 text-muted hover:text-ink", className)}
    >
      <ArrowLeft className="size-4" aria-hidden />
      {children}
    </Link>
  )
}
