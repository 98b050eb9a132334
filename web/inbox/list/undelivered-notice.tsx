import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { ChevronRight, CircleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useUnsentTickets } from "../../tickets/messages/outbox.ts"
import { countsQuery } from "../../tickets/ticket-queries.ts"
import type { View } from "../views/views-and-sorts.ts"

/** Above every list while something that was written to customers did not get there, or did not even leave this browser. */
export function UndeliveredNotice({ view }: { view: View }) {
  const { t } = useTexts()
  const failed = useQuery({ ...countsQuery, select: ({ undelivered }) => undelivered }).data
  const unsent = useUnsentTickets()
  return (
    <>
      {unsent[0] !== undefined && (
        <Notice>
          <Link to="/tickets/$ref" params={{ ref: unsent[0] }} className={line}>
            <Words>{t("list.unsentNotice", { count: unsent.length })}</Words>
          </Link>
        </Notice>
      )}
      {failed && failed.count > 0 && view !== "undelivered" && (
        <Notice>
          <Link to="/inbox" search={{ view: "undelivered" }} className={line}>
            <Words>
              {t("list.undeliveredNotice", { count: failed.count, capped: failed.isCapped ? "yes" : "no" })}
            </Words>
          </Link>
        </Notice>
      )}
    </>
  )
}

const line =
  "flex min-h-9 items-center gap-2 px-3 py-1 text-sm text-red -outline-offset-2 hover:underline max-md:min-h-11"

const Notice = ({ children }: { children: ReactNode }) => (
  <p className="shrink-0 border-b border-line bg-red-soft">{children}</p>
)

const Words = ({ children }: { children: string }) => (
  <>
    <CircleAlert className="size-4 shrink-0" aria-hidden />
    <span className="min-w-0 grow">{children}</span>
    <ChevronRight className="size-4 shrink-0" aria-hidden />
  </>
)
