// Ending many tickets at once may write to many customers, and end what did not arrive: it is said first, with the number.
import { useState } from "react"
import { post } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import type { Announcements } from "#views/api-contract.ts"

const mostAtOnce = 100

async function announcementsOf(tickets: ListedTicket[], status: string): Promise<Announcements> {
  const all: Announcements = { farewells: 0, mails: 0, surveys: 0, undelivered: 0, customers: [] }
  for (let at = 0; at < tickets.length; at += mostAtOnce) {
    const ids = tickets.slice(at, at + mostAtOnce).map(({ id }) => id)
    const announcements = await post<Announcements>("/tickets/announcements", { tickets: ids, status })
    all.farewells += announcements.farewells
    all.mails += announcements.mails
    all.surveys += announcements.surveys
    all.undelivered += announcements.undelivered
    all.customers.push(...announcements.customers)
  }
  return all
}

interface Question {
  announcements: Announcements
  count: number
  go: () => void
}

/** Calls `go` at once when nobody would be notified and all has arrived, and after a confirmation otherwise. What cannot be asked is not in the way. */
export function useConfirmAnnouncements() {
  const [question, setQuestion] = useState<Question>()
  const announce = (tickets: ListedTicket[], status: string | undefined, go: () => void) => {
    if (status !== "closed" && status !== "resolved") return go()
    announcementsOf(tickets, status).then(
      (announcements) =>
        announcements.customers.length + announcements.undelivered === 0
          ? go()
          : setQuestion({ announcements, count: tickets.length, go }),
      () => go(),
    )
  }
  const dialog = question && <AnnounceDialog {...question} onClose={() => setQuestion(undefined)} />
  return { announce, dialog }
}

function AnnounceDialog({ announcements, count, go, onClose }: Question & { onClose: () => void }) {
  const { t } = useTexts()
  const { customers, ...counts } = announcements
  const end = () => {
    onClose()
    go()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("bulk.announce", { count })}
      text={t("bulk.announceText", counts)}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" autoFocus onClick={end}>
            {t(customers.length === 0 ? "closing.go" : "bulk.announceGo")}
          </Button>
        </>
      }
    >
      {customers.length > 0 && <NotifiedCustomers customers={customers} />}
    </Dialog>
  )
}

function NotifiedCustomers({ customers }: Pick<Announcements, "customers">) {
  const { t } = useTexts()
  return (
    <ul aria-label={t("bulk.notified")} className="grid gap-1">
      {customers.map(({ ticket, name, gets }) => (
        <li key={ticket.id} className="flex items-baseline gap-2">
          <span className="shrink-0 text-sm text-faint tabular-nums">{ticket.number}</span>
          <span dir="auto" className="min-w-0 grow truncate">
            {name || t("list.unknownContact")}
          </span>
          <span className="shrink-0 text-sm text-muted">{gets.map((what) => t(`bulk.gets.${what}`)).join(", ")}</span>
        </li>
      ))}
    </ul>
  )
}
