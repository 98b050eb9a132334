import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { useUnmerge } from "./merge-split-and-link-mutations.ts"
import type { Ticket } from "../ticket.ts"
import { ticketQuery } from "../ticket-queries.ts"

/** A merged ticket says where it went on, and offers the way back. */
export function MergedBanner({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const unmerge = useUnmerge()
  const { data: target } = useQuery({ ...ticketQuery(ticket.mergedInto ?? ""), enabled: Boolean(ticket.mergedInto) })
  if (!ticket.mergedInto) return null
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line bg-green-soft px-4 py-2 text-sm">
      <p className="min-w-0 grow">
        {t("merge.goesOn")}{" "}
        <Link
          to="/tickets/$ref"
          params={{ ref: target?.number ?? ticket.mergedInto }}
          className="font-strong text-accent-strong underline tabular-nums"
        >
          {target?.number ?? "…"}
        </Link>
      </p>
      {ticket.can.includes("unmerge") && (
        <Button size="sm" disabled={unmerge.isPending} onClick={() => unmerge.mutate(ticket.number)}>
          {t("merge.undo")}
        </Button>
      )}
    </div>
  )
}
