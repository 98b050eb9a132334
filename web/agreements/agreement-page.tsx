import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useNow } from "../lib/use-now.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { useMe } from "../session/session-queries.ts"
import { Definition, DefinitionList } from "../tickets/details/definition-list.tsx"
import { BackLink } from "../ui/back-link.tsx"
import { NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { type Agreement, agreementCountsQuery, agreementQuery } from "./agreement-queries.ts"
import { useAgreementTexts } from "./agreement-texts.ts"
import { CountdownBox } from "./countdown-box.tsx"
import { DecideByHand } from "./decide-by-hand.tsx"
import { EvidenceTimeline } from "./evidence-timeline.tsx"
import { StateBadges } from "./state-badges.tsx"

export function AgreementPage() {
  const { t } = useTexts()
  const { id = "" } = useParams({ strict: false })
  const query = useQuery(agreementQuery(id))
  if (!query.data)
    return (
      <NotLoaded query={query}>
        <Skeleton className="h-96" />
      </NotLoaded>
    )
  const agreement = query.data
  return (
    <>
      <BackLink to="/agreements">{t("nav.agreements")}</BackLink>
      <Head agreement={agreement} />
      <div className="grid grid-cols-[minmax(0,1fr)_280px] items-start gap-8 max-lg:grid-cols-1">
        <div className="max-lg:order-2">
          <EvidenceTimeline agreement={agreement} />
        </div>
        <Facts agreement={agreement} />
      </div>
    </>
  )
}

function Head({ agreement }: { agreement: Agreement }) {
  const now = useNow(agreement.deadline)
  const say = useAgreementTexts()
  const { can } = useMe()
  const isShadow = useQuery(agreementCountsQuery).data?.isShadow ?? false
  return (
    <header className="mb-5 flex flex-wrap items-center gap-3">
      <CountdownBox agreement={agreement} now={now} isShadow={isShadow} />
      <div className="grid min-w-0 grow basis-64 gap-1">
        <div className="flex flex-wrap items-center gap-2">
          <h2 dir="auto" className="min-w-0 text-xl font-strong break-words">
            {agreement.subject}
          </h2>
          <StateBadges agreement={agreement} />
        </div>
        <p className="break-words">{say.nextStep(agreement, now, isShadow)}</p>
      </div>
      {can.settleAgreements && agreement.closedAt === null && <DecideByHand agreement={agreement} />}
    </header>
  )
}

function Facts({ agreement }: { agreement: Agreement }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const say = useAgreementTexts()
  const { company, motive, customerNumber, createdAt, closedAt, ticketNumber } = agreement
  const facts: [string, string][] = [
    [t("agreement.operator"), say.operator(agreement)],
    [t("agreement.business"), company && say.business(company)],
    [t("agreement.motive"), motive],
    [t("agreement.customer"), customerNumber],
    [t("agreement.opened"), when.full(createdAt)],
    [t("agreement.closedAt"), closedAt === null ? "" : when.full(closedAt)],
  ]
  return (
    <section aria-label={t("agreement.facts")}>
      <h3 className="mb-2 text-lg font-strong">{t("agreement.facts")}</h3>
      <DefinitionList>
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <Definition key={name} name={name}>
              {value}
            </Definition>
          ))}
        <Definition name={t("agreement.ticket")}>
          <Link
            to="/tickets/$ref"
            params={{ ref: ticketNumber }}
            aria-label={`${t("agreement.openTicket")} ${ticketNumber}`}
            className="text-accent underline underline-offset-2 tabular-nums"
          >
            {ticketNumber}
          </Link>
        </Definition>
      </DefinitionList>
    </section>
  )
}
