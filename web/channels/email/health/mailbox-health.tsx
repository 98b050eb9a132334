import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { useTimeFormat } from "../../../lib/use-time-format.ts"
import { NotLoaded, Skeleton } from "../../../ui/loading-empty-and-error.tsx"
import { type MailboxHealth as Health, mailboxHealthQuery } from "./mailbox-health-query.ts"
import { quarantineId } from "./quarantined-mails.tsx"

/** How a mailbox is: what came and left, what waits, what is wrong and what helps. */
export function MailboxHealth({ id }: { id: string }) {
  const { t } = useTexts()
  const query = useQuery(mailboxHealthQuery(id))
  return (
    <section aria-labelledby="mailbox-health" className="mb-6 grid gap-3 border-b border-line pb-6">
      <h3 id="mailbox-health" className="text-lg font-strong">
        {t("mailboxHealth.title")}
      </h3>
      {query.data ? (
        <>
          <State health={query.data} />
          <Figures health={query.data} />
        </>
      ) : (
        <NotLoaded query={query}>
          <Skeleton className="h-40" />
        </NotLoaded>
      )}
    </section>
  )
}

function State({ health: { state, failure, breaker } }: { health: Health }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const isWell = state === "good" && !breaker
  return (
    <div role="status" className="grid gap-2">
      {!failure && !(breaker && state !== "off") && (
        <p className={isWell ? "font-strong text-green" : "text-muted"}>{t(`mailboxHealth.${state}`)}</p>
      )}
      {failure && state === "failing" && (
        <Trouble
          text={t("mailboxHealth.failing", { since: when.full(failure.since), text: failure.text })}
          remedy={`${failure.remedy} ${t("mailboxHealth.nextTry", { when: when.full(failure.nextTryAt) })}`}
        />
      )}
      {breaker && state !== "off" && (
        <Trouble
          text={t("mailboxHealth.stopped", { since: when.full(breaker.since), text: breaker.text })}
          remedy={breaker.remedy}
        />
      )}
    </div>
  )
}

const Trouble = ({ text, remedy }: { text: string; remedy: string }) => (
  <div>
    <p className="font-strong break-words text-red">{text}</p>
    <p className="break-words">{remedy}</p>
  </div>
)

/** The list of them stands below what is set up. */
const Quarantined = ({ count }: { count: number }) =>
  count === 0 ? (
    <>0</>
  ) : (
    <a href={`#${quarantineId}`} className="font-strong text-red underline underline-offset-2">
      {count}
    </a>
  )

function Figures({ health }: { health: Health }) {
  const { t } = useTexts()
  const { full } = useTimeFormat()
  const instant = (at: string | null) => (at === null ? t("mailboxHealth.never") : full(at))
  const { login, waiting, oldestWaitingAt } = health
  const facts: [label: string, value: ReactNode][] = [
    [t("mailboxHealth.lastCheck"), instant(health.lastCheckAt)],
    [t("mailboxHealth.lastMail"), instant(health.lastMailAt)],
    [
      t("mailboxHealth.waiting"),
      oldestWaitingAt === null
        ? String(waiting)
        : t("mailboxHealth.waitingSince", { count: waiting, since: full(oldestWaitingAt) }),
    ],
    [t("mailboxHealth.quarantined"), <Quarantined key="quarantined" count={health.quarantined} />],
    [t("mailboxHealth.lastSent"), instant(health.lastSentAt)],
    [t("mailboxHealth.queued"), String(health.queued)],
    [t("mailboxHealth.login"), t(`mailboxHealth.login.${login.state}`)],
  ]
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
