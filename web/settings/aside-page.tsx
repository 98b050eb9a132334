import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import { useWhen } from "../lib/when.ts"
import { Button } from "../ui/button.tsx"
import { toast } from "../ui/toast.tsx"
import { asideQuery, useReplay, type Aside } from "./aside.ts"
import { connectionsQuery } from "./connections.ts"
import { Page, Rows, Told } from "./page.tsx"

export function AsidePage() {
  const { t } = useTexts()
  const query = useQuery(asideQuery)
  return (
    <Page title={t("settings.aside")} intro={t("aside.intro")}>
      <Rows query={query} empty={{ title: t("aside.empty"), text: t("aside.emptyText") }}>
        {(aside) => <Row aside={aside} />}
      </Rows>
    </Page>
  )
}

function Row({ aside }: { aside: Aside }) {
  const { t } = useTexts()
  const when = useWhen()
  const say = usePlainProblem()
  const replay = useReplay()
  const connection = useQuery(connectionsQuery).data?.items.find(({ id }) => id === aside.connectionId)
  const again = () =>
    replay.mutate(aside.id, {
      onSuccess: ({ replayedAt, reason }) =>
        toast(replayedAt ? t("aside.replayed") : t("aside.stillBad", { reason: plain(reason) })),
      onError: (error) => toast(say(error)),
    })
  const facts = [when.full(aside.createdAt), connection?.name, t("aside.tries", { count: aside.tries })]
  return (
    <>
      <Told title={plain(aside.reason)}>{facts.filter(Boolean).join(" · ")}</Told>
      <Button
        size="sm"
        disabled={replay.isPending}
        onClick={again}
        aria-label={`${t("aside.replay")}: ${plain(aside.reason)}, ${when.full(aside.createdAt)}`}
      >
        {t("aside.replay")}
      </Button>
      <details className="w-full text-sm">
        <summary className="min-h-6 cursor-pointer text-muted">{t("aside.element")}</summary>
        <pre
          tabIndex={0}
          aria-label={t("aside.element")}
          className="mt-1 max-h-80 overflow-auto rounded border border-line bg-canvas p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {JSON.stringify(aside.element, null, 2)}
        </pre>
      </details>
    </>
  )
}

/** The kind of the error says nothing to whoever reads this. */
const plain = (reason: string) => reason.replace(/^\w*Error: /, "")
