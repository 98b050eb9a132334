import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { ExternalLink } from "lucide-react"
import type { ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { useMe } from "../session/session.ts"
import { connectionsQuery } from "../settings/connections.ts"
import { ticketsQuery } from "../tickets/tickets.ts"
import { Button } from "../ui/button.tsx"
import { Empty, Knot } from "../ui/state.tsx"

/** Beside the list when no ticket is chosen. */
export function NothingChosen() {
  const { t } = useTexts()
  const isNew = useIsNewDesk()
  if (isNew === undefined) return null
  return isNew ? <FirstSteps /> : <Empty title={t("inbox.choose.title")} text={t("inbox.choose.text")} />
}

/** Whether there has never been a ticket and the reader can do something about it; undefined while not known. */
export function useIsNewDesk(): boolean | undefined {
  const { can } = useMe()
  const newest = useInfiniteQuery(ticketsQuery({ sort: "-createdAt" }))
  if (!newest.data) return newest.isError ? false : undefined
  return newest.data.pages[0]?.items.length === 0 && can.manageConnections === true
}

/** What to do first on a desk that has never had a ticket. */
export function FirstSteps() {
  const { t } = useTexts()
  const chat = useQuery(connectionsQuery).data?.items.find((one) => one.kind === "webchat" && one.enabled)
  return (
    <div className="flex h-full flex-col items-center overflow-y-auto p-6">
      <div className="my-auto w-full max-w-[520px]">
        <div className="mb-5">
          <Knot />
          <h2 className="text-xl font-strong">{t("first.title")}</h2>
          <p className="text-muted">{t("first.text")}</p>
        </div>
        <ol className="relative grid gap-6 before:absolute before:inset-y-3 before:left-[11px] before:w-px before:bg-edge">
          <Step title={t("first.chat")} text={t("first.chatText")}>
            {chat && (
              <Button asChild look="primary">
                <a href={`/chat/${chat.id}`} target="_blank" rel="noreferrer">
                  {t("first.chatAction")}
                  <ExternalLink aria-hidden />
                </a>
              </Button>
            )}
          </Step>
          <Step title={t("first.channel")} text={t("first.channelText")}>
            <Button asChild>
              <Link to="/settings/connections">{t("first.channelAction")}</Link>
            </Button>
          </Step>
          <Step title={t("first.colleague")} text={t("first.colleagueText")}>
            <Button asChild>
              <Link to="/settings/staff">{t("first.colleagueAction")}</Link>
            </Button>
          </Step>
        </ol>
      </div>
    </div>
  )
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="relative grid gap-1 pl-10">
      <span
        aria-hidden
        className="absolute top-[3px] left-1 size-[15px] rounded-full border-2 border-accent bg-canvas"
      />
      <h3 className="text-base font-strong">{title}</h3>
      <p className="text-muted">{text}</p>
      <div className="mt-1.5">{children}</div>
    </li>
  )
}
