import { queryOptions, useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Check, ExternalLink } from "lucide-react"
import { type ReactNode, useState } from "react"
import { connectionChannels } from "../channels/channel-registry.ts"
import { get, type Page } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { writeLocalStorage, readLocalStorage } from "../lib/local-storage.ts"
import { useMe } from "../session/session-queries.ts"
import { connectionsQuery } from "../settings/connections/connection-queries.ts"
import { countsQuery } from "../tickets/ticket-queries.ts"
import { staffQuery } from "../people/user-and-team-queries.ts"
import { Button } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { EmptyState, LineMark } from "../ui/loading-empty-and-error.tsx"

/** Beside the list when no ticket is chosen. */
export function NoTicketSelected() {
  const { t } = useTexts()
  const steps = useFirstSteps()
  if (steps === undefined) return null
  return steps ? (
    <FirstSteps {...steps} />
  ) : (
    <EmptyState title={t("inbox.choose.title")} text={t("inbox.choose.text")} />
  )
}

type Steps = { done: Record<"chat" | "channel" | "colleague", boolean>; dismiss: () => void }

/** What is done of a new desk's first steps; null when all are, or the reader cannot do them or wants no more of them. */
export function useFirstSteps(): Steps | null | undefined {
  const { can, id } = useMe()
  const name = `first-steps.${id}`
  const [isDismissed, setDismissed] = useState(() => readLocalStorage(name) === "dismissed")
  const isOver = isDismissed || can.manageConnections !== true
  const open = useQuery({
    ...countsQuery,
    enabled: !isOver,
    select: (counts) => ({ isEmpty: counts.open.count === 0 }),
  })
  const isEmpty = open.data?.isEmpty === true
  const tickets = useQuery({ ...firstTicketQuery, enabled: !isOver && isEmpty })
  const connections = useQuery({ ...connectionsQuery, enabled: !isOver })
  const staff = useQuery({ ...staffQuery, enabled: !isOver })
  if (isOver || open.isError || tickets.isError || connections.isError || staff.isError) return null
  if (!open.data || (isEmpty && !tickets.data) || !connections.data || !staff.data) return undefined
  const done = {
    chat: !isEmpty || (tickets.data?.items.length ?? 0) > 0,
    channel: connections.data.items.length > 1,
    colleague: staff.data.items.length > 1,
  }
  const dismiss = () => {
    writeLocalStorage(name, "dismissed")
    setDismissed(true)
  }
  return Object.values(done).every(Boolean) ? null : { done, dismiss }
}

const firstTicketQuery = queryOptions({
  queryKey: ["tickets", "first"],
  queryFn: ({ signal }) => get<Page<{ id: string }>>("/tickets?limit=1", signal),
})

/** What to do first on a new desk. Each step stays, with a tick once it is done, until all are or somebody dismisses them. */
export function FirstSteps({ done, dismiss }: Steps) {
  const { t } = useTexts()
  const chat = useQuery(connectionsQuery).data?.items.find(
    ({ kind, enabled }) => enabled && connectionChannels[kind].customerPage,
  )
  return (
    <div className="flex h-full flex-col items-center overflow-y-auto p-6">
      <div className="my-auto w-full max-w-[520px]">
        <div className="mb-5">
          <LineMark />
          <h2 className="text-xl font-strong">{t("first.title")}</h2>
          <p className="text-muted">{t("first.text")}</p>
        </div>
        <ol className="relative grid gap-6 before:absolute before:inset-y-3 before:left-[11px] before:w-px before:bg-edge">
          <Step title={t("first.chat")} text={t("first.chatText")} isDone={done.chat}>
            {chat && (
              <Button asChild look={done.chat ? "plain" : "primary"}>
                <a href={connectionChannels[chat.kind].customerPage!(chat.id)} target="_blank" rel="noreferrer">
                  {t("first.chatAction")}
                  <ExternalLink aria-hidden />
                </a>
              </Button>
            )}
          </Step>
          <Step title={t("first.channel")} text={t("first.channelText")} isDone={done.channel}>
            <Button asChild>
              <Link to="/settings/connections">{t("first.channelAction")}</Link>
            </Button>
          </Step>
          <Step title={t("first.colleague")} text={t("first.colleagueText")} isDone={done.colleague}>
            <Button asChild>
              <Link to="/settings/staff">{t("first.colleagueAction")}</Link>
            </Button>
          </Step>
        </ol>
        <Button look="quiet" className="mt-6" onClick={dismiss}>
          {t("first.dismiss")}
        </Button>
      </div>
    </div>
  )
}

interface StepProps {
  title: string
  text: string
  isDone: boolean
  children: ReactNode
}

function Step({ title, text, isDone, children }: StepProps) {
  const { t } = useTexts()
  return (
    <li className="relative grid gap-1 pl-10">
      <span
        aria-hidden
        className={classNames(
          "absolute top-[3px] left-1 grid size-[15px] place-items-center rounded-full border-2 border-accent",
          isDone ? "bg-accent text-canvas" : "bg-canvas",
        )}
      >
        {isDone && <Check className="size-2.5" strokeWidth={4} />}
      </span>
      <h3 className="text-base font-strong">
        {title}
        {isDone && <span className="ml-2 text-sm font-normal text-muted">{t("first.done")}</span>}
      </h3>
      <p className="text-muted">{text}</p>
      <div className="mt-1.5">{children}</div>
    </li>
  )
}
